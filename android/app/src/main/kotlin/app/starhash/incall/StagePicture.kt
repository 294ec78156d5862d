package app.starhash.incall

import android.content.Context
import app.starhash.R
import app.starhash.incall.Body.BrokenOff.Client
import app.starhash.incall.Picture.Link
import app.starhash.incall.Picture.Node
import app.starhash.ui.initials
import app.starhash.ui.shortName

/** Extensions up to this length stand under the colleague's node when there is no name. */
private const val SHORT_NUMBER = 6

/** Who hears whom now; null outside a transfer. */
fun Context.picture(ui: CallUi, now: Long): Picture? {
    val people = People(this, ui.header)
    return when (val body = ui.body) {
        is Body.Sending -> Picture(
            people.client(R.string.call_state_will_music, music = true),
            people.you(R.string.call_state_tones),
            people.colleague(body.target, R.string.call_state_not_yet, on = false),
            Link.DEAF,
            Link.CODE,
            getString(R.string.call_picture_sending),
            progress = body.symbols.count { it.state == SymbolUi.State.SENT } / body.symbols.size.coerceAtLeast(1).toFloat(),
        )
        is Body.Consultation -> Picture(
            people.client(getString(R.string.call_state_music, clock((now - body.since) / 1000, wide = false)), music = true),
            people.you(R.string.call_state_on_line),
            people.colleague(body.target, R.string.call_state_calling),
            Link.DEAF,
            Link.ASKED,
            getString(R.string.call_client_music),
        )
        is Body.Returning -> Picture(
            people.client(R.string.call_state_returning),
            people.you(R.string.call_state_on_line),
            people.colleague(body.target, if (body.cancelled) R.string.call_state_not_called else R.string.call_state_leaving, on = false),
            Link.ASKED,
            Link.NONE,
            getString(R.string.call_picture_returning),
        )
        is Body.AfterHangUp -> Picture(
            people.client(R.string.call_state_joining),
            people.you(R.string.call_state_left, on = false),
            people.colleague(body.target, R.string.call_state_joining),
            Link.NONE,
            Link.NONE,
            getString(R.string.call_picture_joining),
            joined = true,
        )
        is Body.BrokenOff -> broken(people, body)
        else -> null
    }
}

private fun Context.broken(people: People, body: Body.BrokenOff): Picture {
    val colleague = people.colleague(
        body.target,
        if (body.complete) R.string.call_state_off_line else R.string.call_state_not_called,
        on = false,
    )
    return when (body.client) {
        Client.LOST -> Picture(
            people.client(R.string.call_state_lost, on = false),
            people.you(R.string.call_state_off_line),
            colleague,
            Link.LOST,
            Link.NONE,
            getString(if (body.complete) R.string.call_picture_lost_complete else R.string.call_picture_lost),
        )
        Client.ON_HOLD -> Picture(
            people.client(R.string.call_state_hears_music, music = true),
            people.you(R.string.call_state_on_line),
            colleague,
            Link.DEAF,
            Link.NONE,
            getString(R.string.call_client_music),
        )
        Client.TALKING -> Picture(
            people.client(R.string.call_state_hears_you),
            people.you(R.string.call_state_talking),
            colleague,
            Link.KNOWN,
            Link.NONE,
            getString(R.string.call_picture_talking),
        )
    }
}

private class People(private val context: Context, private val header: Header) {
    fun client(state: Int, on: Boolean = true, music: Boolean = false) = client(context.getString(state), on, music)

    fun client(state: String, on: Boolean = true, music: Boolean = false) =
        Node(shortName(header.name, context.getString(R.string.call_client)), state, initials(header.name), on, music)

    fun you(state: Int, on: Boolean = true) = Node(context.getString(R.string.call_you), context.getString(state), null, on)

    fun colleague(target: TargetUi, state: Int, on: Boolean = true): Node {
        val otherwise = target.digits.takeIf { target.name.isEmpty() && it.length <= SHORT_NUMBER }
            ?: context.getString(R.string.call_colleague)
        return Node(shortName(target.name, otherwise), context.getString(state), initials(target.name), on)
    }
}
