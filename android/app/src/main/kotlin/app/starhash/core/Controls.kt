package app.starhash.core

import android.os.Handler
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.atomic.AtomicBoolean

/** The core's answer time is under a millisecond; a finger notices nothing below this. */
private const val PATIENCE_MS = 300L

/**
 * Answer, decline, hold and hang-up go through the core, so that its tones end first. None of them may depend on it: what
 * the core has not carried out within [PATIENCE_MS] is carried out here.
 */
class Controls(private val door: CallDoor, private val main: Handler) {
    private class Request { val carriedOut = AtomicBoolean(false) }

    private val open = ConcurrentHashMap<Pair<String, Control>, Request>()

    /**
     * True from the moment we had to act in the core's place until it has caught up: a tone it would start now could go
     * into a call that was hung up, held, or into another one.
     */
    val overtaken: Boolean get() = open.values.any { it.carriedOut.get() }

    /** [throughCore] hands the wish to the core and says whether there is one. Main thread. */
    fun ask(call: String, control: Control, throughCore: () -> Boolean) {
        val request = Request()
        open[call to control] = request
        if (throughCore()) {
            main.postDelayed({ carryOutLate(call, control, request) }, PATIENCE_MS)
        } else {
            open.remove(call to control, request)
            door.stopAllTones()
            door.control(call, control)
        }
    }

    private fun carryOutLate(call: String, control: Control, request: Request) {
        if (!request.carriedOut.compareAndSet(false, true)) return
        door.stopAllTones()
        door.control(call, control)
    }

    /** The core has ended its tones and now carries [control] out; on its own thread. */
    fun fromCore(call: String, control: Control): Boolean {
        val request = open.remove(call to control)
        val first = request == null || request.carriedOut.compareAndSet(false, true)
        return if (first) door.control(call, control) else true
    }
}
