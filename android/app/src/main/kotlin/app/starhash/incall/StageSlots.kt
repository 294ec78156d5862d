package app.starhash.incall

import android.content.Context
import app.starhash.R
import app.starhash.incall.Body.BrokenOff.Client
import app.starhash.incall.SlotLook.Ring
import app.starhash.incall.SlotLook.Style
import app.starhash.ui.unbroken

/**
 * For so long after the code «Connect» sleeps: on 2G an extension arrives up to 1.5 s after the phone's last tone
 * (docs/networks.md), and who hangs up sooner loses the client; ADR 9.
 */
const val ON_ITS_WAY_MS = 2_000L

/**
 * For so long after the code «Connect» says what it would do before an answer: nobody answers sooner, and the network
 * does not tell when somebody does (the design, screen 4).
 */
const val EARLY_MS = 6_000L

/** How long a returning client is watched for; the ring counts it down. */
const val WATCH_SECONDS = 60

/** The slots of a stage; null where the dock has none: ringing, talking, keypad. */
fun Context.slots(ui: CallUi, now: Long, fit: Fit): Slots? = when (val body = ui.body) {
    is Body.Sending -> Slots(
        ghostConnect(getString(R.string.call_connect_later)),
        slot(R.drawable.ic_undo, R.string.call_cancel, getString(R.string.call_cancel_caption), Style.TONAL) { it.cancel() },
    )
    is Body.Consultation -> consultation(body, now, fit)
    is Body.Returning -> returning(body, fit)
    is Body.AfterHangUp -> Slots(watching(body, now), callBack(ui, body.canCallBack, Style.TONAL, fit))
    is Body.BrokenOff -> broken(ui, body, fit)
    Body.Held -> Slots(second = goOn())
    is Body.PostDial -> Slots(
        SlotLook(
            R.drawable.ic_dialpad, getString(R.string.call_post_dial_send), body.keys, Style.FILLED,
            spoken = "${getString(R.string.call_post_dial_send)}, ${body.keys.toList().joinToString(" ")}",
        ) { it.sendPostDial(true) },
        slot(R.drawable.ic_close, R.string.call_post_dial_leave, null, Style.TONAL) { it.sendPostDial(false) },
    )
    else -> null
}

private fun Context.slot(icon: Int, title: Int, caption: String?, style: Style, act: (CallIntents) -> Unit) =
    SlotLook(icon, getString(title), caption, style, act = act)

private fun Context.ghostConnect(why: String?) = getString(R.string.call_connect).let { title ->
    SlotLook(
        R.drawable.ic_call_merge,
        title,
        why,
        Style.GHOST,
        spoken = if (why == null) title else getString(R.string.call_unavailable_spoken, title, why),
    )
}

private fun Context.wayBack(style: Style, fit: Fit): SlotLook = SlotLook(
    R.drawable.ic_undo,
    getString(if (fit.shortLabels) R.string.call_return_short else R.string.call_return),
    null,
    style,
    spoken = getString(R.string.call_return),
    act = CallIntents::returnToClient,
)

private fun Context.consultation(body: Body.Consultation, now: Long, fit: Fit): Slots {
    val age = now - body.since
    val caption = if (age < EARLY_MS) R.string.call_connect_early else R.string.call_connect_now
    val still = if (fit.shortLabels) R.string.call_still_hear_short else R.string.call_still_hear
    val third = if (body.askRetry) {
        Slots.Quiet(null, getString(R.string.call_retry_no)) { it.askRetry(false) }
    } else {
        Slots.Quiet(R.drawable.ic_hearing, getString(still)) { it.askRetry(true) }
    }
    val connect = if (age < ON_ITS_WAY_MS) {
        ghostConnect(getString(R.string.call_connect_on_its_way))
    } else {
        slot(R.drawable.ic_call_merge, R.string.call_connect, getString(caption), Style.FILLED) { it.connect() }
    }
    return Slots(connect, wayBack(Style.TONAL, fit), third)
}

private fun Context.returning(body: Body.Returning, fit: Fit): Slots {
    if (body.byItself) {
        val hear = slot(R.drawable.ic_check, R.string.call_i_hear, getString(R.string.call_i_hear_caption), Style.FILLED) { it.clientIsBack() }
        return Slots(hear, wayBack(Style.TONAL, fit))
    }
    // The return code is on its way: there is nothing to press, and what stood here keeps its place.
    val title = getString(R.string.call_returning_short)
    return Slots(ghostConnect(null), SlotLook(R.drawable.ic_undo, title, null, Style.TONAL))
}

private fun Context.watching(body: Body.AfterHangUp, now: Long): SlotLook {
    val left = ((body.watchUntil - now + 999) / 1000).coerceIn(0, WATCH_SECONDS.toLong()).toInt()
    val title = getString(if (left > 0) R.string.call_watching else R.string.call_watched)
    val text = getString(if (left > 0) R.string.call_watching_text else R.string.call_watched_text)
    return SlotLook(R.drawable.ic_check, title, text, Style.CARD, ring = Ring(left, WATCH_SECONDS).takeIf { left > 0 })
}

private fun Context.callBack(ui: CallUi, possible: Boolean, style: Style, fit: Fit): SlotLook {
    val whole = getString(R.string.call_call_back)
    val title = if (fit.shortLabels) getString(R.string.call_call_back_short) else whole
    if (!possible) {
        val why = getString(R.string.call_call_back_none)
        return SlotLook(R.drawable.ic_call, title, why, Style.GHOST, getString(R.string.call_unavailable_spoken, whole, why))
    }
    val number = unbroken(ui.header.number ?: ui.header.name)
    return SlotLook(R.drawable.ic_call, title, number, style, "$whole, ${speltNumber(number)}", act = CallIntents::callBack)
}

private fun Context.broken(ui: CallUi, body: Body.BrokenOff, fit: Fit): Slots = when (body.client) {
    Client.LOST -> Slots(second = callBack(ui, body.canCallBack, Style.FILLED, fit), tall = true)
    // The PBX may have brought the client back by itself: it does so after 10 to 15 s.
    Client.ON_HOLD -> Slots(
        second = wayBack(Style.FILLED, fit),
        third = Slots.Quiet(R.drawable.ic_hearing, getString(R.string.call_i_hear)) { it.clientIsBack() },
    )
    Client.TALKING -> Slots(second = goOn())
}

private fun Context.goOn() = slot(R.drawable.ic_call, R.string.call_continue, null, Style.FILLED) { it.continueTalk() }
