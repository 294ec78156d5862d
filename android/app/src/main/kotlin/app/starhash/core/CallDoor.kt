package app.starhash.core

/**
 * What the core may do to calls. Every function may be called on any thread, returns at once, and does nothing to a call
 * that is gone.
 */
interface CallDoor {
    /** @return whether the call was there to play into. */
    fun startTone(call: String, key: Char): Boolean
    fun stopTone(call: String)
    fun stopAllTones()
    fun control(call: String, control: Control): Boolean
    fun setMuted(muted: Boolean)
}
