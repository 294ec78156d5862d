package app.starhash.incall

import android.content.Context
import android.graphics.Typeface
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.StyleSpan
import app.starhash.R
import app.starhash.incall.Body.BrokenOff.Client
import app.starhash.incall.Body.BrokenOff.Reason
import app.starhash.ui.unbroken

/** "1:05", "12:34", "1:02:03": how long something lasts. */
fun clock(seconds: Long, wide: Boolean): String {
    val s = seconds.coerceAtLeast(0)
    val minutes = (s / 60) % 60
    return when {
        s >= 3600 -> "%d:%02d:%02d".format(s / 3600, minutes, s % 60)
        wide -> "%02d:%02d".format(minutes, s % 60)
        else -> "%d:%02d".format(minutes, s % 60)
    }
}

/** "2 0 4": an extension is read digit by digit. */
fun spelled(digits: String): String = digits.filterNot(Char::isWhitespace).toList().joinToString(" ")

fun Context.shown(target: TargetUi): String =
    if (target.name.isEmpty()) unbroken(target.digits) else getString(R.string.call_target, target.name, unbroken(target.digits))

fun Context.spoken(target: TargetUi): String =
    if (target.name.isEmpty()) spelled(target.digits) else getString(R.string.call_target_spoken, target.name, spelled(target.digits))

/** What hanging up means, as a caption under "Hang up" or, where only one text fits, as a sentence of its own. */
fun Context.caption(meaning: HangUp, whole: Boolean): String = getString(
    when (meaning) {
        HangUp.ENDS_TALK -> if (whole) R.string.call_hang_up_ends_whole else R.string.call_hang_up_ends
        HangUp.LOSES_CLIENT -> if (whole) R.string.call_hang_up_loses_whole else R.string.call_hang_up_loses
        HangUp.CONNECTS_IF_NOT_BUSY -> if (whole) R.string.call_hang_up_connects_whole else R.string.call_hang_up_connects
    },
)

private fun reason(reason: Reason): Int = when (reason) {
    Reason.CALL_DROPPED -> R.string.call_broken_dropped
    Reason.ENDED_THERE -> R.string.call_broken_ended_there
    Reason.HUNG_UP -> R.string.call_broken_hung_up
    Reason.HELD -> R.string.call_broken_held
    Reason.OTHER_CALL -> R.string.call_broken_other
    Reason.KEY_BY_HAND -> R.string.call_broken_key
    Reason.OWN_CONTROL -> R.string.call_broken_own
    Reason.TOO_LATE -> R.string.call_broken_late
    Reason.PHONE_REFUSED -> R.string.call_broken_refused
}

/** Whether every symbol went out, so that the colleague may have been called. */
val Body.BrokenOff.complete: Boolean
    get() = symbols.isNotEmpty() && symbols.all { it.state == SymbolUi.State.SENT }

/** The heading of a stage; null where the middle has its own. */
fun Context.heading(body: Body, fit: Fit): Heading? = when (body) {
    is Body.Sending -> targeted(if (body.slower) R.string.call_sending_slower else R.string.call_sending, body.target, null)
    is Body.Consultation -> consultation(body, fit)
    is Body.Returning -> titled(
        if (body.cancelled) R.string.call_returning_cancelled else R.string.call_returning_over,
        R.string.call_returning,
        null,
    )
    is Body.AfterHangUp -> titled(
        if (body.asked) R.string.call_you_hung_up else R.string.call_line_ended,
        R.string.call_joining,
        shown(body.target),
    )
    is Body.BrokenOff -> titled(reason(body.reason), title(body), null, urgent = true)
    is Body.Ringing, is Body.Talking, is Body.Keypad, is Body.NumberField, Body.Connecting, is Body.PostDial, Body.Held,
    Body.Over,
    -> null
}

private fun title(body: Body.BrokenOff): Int = when {
    body.client == Client.TALKING -> R.string.call_broken_talking
    body.client == Client.ON_HOLD -> R.string.call_broken_hold
    body.complete -> R.string.call_broken_lost_complete
    else -> R.string.call_broken_lost
}

/** The broken-off transfer in one line, where the keypad covers its screen: where the client is, what was and was not sent. */
fun Context.brokenOff(body: Body.BrokenOff): String = listOfNotNull("${getString(title(body))}.", sent(body)).joinToString(" ")

private fun Context.titled(overline: Int, title: Int, state: String?, urgent: Boolean = false): Heading {
    val parts = listOfNotNull(getString(overline), getString(title), state)
    return Heading(getString(overline), getString(title), state, parts.joinToString(". "), urgent)
}

private fun Context.targeted(overline: Int, target: TargetUi, state: String?): Heading {
    val parts = listOfNotNull(getString(overline), spoken(target), state)
    return Heading(getString(overline), shown(target), state, parts.joinToString(". "))
}

private fun Context.consultation(body: Body.Consultation, fit: Fit): Heading {
    val music = getString(R.string.call_client_music)
    if (fit.shortLabels && body.target.name.isNotEmpty()) {
        // Huge font: the number goes into the sentence so that the name keeps one line.
        return Heading(
            null,
            body.target.name,
            getString(R.string.call_client_music_short, unbroken(body.target.digits)),
            "${getString(R.string.call_calling)}. ${spoken(body.target)}. $music",
        )
    }
    // While the employee still hears the client, "the client hears music" would be a claim against their own ears.
    return targeted(R.string.call_calling, body.target, if (body.askRetry) getString(R.string.call_retry_why) else music)
}

/** The calm text of a stage: what to do or what was and was not sent. */
fun Context.calmText(body: Body): CharSequence? = when (body) {
    is Body.Sending -> getString(R.string.call_sending_text)
    is Body.Returning -> getString(if (body.byItself) R.string.call_returning_by_itself else R.string.call_returning_soon)
    is Body.AfterHangUp -> getString(if (body.asked) R.string.call_silence else R.string.call_line_ended_text)
    is Body.BrokenOff -> brokenText(body)
    else -> null
}

private fun Context.brokenText(body: Body.BrokenOff): CharSequence {
    val sent = sent(body)
    val client = when (body.client) {
        Client.LOST -> if (body.complete) R.string.call_lost_complete_text else R.string.call_lost_text
        Client.ON_HOLD -> R.string.call_hold_text
        Client.TALKING -> R.string.call_talking_text.takeUnless { body.complete }
    }
    val text = SpannableStringBuilder()
    sent?.let { text.append(it, StyleSpan(Typeface.BOLD), Spanned.SPAN_EXCLUSIVE_EXCLUSIVE) }
    if (sent != null && client != null) text.append(' ')
    return text.append(client?.let(::getString).orEmpty())
}

/** Null where nothing is known of a code. */
private fun Context.sent(body: Body.BrokenOff): String? {
    // A tone that was cut is neither sent nor certain: the core has already decided which it counts as.
    val (out, rest) = body.symbols.partition { it.state == SymbolUi.State.SENT }
    return when {
        body.symbols.isEmpty() -> null
        rest.isEmpty() -> getString(R.string.call_sent_all, keys(out))
        out.isEmpty() -> getString(R.string.call_sent_none)
        else -> getString(R.string.call_sent_part, keys(out), keys(rest))
    }
}

private fun keys(symbols: List<SymbolUi>) = symbols.joinToString("") { it.key.toString() }
