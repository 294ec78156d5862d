package app.starhash.incall

/**
 * What the call screen shows: facts only, no texts of the interface, no Telecom objects.
 * Built in one place ([CallPresenter]) and drawn by [CallScreen] without side effects.
 */
data class CallUi(
    val header: Header,
    val body: Body,
    /** Null where there is nothing to control: ringing, after the call. */
    val controls: Controls? = null,
    /** What hanging up means now; null where there is no red bar (ringing, after the call). */
    val hangUp: HangUp? = null,
    /** A second call knocking while this one goes on: it is shown above the dock with answer / decline. */
    val waiting: Waiting? = null,
)

/** Always the client: who, number as formatted for reading, how long. */
data class Header(
    val name: String,
    /** Null when the name already is the number, or the network hides it. */
    val number: String?,
    val sim: String?,
    /** `SystemClock.elapsedRealtime()` at which the talk began; null before. */
    val talkingSince: Long? = null,
    /** Length of an ended talk in seconds, with how it ended; null while it lasts. */
    val ended: Ended? = null,
)

data class Ended(val seconds: Long, val dropped: Boolean)

enum class HangUp { ENDS_TALK, LOSES_CLIENT, CONNECTS_IF_NOT_BUSY }

data class Waiting(val callId: String, val name: String, val number: String?)

data class Controls(
    val muted: Boolean,
    val keypadOpen: Boolean,
    val speaker: Boolean,
)

/** A colleague on the call screen. */
data class Tile(val id: Long, val name: String, val number: String, val department: String, val pinned: Boolean)

/** The colleague (or bare number, then [name] is empty) the client is being passed to. */
data class TargetUi(val name: String, val digits: String)

data class SymbolUi(val key: Char, val state: State) {
    enum class State { TO_COME, NOW, SENT, NOT_SENT }
}

sealed interface Body {
    /** [returned]: seconds since the transfer after which this call may be the client coming back; with whom it was. */
    data class Ringing(val forwardedFrom: String?, val returned: Returned? = null) : Body {
        data class Returned(val seconds: Long, val colleague: String)
    }

    /** Dialing out or connecting: nothing to pass yet. */
    data object Connecting : Body

    data class Talking(val offer: Offer, val tiles: List<Tile>, val notice: Notice? = null) : Body

    /** The in-call keypad: every key is a tone at once. [under]: the stage of the transfer it covers; null: a plain talk. */
    data class Keypad(val typed: String, val under: Body? = null) : Body

    /** The number to pass the client to; nothing of it is sent before [CallIntents.transferToTyped]. */
    data class NumberField(val typed: String, val problem: NumberProblem? = null, val ask: Boolean = false) : Body

    data class Sending(val target: TargetUi, val symbols: List<SymbolUi>, val slower: Boolean) : Body

    /** [since]: `elapsedRealtime()` at which the code was complete. [askRetry]: the sheet «send again, slower» is open. */
    data class Consultation(val target: TargetUi, val since: Long, val askRetry: Boolean) : Body

    /** [byItself]: the PBX needs up to 15 s; [cancelled]: after «Отмена», not from a consultation. */
    data class Returning(val target: TargetUi, val byItself: Boolean, val cancelled: Boolean) : Body

    /** Employee is out, the PBX connects. [watchUntil]: `elapsedRealtime()` up to which an incoming call is marked as a return. */
    data class AfterHangUp(val target: TargetUi, val asked: Boolean, val watchUntil: Long, val canCallBack: Boolean) : Body

    data class BrokenOff(
        val target: TargetUi,
        val reason: Reason,
        val client: Client,
        val symbols: List<SymbolUi>,
        val canCallBack: Boolean,
    ) : Body {
        enum class Reason { CALL_DROPPED, ENDED_THERE, HUNG_UP, HELD, OTHER_CALL, KEY_BY_HAND, OWN_CONTROL, TOO_LATE, PHONE_REFUSED }
        enum class Client { TALKING, ON_HOLD, LOST }
    }

    /** Part of the dialled number, [keys], waits to be sent as tones: an extension, a code of a conference. */
    data class PostDial(val keys: String) : Body

    /** A call held by the network or by the other app. */
    data object Held : Body

    /** An ordinary call is over; the screen closes by itself. */
    data object Over : Body
}

/** Whether the client can be passed on, and if not, why: the question row says it. */
enum class Offer { YES, NOT_INCOMING, EMERGENCY, CORE_MISSING, NO_COLLEAGUES, LIST_BROKEN }

/** One line above the tiles. */
enum class Notice { BACK_WITH_CLIENT, REFUSED_BUSY, REFUSED_EMERGENCY, REFUSED_NOT_NOW }

enum class NumberProblem { EMPTY, NO_DIGITS, FORBIDDEN_SYMBOL, TOO_LONG }

/** Everything the employee can do on the call screen. Implemented by the presenter; called on the main thread. */
interface CallIntents {
    fun answer()
    fun decline()
    fun hangUp()
    fun answerWaiting()
    fun declineWaiting()
    fun toggleMute()
    fun toggleSpeaker()
    fun toggleKeypad()
    fun keyDown(key: Char)
    fun keyUp(key: Char)
    fun transferTo(tile: Tile)
    fun openNumberField()
    fun closeNumberField()
    fun typeNumber(typed: String)
    fun transferToTyped()
    fun connect()
    fun cancel()
    fun returnToClient()
    fun askRetry(open: Boolean)
    fun retrySlower()
    fun clientIsBack()
    fun continueTalk()
    fun sendPostDial(send: Boolean)
    fun callBack()
    fun copyNumber()
    fun done()
}
