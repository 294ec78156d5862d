package app.starhash.core

/**
 * What the core may do to calls. Every function may be called on any thread, returns at once, and does nothing to a call
 * that is gone.
 */
interface CallDoor {
    /**
     * [allowed] is asked when no [stopAllTones] can come between the answer and the tone: what forbids tones and then
     * stops them all leaves none behind.
     * @return whether the tone began: allowed, and the call there to play into.
     */
    fun startTone(call: String, key: Char, allowed: () -> Boolean = { true }): Boolean
    fun stopTone(call: String)
    fun stopAllTones()
    fun control(call: String, control: Control): Boolean
    fun setMuted(muted: Boolean)
}
