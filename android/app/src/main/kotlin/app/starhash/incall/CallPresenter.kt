package app.starhash.incall

import app.starhash.core.Active
import app.starhash.core.AfterHangUp
import app.starhash.core.BreakReason
import app.starhash.core.BrokenOff
import app.starhash.core.Client
import app.starhash.core.Consultation
import app.starhash.core.CoreOffer
import app.starhash.core.Dialing
import app.starhash.core.Disconnected
import app.starhash.core.Disconnecting
import app.starhash.core.EndedBy
import app.starhash.core.HangUpMeaning
import app.starhash.core.Holding
import app.starhash.core.Idle
import app.starhash.core.Returning
import app.starhash.core.Ringing
import app.starhash.core.Sending
import app.starhash.core.Snapshot
import app.starhash.core.SymbolState
import app.starhash.core.SymbolView
import app.starhash.core.TargetView
import app.starhash.telecom.Audio
import app.starhash.telecom.CallInfo
import app.starhash.telecom.callable

/** Everything the call screen is a function of. */
data class Scene(
    /** The living calls, oldest first. */
    val calls: List<CallInfo> = emptyList(),
    /** The call that has ended and is still shown. */
    val ended: CallInfo? = null,
    val audio: Audio = Audio(),
    /** The core's last word; null before its first. */
    val transfer: Snapshot? = null,
    val coreMissing: Boolean = false,
    /** The core's answer for the shown call; null while it loads and without it. */
    val offer: CoreOffer? = null,
    /** Null while the colleagues are being read. */
    val tiles: List<Tile>? = null,
    /** Their file cannot be read; [tiles] is empty then. */
    val listBroken: Boolean = false,
    /** The transfer after which the incoming call with this id may be the client coming back. */
    val returned: Map<String, Body.Ringing.Returned> = emptyMap(),
    val opened: Opened = Opened(),
    /** `elapsedRealtime()` of the last change of the transfer's stage. */
    val stageSince: Long = 0,
)

/** What the employee has opened on the screen; goes with the call, not with the activity. */
data class Opened(
    val keypad: Boolean = false,
    val keysTyped: String = "",
    val number: Body.NumberField? = null,
    val retrySheet: Boolean = false,
    val notice: Notice? = null,
)

/** How long an incoming call counts as a possible return of the client (product.md, "after hang-up"). */
const val WATCH_MS = 60_000L

/** Scene in, screen out: no clock, no framework, no side effects. [readable] spaces a number for reading. */
class CallPresenter(private val readable: (String) -> String) {
    /** Null when there is nothing to show. */
    fun present(scene: Scene): CallUi? {
        val call = shown(scene) ?: return null
        val ringing = call.facts.state is Ringing
        val inCall = call.alive && !ringing
        return CallUi(
            header = header(call),
            body = body(scene, call),
            controls = if (inCall) controls(scene) else null,
            hangUp = if (inCall) hangUp(scene, call) else null,
            waiting = waiting(scene)?.let { Waiting(it.id, name(it), numberLine(it)) },
        )
    }

    /** The call the screen is about: the talk before a ringing one, a living one before one that is over. */
    fun shown(scene: Scene): CallInfo? = talk(scene) ?: ringing(scene) ?: scene.ended

    /** A second call that rings while another is going on. */
    fun waiting(scene: Scene): CallInfo? = if (talk(scene) == null) null else ringing(scene)

    private fun talk(scene: Scene): CallInfo? {
        val going = scene.calls.filter { it.facts.state !is Ringing }
        return going.lastOrNull { it.facts.state is Active }
            ?: going.lastOrNull { it.facts.state is Dialing }
            ?: going.lastOrNull { it.facts.state is Disconnecting }
            ?: going.lastOrNull()
    }

    private fun ringing(scene: Scene): CallInfo? = scene.calls.firstOrNull { it.facts.state is Ringing }

    private fun header(call: CallInfo) = Header(
        name = name(call),
        number = numberLine(call),
        sim = call.sim,
        talkingSince = call.talkingSince.takeIf { call.alive },
        ended = ended(call),
    )

    private fun ended(call: CallInfo): Ended? {
        val at = call.endedAt ?: return null
        val seconds = call.talkingSince?.let { (at - it) / MS_IN_SECOND } ?: 0
        val dropped = (call.facts.state as? Disconnected)?.by == EndedBy.NETWORK
        return Ended(seconds, dropped)
    }

    private fun name(call: CallInfo): String = call.name ?: call.number?.let(readable) ?: ""

    private fun numberLine(call: CallInfo): String? = call.number?.takeIf { call.name != null }?.let(readable)

    private fun controls(scene: Scene) = Controls(scene.audio.muted, scene.opened.keypad, scene.audio.speaker)

    private fun hangUp(scene: Scene, call: CallInfo): HangUp = when (transferOf(scene, call)?.hangUp) {
        HangUpMeaning.LOSES_CLIENT -> HangUp.LOSES_CLIENT
        HangUpMeaning.CONNECTS_IF_NOT_BUSY -> HangUp.CONNECTS_IF_NOT_BUSY
        HangUpMeaning.ENDS_TALK, null -> HangUp.ENDS_TALK
    }

    private fun transferOf(scene: Scene, call: CallInfo): Snapshot? = scene.transfer?.takeIf { it.call == call.id }

    private fun body(scene: Scene, call: CallInfo): Body {
        val state = call.facts.state
        if (state is Ringing) return Body.Ringing(call.forwardedFrom?.let(readable), scene.returned[call.id])
        val stage = transferBody(scene, call, transferOf(scene, call))
        if (call.alive && scene.opened.keypad) return Body.Keypad(scene.opened.keysTyped, stage)
        return stage ?: when (state) {
            is Dialing -> Body.Connecting
            is Holding -> Body.Held
            is Disconnected, is Disconnecting -> Body.Over
            else -> call.postDial?.let { Body.PostDial(it.substringBefore(';')) } ?: scene.opened.number ?: Body.Talking(offer(scene), scene.tiles.orEmpty(), scene.opened.notice)
        }
    }

    private fun transferBody(scene: Scene, call: CallInfo, transfer: Snapshot?): Body? {
        val target = transfer?.target?.let(::target) ?: return null
        val canCallBack = callable(call.number) != null
        return when (val stage = transfer.stage) {
            is Idle -> null
            is Sending -> Body.Sending(target, transfer.symbols.map(::symbol), stage.slower)
            is Consultation -> Body.Consultation(target, scene.stageSince, scene.opened.retrySheet)
            is Returning -> Body.Returning(target, stage.byItself, stage.cancelled)
            is AfterHangUp -> Body.AfterHangUp(target, stage.asked, scene.stageSince + WATCH_MS, canCallBack)
            is BrokenOff ->
                Body.BrokenOff(target, reason(stage.reason), client(stage.client), transfer.symbols.map(::symbol), canCallBack)
        }
    }

    private fun offer(scene: Scene): Offer = when {
        scene.coreMissing -> Offer.CORE_MISSING
        scene.offer == CoreOffer.EMERGENCY -> Offer.EMERGENCY
        scene.offer == CoreOffer.NOT_INCOMING -> Offer.NOT_INCOMING
        scene.listBroken -> Offer.LIST_BROKEN
        scene.tiles?.isEmpty() == true -> Offer.NO_COLLEAGUES
        // Still loading: the row stands, its tiles follow. NOT_ACTIVE never meets a call shown as a talk.
        else -> Offer.YES
    }
}

private const val MS_IN_SECOND = 1000

private fun target(view: TargetView) = TargetUi(view.name, view.digits)

private fun symbol(view: SymbolView) = SymbolUi(
    view.key.first(),
    when (view.state) {
        SymbolState.TO_COME -> SymbolUi.State.TO_COME
        SymbolState.NOW -> SymbolUi.State.NOW
        SymbolState.SENT -> SymbolUi.State.SENT
        SymbolState.NOT_SENT -> SymbolUi.State.NOT_SENT
    },
)

private fun reason(reason: BreakReason): Body.BrokenOff.Reason = when (reason) {
    BreakReason.CALL_DROPPED -> Body.BrokenOff.Reason.CALL_DROPPED
    BreakReason.ENDED_THERE -> Body.BrokenOff.Reason.ENDED_THERE
    BreakReason.HUNG_UP -> Body.BrokenOff.Reason.HUNG_UP
    BreakReason.HELD_BY_NETWORK -> Body.BrokenOff.Reason.HELD
    BreakReason.OTHER_CALL -> Body.BrokenOff.Reason.OTHER_CALL
    BreakReason.KEY_BY_HAND -> Body.BrokenOff.Reason.KEY_BY_HAND
    BreakReason.OWN_CONTROL -> Body.BrokenOff.Reason.OWN_CONTROL
    BreakReason.TOO_LATE -> Body.BrokenOff.Reason.TOO_LATE
    BreakReason.PHONE_REFUSED -> Body.BrokenOff.Reason.PHONE_REFUSED
}

private fun client(client: Client): Body.BrokenOff.Client = when (client) {
    Client.TALKING -> Body.BrokenOff.Client.TALKING
    Client.ON_HOLD -> Body.BrokenOff.Client.ON_HOLD
    Client.LOST -> Body.BrokenOff.Client.LOST
}
