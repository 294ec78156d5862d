package app.starhash.dialer

import android.content.Context
import android.view.View
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.incall.Talk
import app.starhash.telecom.readable
import app.starhash.ui.note
import app.starhash.ui.put
import app.starhash.ui.quietButton
import app.starhash.ui.unbroken

/** A [DialCard] in words, with its buttons. */
internal fun Context.card(card: DialCard, decide: (Decision) -> Unit): View {
    val (title, text) = words(card)
    return note(title, text, R.color.prim_cont, R.color.on_prim_cont, *actions(card, decide).toTypedArray())
}

private fun Context.actions(card: DialCard, decide: (Decision) -> Unit): List<View> {
    fun quiet(text: String, decision: Decision) = quietButton(text, R.color.on_prim_cont) { decide(decision) }
    fun pair(no: Int, yes: Int, decision: Decision) = LinearLayout(this).apply {
        put(quiet(getString(no), Decision.No), width = 0, side = 0, weight = 1f)
        put(quiet(getString(yes), decision), width = 0, side = 0, weight = 1f)
    }
    return when (card) {
        is DialCard.ConfirmAsIs -> listOf(pair(R.string.dial_no, if (card.asks) R.string.dial_as_is_yes else R.string.app_call, Decision.AsIs))
        is DialCard.ConfirmEmergencyLike -> listOf(pair(R.string.dial_no, R.string.call_pass, Decision.EmergencyLike))
        is DialCard.ChooseSim -> card.labels.mapIndexed { at, label -> quiet(label, Decision.Sim(at)) }
        is DialCard.Both -> {
            val other = if (card.other == DialButton.DeviceInfo) getString(R.string.dial_device_info) else getString(R.string.dial_both_other)
            listOf(quiet(other, Decision.Other))
        }
        is DialCard.Extension -> listOf(quiet(getString(R.string.dial_call_as_is), Decision.AskAsIs))
        is DialCard.Transfer, is DialCard.Short, DialCard.Almost, DialCard.CoreMissing -> listOf(quiet(getString(R.string.dial_as_is), Decision.AskAsIs))
        is DialCard.Forwarding, DialCard.Vertical, is DialCard.NotNow, DialCard.Refused, is DialCard.Failed -> emptyList()
    }
}

/** Title and text. */
private fun Context.words(card: DialCard): Pair<String, String?> = when (card) {
    is DialCard.Transfer -> getString(R.string.dial_transfer) to getString(transferText(card.talk))
    is DialCard.Extension -> getString(R.string.dial_extension) to
        getString(if (card.inTalk) R.string.dial_extension_in_talk else R.string.dial_extension_text)
    is DialCard.Both -> getString(R.string.dial_both) to getString(
        R.string.dial_both_text, card.typed, card.digits + card.name?.let { " ($it)" }.orEmpty(),
        if (card.other == DialButton.DeviceInfo) getString(R.string.dial_device_info_name) else text(card.service),
    )
    is DialCard.Short -> getString(R.string.dial_short) to getString(if (card.inCall) R.string.dial_short_in_call else R.string.dial_short_text)
    DialCard.Almost -> getString(R.string.dial_almost) to getString(R.string.dial_almost_text)
    is DialCard.Forwarding -> getString(R.string.dial_forwarding) to forwarding(card)
    DialCard.Vertical -> getString(R.string.dial_vertical) to getString(R.string.dial_vertical_text)
    is DialCard.NotNow -> getString(R.string.dial_not_now) to getString(notNow(card.talk))
    DialCard.Refused -> getString(R.string.dial_refused) to getString(R.string.dial_refused_text)
    DialCard.CoreMissing -> getString(R.string.dial_core_missing) to getString(R.string.dial_core_missing_text)
    is DialCard.ConfirmAsIs ->
        if (card.asks) getString(R.string.dial_as_is_ask, card.typed) to getString(R.string.dial_as_is_text)
        else getString(R.string.dial_call_as_is_ask, card.typed) to getString(R.string.dial_call_as_is_text)
    is DialCard.ConfirmEmergencyLike -> card.digits to getString(R.string.call_ask_emergency)
    is DialCard.ChooseSim -> getString(R.string.dial_which_sim) to null
    is DialCard.Failed -> getString(R.string.dial_failed) to getString(failure(card.why))
}

private fun transferText(talk: Talk): Int = when (talk) {
    Talk.NONE -> R.string.dial_transfer_text
    Talk.CLIENT -> R.string.dial_transfer_client
    Talk.RINGING -> R.string.dial_transfer_ringing
    Talk.NOT_INCOMING -> R.string.dial_transfer_outgoing
    Talk.EMERGENCY -> R.string.call_offer_emergency
    Talk.BUSY -> R.string.dial_transfer_busy
    Talk.NOT_NOW -> R.string.dial_transfer_not_now
}

private fun Context.forwarding(card: DialCard.Forwarding): String = when (card.does) {
    DialCard.Forwarding.Does.ASK -> getString(R.string.dial_forwarding_ask)
    DialCard.Forwarding.Does.STOP -> getString(R.string.dial_forwarding_stop)
    DialCard.Forwarding.Does.FORWARD ->
        card.to?.let { getString(R.string.dial_forwarding_to, unbroken(readable(this, it))) } ?: getString(R.string.dial_forwarding_on)
}

private fun notNow(talk: Talk): Int = when (talk) {
    Talk.RINGING -> R.string.dial_not_now_ringing
    Talk.EMERGENCY -> R.string.dial_not_now_emergency
    else -> R.string.dial_not_now_busy
}

private fun failure(why: Failure): Int = when (why) {
    Failure.NOT_ALLOWED -> R.string.dial_not_allowed
    Failure.NO_SUCH_PAGE -> R.string.dial_no_page
    Failure.NO_SUCH_CONTACT -> R.string.dial_no_contact
    Failure.NUMBER -> R.string.dial_bad_number
}

/** [short]: without what a huge font leaves no room for. */
internal fun Context.text(line: Line, short: Boolean = false): String = when (line) {
    is Line.Owner -> {
        val who = listOf(line.name, if (short) "" else line.department).filter(String::isNotEmpty).joinToString(", ")
        if (line.number.isEmpty()) who else "${line.number} — $who"
    }
    is Line.Nobody -> getString(R.string.dial_nobody, line.number)
    is Line.Service -> getString(service(line.code))
    Line.Growing -> getString(R.string.dial_growing)
    Line.Emergency -> getString(R.string.dial_emergency_number)
}

/** 3GPP TS 22.030, annex B. */
private fun service(code: String?): Int = when (code) {
    "21" -> R.string.dial_service_forward_all
    "67" -> R.string.dial_service_forward_busy
    "61" -> R.string.dial_service_forward_no_answer
    "62" -> R.string.dial_service_forward_unreachable
    "002", "004" -> R.string.dial_service_forward
    "43" -> R.string.dial_service_waiting
    "30" -> R.string.dial_service_caller_id
    "31" -> R.string.dial_service_own_number
    "33", "331", "332", "35", "351", "330", "333", "353" -> R.string.dial_service_barring
    "03" -> R.string.dial_service_password
    "04", "042", "05", "052" -> R.string.dial_service_pin
    else -> R.string.dial_service_other
}
