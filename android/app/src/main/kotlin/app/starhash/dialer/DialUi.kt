package app.starhash.dialer

import app.starhash.core.Target
import app.starhash.incall.Talk

/** What the dial pad shows: facts only, no texts of the interface. Built by [DialPresenter], drawn by [DialPadScreen]. */
data class DialUi(
    val line: Line? = null,
    val card: DialCard? = null,
    val button: DialButton = DialButton.Off,
    /** The SIM that would be called with; null where there is no choice. */
    val sim: SimLabel? = null,
    /** The keys give way to a question: a call is going on, and who opens the dial pad then seldom wants to dial. */
    val menu: Talk? = null,
)

/** [name] null: the employee has still to say which. */
data class SimLabel(val name: String?)

/** What is known of what is typed, in one line under it. */
sealed interface Line {
    data class Owner(val number: String, val name: String, val department: String) : Line

    /** Nobody on the list has this number. */
    data class Nobody(val number: String) : Line

    /** A service of the operator by its code (3GPP TS 22.030); null: by any other. */
    data class Service(val code: String?) : Line

    /** It may become a transfer code. */
    data object Growing : Line
    data object Emergency : Line
}

/** What the big button does: nothing reaches the phone but by one of these, after a tap. */
sealed interface DialButton {
    /** Nothing to do with what is typed. */
    data object Off : DialButton

    /** Nobody outside to call instead of the extension. */
    data object NoOutside : DialButton
    data class Call(val number: String) : DialButton
    data class Emergency(val number: String) : DialButton

    /** A request to the operator, as on any phone. */
    data class Request(val code: String) : DialButton

    /** The colleague's outside number in place of the extension. */
    data class CallColleague(val name: String, val outside: String) : DialButton

    /** As tones into the running call. [ask]: it could be an emergency service's number and nobody on the list has it. */
    data class SendIntoCall(val target: Target, val digits: String, val ask: Boolean) : DialButton
    data object DeviceInfo : DialButton
    data class SecretCode(val code: String) : DialButton
    data class SimContact(val place: Int) : DialButton
}

/** Something to understand or to decide, above the number. */
sealed interface DialCard {
    /** A transfer code. */
    data class Transfer(val talk: Talk) : DialCard

    /** The extension of a colleague, typed as if it were a number. */
    data class Extension(val inTalk: Boolean) : DialCard

    /** Transfer to [digits] and a service of the operator in one; [other] is the way to the service. */
    data class Both(val typed: String, val digits: String, val name: String?, val service: Line.Service, val other: DialButton) : DialCard

    /** Almost a transfer code: a sign too many or too few. */
    data object Almost : DialCard

    /** One or two digits: never a call. */
    data class Short(val inCall: Boolean) : DialCard

    /** Calls will be forwarded, asked about or no longer forwarded; [to] the number, if it says one. */
    data class Forwarding(val does: Does, val to: String?) : DialCard {
        enum class Does { FORWARD, STOP, ASK }
    }

    /** One of the carriers' vertical codes (Telecom, `isDangerousMmiOrVerticalCode`): it may forward calls. */
    data object Vertical : DialCard

    /** No other call while a transfer or an emergency call goes on, or somebody rings. */
    data class NotNow(val talk: Talk) : DialCard

    /** Telephony would refuse it. */
    data object Refused : DialCard
    data object CoreMissing : DialCard

    /** [asks]: the network takes [typed] for a request, else for a call. */
    data class ConfirmAsIs(val typed: String, val asks: Boolean) : DialCard
    data class ConfirmEmergencyLike(val digits: String) : DialCard
    data class ChooseSim(val labels: List<String>) : DialCard

    /** What was tried last came to nothing. */
    data class Failed(val why: Failure) : DialCard
}

/** Whether there is nothing to do but to decide: the keys may give way to it. */
val DialCard.asks: Boolean
    get() = this is DialCard.ConfirmAsIs || this is DialCard.ConfirmEmergencyLike || this is DialCard.ChooseSim || this is DialCard.Both ||
        this is DialCard.Almost

enum class Failure { NOT_ALLOWED, NO_SUCH_PAGE, NO_SUCH_CONTACT, NUMBER }

/** What the employee is in the middle of; gone with the next key. */
sealed interface Asking {
    data object AsIs : Asking
    data object EmergencyLike : Asking

    /** [then]: what to do when a SIM is chosen; null: nothing more. */
    data class WhichSim(val then: DialButton?) : Asking
    data class Failed(val why: Failure) : Asking
}
