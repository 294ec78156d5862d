package app.starhash.core

import android.content.Context
import android.os.Handler
import android.os.PowerManager
import app.starhash.core.bindings.Phone
import app.starhash.core.bindings.PhoneException

/** A sequence with everything late lasts a few seconds; should the core die in it, the phone still goes to sleep. */
private const val AWAKE_AT_MOST_MS = 60_000L

/**
 * The phone as the core uses it. Called on the core's one thread: tones and controls go from there straight to the call,
 * only what is shown goes over the main thread.
 */
internal class CorePhone(
    context: Context,
    private val door: CallDoor,
    private val controls: Controls,
    private val main: Handler,
    private val onSnapshot: (Snapshot) -> Unit,
    private val onFailed: (String) -> Unit,
) : Phone {
    private val wakeLock = context.getSystemService(PowerManager::class.java)
        .newWakeLock(PowerManager.PARTIAL_WAKE_LOCK, "starhash:tones")
        .apply { setReferenceCounted(false) }

    /** Set once the app has given the core up: nothing of it reaches a call any more. */
    @Volatile
    var cutOff = false

    override fun toneOn(call: String, key: UByte) = refusing {
        door.startTone(call, key.toInt().toChar()) { !cutOff && !controls.overtaken }
    }

    override fun toneOff(call: String) = refusing {
        door.stopTone(call)
        true
    }

    override fun control(call: String, control: Control) = refusing { !cutOff && controls.fromCore(call, control) }

    override fun setMuted(muted: Boolean) = refusing {
        door.setMuted(muted)
        true
    }

    override fun keepAwake(awake: Boolean) = refusing {
        if (awake) wakeLock.acquire(AWAKE_AT_MOST_MS) else wakeLock.release()
        true
    }

    override fun changed(snapshot: Snapshot) = refusing { main.post { onSnapshot(snapshot) } }

    override fun failed(reason: String) = refusing { main.post { onFailed(reason) } }

    /** Nothing but the agreed refusal may fly into the core: Telecom throws when a call is just gone. */
    private fun refusing(act: () -> Boolean) {
        val done = try {
            act()
        } catch (_: RuntimeException) {
            false
        }
        if (!done) throw PhoneException.Failed("not possible in this call now")
    }
}
