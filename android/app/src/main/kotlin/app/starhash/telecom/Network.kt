package app.starhash.telecom

import android.content.Context
import android.telecom.PhoneAccount
import android.telecom.PhoneAccountHandle
import android.telecom.TelecomManager
import android.telephony.CarrierConfigManager
import android.telephony.TelephonyManager
import android.util.Log
import app.starhash.core.DialFacts

private const val TAG = "Network"

/** A SIM one can call with. */
data class Sim(val account: PhoneAccountHandle, val label: String)

/** What SIM, country and carrier have to do with dialling. */
data class Network(
    val facts: DialFacts = DialFacts(inCall = false, ims = false, emergency = emptyList(), featureAccess = emptyList(), twoDigit = emptyList()),
    val sims: List<Sim> = emptyList(),
    /** The one that calls go through by the phone's settings; null: the phone asks every time. */
    val usual: Sim? = null,
)

/**
 * Asks the phone: several calls to other processes, so not for the main thread. What may not be asked, for want of a permission or
 * on a maker's system, counts as unknown: numbers are then read as on a phone that knows of nothing special.
 */
@Suppress("DEPRECATION") // CarrierConfigManager.getConfig with keys is API 34, we start at 30.
fun readNetwork(context: Context): Network {
    val telecom = context.getSystemService(TelecomManager::class.java)
    val telephony = context.getSystemService(TelephonyManager::class.java)
    val carrier = known { context.getSystemService(CarrierConfigManager::class.java).config }
    fun listed(key: String) = carrier?.getStringArray(key).orEmpty().toList()
    val sims = known { told(telecom.callCapablePhoneAccounts.map { Sim(it, telecom.label(it)) }) }.orEmpty()
    val usual = known { telecom.getDefaultOutgoingPhoneAccount(PhoneAccount.SCHEME_TEL) }
    return Network(
        DialFacts(
            // The phone app knows its calls; another app's calls, over the internet, are none of the network's.
            inCall = known { telecom.isInCall && telecom.defaultDialerPackage != context.packageName } ?: false,
            ims = known { telephony.voiceNetworkType } in IMS,
            emergency = known { telephony.emergencyNumberList.values.flatten().map { it.number } }.orEmpty(),
            featureAccess = listed(FEATURE_ACCESS),
            twoDigit = listed(TWO_DIGIT),
        ),
        sims,
        sims.find { it.account == usual },
    )
}

/** With labels that tell them apart: two cards may be of one operator, or bear none. */
private fun told(sims: List<Sim>): List<Sim> {
    val plain = sims.all { it.label.isNotBlank() } && sims.distinctBy(Sim::label).size == sims.size
    return if (plain) sims else sims.mapIndexed { at, sim -> sim.copy(label = "SIM ${at + 1} ${sim.label}".trim()) }
}

private fun TelecomManager.label(account: PhoneAccountHandle): String = getPhoneAccount(account)?.label?.toString().orEmpty()

/** Where calls go over IMS. Whether the phone is registered there, no ordinary app may ask. */
private val IMS = setOf(TelephonyManager.NETWORK_TYPE_LTE, TelephonyManager.NETWORK_TYPE_NR, TelephonyManager.NETWORK_TYPE_IWLAN)

/** CarrierConfigManager's keys; one of them has no public name. */
private const val FEATURE_ACCESS = "feature_access_codes_string_array"
private const val TWO_DIGIT = "mmi_two_digit_number_pattern_string_array"

/** Throwable: a maker's system that lacks a method answers with a LinkageError. */
private fun <T : Any> known(ask: () -> T?): T? = runCatching(ask)
    .onFailure { Log.w(TAG, "the phone does not say: ${it.javaClass.simpleName}") }.getOrNull()
