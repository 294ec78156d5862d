package app.starhash.incall

import android.content.ClipData
import android.content.ClipboardManager
import android.content.Context
import android.os.Handler
import android.os.Looper
import android.os.SystemClock
import android.widget.Toast
import app.starhash.R
import app.starhash.core.Active
import app.starhash.core.AfterHangUp
import app.starhash.core.BrokenOff
import app.starhash.core.Colleague
import app.starhash.core.Consultation
import app.starhash.core.Control
import app.starhash.core.Core
import app.starhash.core.CoreHost
import app.starhash.core.CoreOffer
import app.starhash.core.EmptyNumber
import app.starhash.core.ForbiddenSymbol
import app.starhash.core.Holding
import app.starhash.core.Idle
import app.starhash.core.NoDigits
import app.starhash.core.NumberProblem as CoreNumberProblem
import app.starhash.core.Refusal
import app.starhash.core.Returning
import app.starhash.core.Ringing
import app.starhash.core.Sending
import app.starhash.core.Snapshot
import app.starhash.core.Stage
import app.starhash.core.Target
import app.starhash.core.TooLong
import app.starhash.telecom.CallInfo
import app.starhash.telecom.Calls
import app.starhash.telecom.readable

/** The running call as the dial pad sees it: can its client be passed on, and if not, why not. */
enum class Talk {
    NONE, CLIENT, RINGING, NOT_INCOMING, EMERGENCY, BUSY, NOT_NOW;

    /** Another call may be placed beside it. */
    val takesAnotherCall get() = this != RINGING && this != EMERGENCY && this != BUSY
}

/** An ordinary call that is over stays this long, so that its length can be read. */
private const val OVER_MS = 1_500L

/** The network answers a wish to take a call off hold within this. */
private const val UNHOLD_TAKES_MS = 2_000L

/**
 * What the employee is in the middle of, from the first ring to «Готово»: collects the facts into a [Scene], hands on what
 * [CallPresenter] makes of it, and turns intents into wishes to core and calls. Lives as long as the process, main thread.
 */
class CallSession(private val context: Context, private val calls: Calls, private val core: CoreHost) : CallIntents {
    private val presenter = CallPresenter { readable(context, it) }
    private val main = Handler(Looper.getMainLooper())
    private val watchers = mutableListOf<(CallUi?) -> Unit>()

    private var opened = Opened()
    private var ended: CallInfo? = null
    private var tiles: List<Tile>? = null
    private var listBroken = false
    private var lastStage: Stage = Idle
    private var lastRefusal: Refusal? = null
    private var stageSince = 0L
    private var handedOver: HandedOver? = null
    private var returned = emptyMap<String, Body.Ringing.Returned>()
    private var coreWas: Core = core.state
    private var shownId: String? = null
    private val known = mutableSetOf<String>()

    /** «Вернуться к клиенту» was tapped on this call while the phone held it: tones wait until it talks again… */
    private var returnOnceActive: String? = null
    /** …but not for long: the PBX brings the client back by itself, and would pass a late code on to them. */
    private var returnUntil = 0L

    private class HandedOver(val at: Long, val colleague: String)

    init {
        calls.onCall = ::callChanged
        calls.onAudio = ::audioChanged
        core.onChange = ::coreChanged
        core.directory.onChange = ::readColleagues
    }

    /** [watcher] is told what to show now and whenever that changes; null: nothing. */
    fun watch(watcher: (CallUi?) -> Unit) {
        watchers += watcher
        watcher(screen())
    }

    fun unwatch(watcher: (CallUi?) -> Unit) {
        watchers -= watcher
    }

    private fun scene() = Scene(
        calls = calls.list,
        ended = ended,
        audio = calls.audio,
        transfer = core.snapshot,
        coreMissing = core.state is Core.Missing,
        tiles = tiles,
        listBroken = listBroken,
        returned = returned,
        opened = opened,
        stageSince = stageSince,
    )

    private fun screen(): CallUi? {
        val scene = scene()
        return presenter.present(scene.copy(offer = presenter.shown(scene)?.let { core.offer(it.facts) }))
    }

    private fun changed() {
        val over = ended
        if (over != null && !afterCall(over) && now() - (over.endedAt ?: 0) >= OVER_MS) ended = null
        val shown = shownCall()?.id
        if (shown != shownId) opened = Opened()
        shownId = shown
        val ui = screen()
        watchers.toList().forEach { it(ui) }
    }

    /** Whether a transfer keeps this ended call on the screen until «Готово». */
    private fun afterCall(call: CallInfo): Boolean {
        val transfer = core.snapshot?.takeIf { it.call == call.id } ?: return false
        return transfer.stage is AfterHangUp || transfer.stage is BrokenOff
    }

    private fun callChanged(call: CallInfo) {
        core.callChanged(call.facts)
        if (call.alive) callGoesOn(call) else callIsOver(call)
        changed()
    }

    private fun callGoesOn(call: CallInfo) {
        val state = call.facts.state
        if (state is Ringing) markReturn(call)
        if (call.id !in known) {
            known += call.id
            readColleagues()
            // A new call of our own, the call-back above all, takes the place of what is left of the last one.
            if (!call.facts.incoming) closeAfterCall()
        }
        if (state is Active && returnOnceActive == call.id) {
            returnOnceActive = null
            if (now() <= returnUntil) core.returnToClient()
        }
        if (state is Active && call.facts.incoming && lastStage is AfterHangUp) closeAfterCall()
    }

    private fun callIsOver(call: CallInfo) {
        known -= call.id
        if (returnOnceActive == call.id) returnOnceActive = null
        returned = returned - call.id
        val talked = call.talkingSince != null || !call.facts.incoming
        if (talked && ended?.let(::afterCall) != true) {
            ended = call
            main.postDelayed(::changed, OVER_MS)
        }
    }

    /** The first call to come in soon after a transfer may be the client whom the PBX brings back. */
    private fun markReturn(call: CallInfo) {
        val last = handedOver ?: return
        handedOver = null
        val ago = now() - last.at
        if (ago <= WATCH_MS) returned = returned + (call.id to Body.Ringing.Returned(ago / MS_IN_SECOND, last.colleague))
    }

    private fun closeAfterCall() {
        if (ended == null) return
        ended = null
        core.dismiss()
    }

    private fun audioChanged() {
        core.mutedChanged(calls.audio.muted)
        changed()
    }

    private fun coreChanged() {
        if (core.state != coreWas) {
            coreWas = core.state
            if (core.state is Core.Ready) coreIsReady()
        }
        core.snapshot?.let(::stageMayHaveChanged)
        changed()
    }

    /** It has missed whatever began before it was loaded. */
    private fun coreIsReady() {
        core.mutedChanged(calls.audio.muted)
        calls.list.forEach { core.callChanged(it.facts) }
        readColleagues()
    }

    private fun stageMayHaveChanged(transfer: Snapshot) {
        val stage = transfer.stage
        if (transfer.refused != lastRefusal) {
            lastRefusal = transfer.refused
            notice(transfer.refused)?.let { opened = opened.copy(notice = it) }
        }
        if (stage.javaClass == lastStage.javaClass) return
        val before = lastStage
        lastStage = stage
        stageSince = now()
        when (stage) {
            is Sending -> {
                opened = Opened()
                if (!stage.slower) transfer.target?.colleague?.let(core.directory::used)
            }
            is AfterHangUp -> handedOver = HandedOver(now(), transfer.target?.let { it.name.ifEmpty { it.digits } } ?: "")
            is Idle -> if (before is Returning) opened = opened.copy(notice = Notice.BACK_WITH_CLIENT)
            else -> opened = opened.copy(retrySheet = false)
        }
    }

    private fun readColleagues() = core.directory.list { colleagues ->
        tiles = if (core.state is Core.Loading) null else colleagues.orEmpty().map(::tile)
        listBroken = core.state is Core.Ready && colleagues == null
        changed()
    }

    private fun now() = SystemClock.elapsedRealtime()

    private fun shownCall(): CallInfo? = presenter.shown(scene())

    private fun controlShown(control: Control) {
        shownCall()?.takeIf { it.alive }?.let { core.control(it.id, control) }
    }

    private fun controlWaiting(control: Control) {
        presenter.waiting(scene())?.let { core.control(it.id, control) }
    }

    private fun open(next: Opened) {
        opened = next
        changed()
    }

    override fun answer() = controlShown(Control.ANSWER)
    override fun decline() = controlShown(Control.REJECT)
    override fun hangUp() = controlShown(Control.HANG_UP)
    override fun answerWaiting() = controlWaiting(Control.ANSWER)
    override fun declineWaiting() = controlWaiting(Control.REJECT)
    override fun toggleMute() = calls.setMuted(!calls.audio.muted)
    override fun toggleSpeaker() = calls.setSpeaker(!calls.audio.speaker)

    /** What the call screen is to show when somebody comes to it from the dial pad. */
    fun showKeypad(open: Boolean) = open(opened.copy(keypad = open, number = null))

    override fun toggleKeypad() = showKeypad(!opened.keypad)

    override fun keyDown(key: Char) {
        val call = shownCall()?.takeIf { it.alive } ?: return
        core.keyDown(call.id, key)
        open(opened.copy(keysTyped = opened.keysTyped + key))
    }

    override fun keyUp(key: Char) = core.keyUp()

    /** What goes on, for somebody who is about to dial. */
    fun talk(): Talk {
        val call = shownCall()?.takeIf { it.alive } ?: return Talk.NONE
        if (call.facts.state is Ringing) return Talk.RINGING
        return when (core.offer(call.facts)) {
            CoreOffer.YES -> if (isBeingPassedOn(call)) Talk.BUSY else Talk.CLIENT
            CoreOffer.NOT_INCOMING -> Talk.NOT_INCOMING
            CoreOffer.EMERGENCY -> Talk.EMERGENCY
            CoreOffer.NOT_ACTIVE, null -> Talk.NOT_NOW
        }
    }

    private fun isBeingPassedOn(call: CallInfo): Boolean {
        val stage = core.snapshot?.takeIf { it.call == call.id }?.stage
        return stage is Sending || stage is Consultation || stage is Returning
    }

    /** Passes the client of the running call to somebody named on the dial pad; @return what is wrong with the number. */
    fun passTo(target: Target): NumberProblem? = start(target)

    override fun transferTo(tile: Tile) {
        val problem = start(Target(tile.id.toULong(), tile.name, tile.number)) ?: return
        open(opened.copy(number = Body.NumberField(tile.number, problem)))
    }

    override fun openNumberField() = open(opened.copy(number = Body.NumberField(""), notice = null))
    override fun closeNumberField() = open(opened.copy(number = null))
    override fun typeNumber(typed: String) = open(opened.copy(number = Body.NumberField(typed)))

    override fun transferToTyped() {
        val field = opened.number ?: return
        val checked = core.check(field.typed)
        val problem = checked.problem?.let(::problem)
        when {
            problem != null -> open(opened.copy(number = field.copy(problem = problem)))
            // «112» may be a colleague's extension: asked once, never refused (product.md, "emergency numbers").
            checked.ask && !field.ask -> open(opened.copy(number = field.copy(ask = true)))
            else -> start(Target(colleague = null, name = "", number = field.typed))
        }
    }

    private fun start(target: Target): NumberProblem? {
        val call = shownCall()?.takeIf { it.alive } ?: return null
        return core.start(call.id, target)?.let(::problem)
    }

    override fun connect() = core.complete()
    override fun cancel() = core.cancel()

    override fun returnToClient() {
        val held = shownCall()?.takeIf { it.facts.state is Holding } ?: return core.returnToClient()
        returnOnceActive = held.id
        returnUntil = now() + UNHOLD_TAKES_MS
        core.control(held.id, Control.UNHOLD)
    }

    override fun askRetry(open: Boolean) = open(opened.copy(retrySheet = open))
    override fun retrySlower() = core.retrySlower()
    override fun clientIsBack() = core.clientIsBack()

    /** Back to the talk; where the phone itself holds the call, off hold first. */
    override fun continueTalk() {
        if (shownCall()?.facts?.state is Holding) controlShown(Control.UNHOLD)
        core.continueTalk()
    }

    override fun sendPostDial(send: Boolean) {
        shownCall()?.takeIf { it.facts.state is Active }?.let { calls.postDial(it.id, send) }
    }

    override fun callBack() {
        val call = shownCall() ?: return
        if (!calls.place(call.number, like = call.id)) Toast.makeText(context, R.string.app_call_failed, Toast.LENGTH_LONG).show()
    }

    override fun copyNumber() {
        val number = shownCall()?.number ?: return
        context.getSystemService(ClipboardManager::class.java).setPrimaryClip(ClipData.newPlainText(null, number))
    }

    override fun done() {
        ended = null
        core.dismiss()
        changed()
    }
}

private const val MS_IN_SECOND = 1000

private fun tile(colleague: Colleague) =
    Tile(colleague.id.toLong(), colleague.name, colleague.number, colleague.department, colleague.pinned)

private fun notice(refusal: Refusal?): Notice? = when (refusal) {
    null -> null
    Refusal.BUSY -> Notice.REFUSED_BUSY
    Refusal.EMERGENCY -> Notice.REFUSED_EMERGENCY
    Refusal.NOT_INCOMING, Refusal.NOT_ACTIVE, Refusal.NO_SUCH_CALL, Refusal.NO_STAGE -> Notice.REFUSED_NOT_NOW
}

private fun problem(problem: CoreNumberProblem): NumberProblem = when (problem) {
    is EmptyNumber -> NumberProblem.EMPTY
    is NoDigits -> NumberProblem.NO_DIGITS
    is ForbiddenSymbol -> NumberProblem.FORBIDDEN_SYMBOL
    is TooLong -> NumberProblem.TOO_LONG
}
