package app.starhash.telecom

import android.content.Context
import android.net.Uri
import android.os.Bundle
import android.os.SystemClock
import android.telecom.Call
import android.telecom.PhoneAccountHandle
import android.telecom.TelecomManager
import android.telecom.VideoProfile
import android.util.Log
import app.starhash.core.CallDoor
import app.starhash.core.Control
import app.starhash.core.Disconnected
import app.starhash.core.EndedBy
import java.util.concurrent.ConcurrentHashMap

private const val TAG = "Calls"

/**
 * The one adapter to Telecom. Facts go out as [CallInfo] on the main thread; wishes come in by id on any thread and go to
 * the call at once, because the core's tones must not wait for the main thread.
 */
class Calls(private val context: Context) : CallDoor {
    /** The living calls, oldest first. Main thread. */
    val list: List<CallInfo> get() = infos.values.toList()

    var audio = Audio()
        private set

    /** A call began, changed or ended (then it is no longer in [list]). Main thread. */
    var onCall: (CallInfo) -> Unit = {}
    var onAudio: () -> Unit = {}

    private val calls = ConcurrentHashMap<String, Call>()

    /**
     * Calls with a tone begun and not ended; a stop without a start is not ours to send. Its lock is held over the request
     * to the call too (one-way, so short): else a stop could overtake the start it belongs to.
     */
    private val sounding = mutableSetOf<String>()
    private val infos = LinkedHashMap<String, CallInfo>()

    /** Also of calls that are over: one of them may be called back, see [added]. Main thread. */
    private val sims = HashMap<String, PhoneAccountHandle>()
    private var lastId = 0

    @Volatile
    private var service: StarhashInCallService? = null

    private val callback = object : Call.Callback() {
        override fun onStateChanged(call: Call, state: Int) = changed(call)
        override fun onDetailsChanged(call: Call, details: Call.Details) = changed(call)
        override fun onPostDialWait(call: Call, remainingPostDialSequence: String?) = waits(call, remainingPostDialSequence)
    }

    fun connected(service: StarhashInCallService) {
        this.service = service
    }

    /** Telecom has unbound us: no call can be seen or touched any more. */
    fun disconnected() {
        calls.values.toList().forEach(::removed)
        service = null
    }

    fun added(call: Call) {
        val id = "call-${++lastId}"
        // With a call of our own, the call-back above all, what was left of the last one is done with.
        if (call.details.callDirection == Call.Details.DIRECTION_OUTGOING) sims.keys.retainAll(calls.keys)
        calls[id] = call
        call.details.accountHandle?.let { sims[id] = it }
        call.registerCallback(callback)
        publish(read(context, id, call, before = null))
    }

    fun removed(call: Call) {
        val id = idOf(call) ?: return
        call.unregisterCallback(callback)
        val last = infos[id]
        if (last != null) {
            // Telecom took it away without saying why.
            val facts = last.facts.copy(state = Disconnected(EndedBy.NETWORK))
            publish(last.copy(facts = facts, endedAt = SystemClock.elapsedRealtime()))
        }
        // The core's own stop may come too late to find the call; after this no tone can begin in it either.
        synchronized(sounding) {
            calls.remove(id)
            if (sounding.remove(id)) call.stopDtmfTone()
        }
    }

    fun audioChanged(audio: Audio) {
        if (audio == this.audio) return
        this.audio = audio
        onAudio()
    }

    override fun startTone(call: String, key: Char, allowed: () -> Boolean): Boolean = synchronized(sounding) {
        val target = calls[call]
        if (target == null || !allowed()) return false
        sounding += call
        target.playDtmfTone(key)
        true
    }

    override fun stopTone(call: String) = synchronized(sounding) {
        if (sounding.remove(call)) calls[call]?.stopDtmfTone()
    }

    override fun stopAllTones() = synchronized(sounding) { sounding.toList().forEach(::stopTone) }

    override fun control(call: String, control: Control): Boolean {
        val target = calls[call] ?: return false
        when (control) {
            Control.ANSWER -> target.answer(VideoProfile.STATE_AUDIO_ONLY)
            Control.REJECT -> target.reject(false, null)
            Control.HOLD -> target.hold()
            Control.UNHOLD -> target.unhold()
            Control.HANG_UP -> target.disconnect()
        }
        return true
    }

    override fun setMuted(muted: Boolean) {
        service?.setMuted(muted)
    }

    fun setSpeaker(on: Boolean) {
        service?.setSpeaker(on)
    }

    /**
     * Places a call to [written] on the SIM of the call [like], if it is a plain number.
     * @return false when nothing was placed: not a plain number, or the system does not let us call.
     */
    fun place(written: String?, like: String? = null): Boolean = callable(written)?.let { dial(it, sims[like]) } ?: false

    /**
     * Hands [dialled] to the phone sign for sign, whatever the network makes of it: only what the employee has chosen on the dial
     * pad comes here. [sim] null: the phone chooses, or asks.
     * @return false when the system does not let us call.
     */
    fun dial(dialled: String, sim: PhoneAccountHandle?): Boolean {
        val extras = Bundle()
        sim?.let { extras.putParcelable(TelecomManager.EXTRA_PHONE_ACCOUNT_HANDLE, it) }
        return try {
            // fromParts: a parsed URI would lose `#` and what follows.
            context.getSystemService(TelecomManager::class.java).placeCall(Uri.fromParts("tel", dialled, null), extras)
            true
        } catch (refused: RuntimeException) {
            // SecurityException without the permission; whatever a maker's system throws must not take a running call along.
            Log.w(TAG, "the phone places no call: ${refused.javaClass.simpleName}")
            false
        }
    }

    /** Lets the phone send what waits in [call], or leave it out. */
    fun postDial(call: String, send: Boolean) {
        val waiting = calls[call] ?: return
        waiting.postDialContinue(send)
        waits(waiting, null)
    }

    private fun waits(call: Call, rest: String?) {
        val info = infos[idOf(call)] ?: return
        publish(info.copy(postDial = rest?.takeIf(String::isNotEmpty)))
    }

    private fun changed(call: Call) {
        val id = idOf(call) ?: return
        publish(read(context, id, call, infos[id] ?: return))
    }

    private fun publish(info: CallInfo) {
        if (info.alive) infos[info.id] = info else infos.remove(info.id)
        onCall(info)
    }

    private fun idOf(call: Call): String? = calls.entries.firstOrNull { it.value == call }?.key
}
