package app.starhash.core

import android.os.Handler
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicBoolean

/** The core's answer time is under a millisecond; a finger notices nothing below this. */
private const val PATIENCE_MS = 300L

/**
 * Answer, decline, hold and hang-up go through the core, so that its tones end first. None of them may depend on it: what
 * the core has not carried out within [PATIENCE_MS] is carried out here.
 */
class Controls(private val door: CallDoor, private val main: Handler) {
    private class Request(val call: String, val control: Control) {
        val carriedOut = AtomicBoolean(false)

        fun isFor(call: String, control: Control) = this.call == call && this.control == control
    }

    /** What the core has been asked for and has not come back with, oldest first. */
    private val open = ConcurrentLinkedQueue<Request>()

    /**
     * True from the moment we had to act in the core's place until it has caught up: a tone it would start now could go
     * into a call that was hung up, held, or into another one.
     */
    val overtaken: Boolean get() = open.any { it.carriedOut.get() }

    /**
     * [throughCore] hands the wish to the core and says whether there is one. A second tap while the first is on its way
     * is the same wish; after it was carried out, a new one. Main thread.
     */
    fun ask(call: String, control: Control, throughCore: () -> Boolean) {
        if (open.any { it.isFor(call, control) && !it.carriedOut.get() }) return
        val request = Request(call, control)
        open += request
        if (throughCore()) {
            main.postDelayed({ carryOutLate(request) }, PATIENCE_MS)
        } else {
            open -= request
            door.stopAllTones()
            door.control(call, control)
        }
    }

    /** The core forgets what was asked of a call that ended, and will not come back with it. Main thread. */
    fun ended(call: String) {
        open.removeIf { it.call == call }
    }

    private fun carryOutLate(request: Request) {
        if (request !in open || !request.carriedOut.compareAndSet(false, true)) return
        door.stopAllTones()
        // Asked of a call that was gone already: the core will not come back with it either.
        if (!door.control(request.call, request.control)) open -= request
    }

    /** The core has ended its tones and now carries [control] out; on its own thread. */
    fun fromCore(call: String, control: Control): Boolean {
        val request = open.firstOrNull { it.isFor(call, control) }?.also(open::remove)
        val first = request == null || request.carriedOut.compareAndSet(false, true)
        return if (first) door.control(call, control) else true
    }
}
