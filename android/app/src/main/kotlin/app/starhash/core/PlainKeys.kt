package app.starhash.core

import android.os.Handler
import java.util.ArrayDeque

/** telecom-facts.md, "Timing": the normal tone and gap; a tone begun by a short tap must still be heard. */
private const val TONE_MS = 120L
private const val GAP_MS = 120L

/**
 * The in-call keypad without the core: each key a tone of at least [TONE_MS], each stopped before the next begins, quick
 * keys waiting their turn. Main thread.
 */
class PlainKeys(private val door: CallDoor, private val main: Handler) {
    private class Press(val call: String, val key: Char) {
        var released = false
        var longEnough = false
    }

    private val waiting = ArrayDeque<Press>()
    private var sounding: Press? = null
    private var resting = false

    fun down(call: String, key: Char) {
        waiting.add(Press(call, key))
        next()
    }

    fun up() {
        sounding?.released = true
        waiting.forEach { it.released = true }
        endIfDone()
    }

    /** Before any control of a call, and when the call is gone: nothing sounds or waits any more. */
    fun clear() {
        main.removeCallbacksAndMessages(this)
        waiting.clear()
        sounding?.let { door.stopTone(it.call) }
        sounding = null
        resting = false
    }

    private fun next() {
        if (sounding != null || resting) return
        val press = waiting.poll() ?: return
        if (!door.startTone(press.call, press.key)) return clear()
        sounding = press
        later(TONE_MS) {
            press.longEnough = true
            endIfDone()
        }
    }

    private fun endIfDone() {
        val press = sounding ?: return
        if (!press.released || !press.longEnough) return
        door.stopTone(press.call)
        sounding = null
        resting = true
        later(GAP_MS) {
            resting = false
            next()
        }
    }

    private fun later(ms: Long, what: () -> Unit) {
        main.postDelayed(what, this, ms)
    }
}
