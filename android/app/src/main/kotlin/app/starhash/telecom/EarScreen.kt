package app.starhash.telecom

import android.content.Context
import android.os.PowerManager
import app.starhash.incall.CallUi

/**
 * Switches the screen off while the phone is held at the ear, so that a cheek presses nothing: in a call that sounds in
 * the earpiece. A ringing phone is looked at, one on speaker or Bluetooth lies on the table.
 */
class EarScreen(context: Context, private val audio: () -> Audio) {
    private val power = context.getSystemService(PowerManager::class.java)

    /** Null on a device without a proximity sensor. */
    private val lock: PowerManager.WakeLock? =
        if (power.isWakeLockLevelSupported(PowerManager.PROXIMITY_SCREEN_OFF_WAKE_LOCK)) {
            power.newWakeLock(PowerManager.PROXIMITY_SCREEN_OFF_WAKE_LOCK, "starhash:ear").apply { setReferenceCounted(false) }
        } else {
            null
        }

    fun show(ui: CallUi?) {
        val wanted = ui?.hangUp != null && audio().route == Audio.Route.EARPIECE
        if (wanted == (lock?.isHeld ?: wanted)) return
        // Taken off the ear the screen comes back at once; let go of while still there, it waits for the ear to go.
        if (wanted) lock?.acquire() else lock?.release(PowerManager.RELEASE_FLAG_WAIT_FOR_NO_PROXIMITY)
    }
}
