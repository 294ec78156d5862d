package app.starhash.telecom

import android.content.Context
import android.os.SystemClock
import android.telecom.Call
import android.telecom.Connection
import android.telecom.DisconnectCause
import android.telecom.TelecomManager
import android.telephony.TelephonyManager
import app.starhash.core.Active
import app.starhash.core.CallFacts
import app.starhash.core.CallState
import app.starhash.core.Dialing
import app.starhash.core.Disconnected
import app.starhash.core.Disconnecting
import app.starhash.core.EndedBy
import app.starhash.core.Holding
import app.starhash.core.Ringing

/** What [call] says now, read once; [before] carries what only time knows. */
internal fun read(context: Context, id: String, call: Call, before: CallInfo?): CallInfo {
    val details = call.details
    val number = details.handle?.schemeSpecificPart?.takeIf(String::isNotBlank)
    val state = stateOf(call)
    return CallInfo(
        facts = CallFacts(
            id = id,
            state = state,
            incoming = details.callDirection == Call.Details.DIRECTION_INCOMING,
            emergency = isEmergency(context, details, number, before),
        ),
        name = sequenceOf(details.contactDisplayName, details.callerDisplayName).firstOrNull { !it.isNullOrBlank() },
        number = number,
        forwardedFrom = forwardedFrom(details),
        sim = if (before != null) before.sim else simLabel(context, details),
        talkingSince = before?.talkingSince ?: talkingSince(state, details, before),
        endedAt = if (state is Disconnected) SystemClock.elapsedRealtime() else null,
        postDial = before?.postDial,
    )
}

@Suppress("DEPRECATION") // Details.getState is API 31, we start at 30.
private fun stateOf(call: Call): CallState = when (call.state) {
    Call.STATE_RINGING, Call.STATE_SIMULATED_RINGING -> Ringing
    Call.STATE_ACTIVE -> Active
    Call.STATE_HOLDING -> Holding
    Call.STATE_DISCONNECTING -> Disconnecting
    Call.STATE_DISCONNECTED -> Disconnected(endedBy(call.details.disconnectCause))
    else -> Dialing
}

private fun endedBy(cause: DisconnectCause?): EndedBy = when (cause?.code) {
    DisconnectCause.LOCAL, DisconnectCause.REJECTED, DisconnectCause.CANCELED -> EndedBy.US
    DisconnectCause.REMOTE, DisconnectCause.MISSED, DisconnectCause.BUSY -> EndedBy.OTHER
    else -> EndedBy.NETWORK
}

/** From the first moment seen active; a call that was active before us began when Telecom says. */
private fun talkingSince(state: CallState, details: Call.Details, before: CallInfo?): Long? {
    if (state !is Active) return null
    val now = SystemClock.elapsedRealtime()
    val connected = details.connectTimeMillis
    if (before != null || connected <= 0) return now
    return now - (System.currentTimeMillis() - connected).coerceAtLeast(0)
}

private fun forwardedFrom(details: Call.Details): String? =
    sequenceOf(details.extras, details.intentExtras)
        .mapNotNull { it?.getStringArrayList(Connection.EXTRA_LAST_FORWARDED_NUMBER) }
        .flatten()
        .lastOrNull { it.isNotBlank() }

private fun isEmergency(context: Context, details: Call.Details, number: String?, before: CallInfo?): Boolean {
    if (details.hasProperty(Call.Details.PROPERTY_EMERGENCY_CALLBACK_MODE)) return true
    if (details.hasProperty(Call.Details.PROPERTY_NETWORK_IDENTIFIED_EMERGENCY_CALL)) return true
    if (number == null) return false
    if (before?.number == number) return before.facts.emergency
    val telephony = context.getSystemService(TelephonyManager::class.java) ?: return false
    // Throws where the telephony service is not up; the properties above still hold then.
    return try {
        telephony.isEmergencyNumber(number)
    } catch (_: RuntimeException) {
        false
    }
}

private fun simLabel(context: Context, details: Call.Details): String? {
    val account = details.accountHandle ?: return null
    // Without the role (it can be lost in mid-call) this may not be asked.
    return try {
        context.getSystemService(TelecomManager::class.java)?.getPhoneAccount(account)?.label?.toString()
    } catch (_: SecurityException) {
        null
    }?.takeIf(String::isNotBlank)
}
