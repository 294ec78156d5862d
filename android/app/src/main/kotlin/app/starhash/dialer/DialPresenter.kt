package app.starhash.dialer

import app.starhash.core.Checked
import app.starhash.core.Colleague
import app.starhash.core.DialClass
import app.starhash.core.DialPad
import app.starhash.core.DialReading
import app.starhash.core.ServiceAction
import app.starhash.core.Target
import app.starhash.incall.Talk
import app.starhash.telecom.callable

/** Everything the dial pad is a function of. */
data class DialScene(
    /** Without separators. */
    val typed: String,
    /** The core's word on it; null while it loads and without it. */
    val reading: DialReading? = null,
    val coreMissing: Boolean = false,
    /** Null while they are being read. */
    val colleagues: List<Colleague>? = emptyList(),
    val emergency: List<String> = emptyList(),
    val talk: Talk = Talk.NONE,
    /** Labels of the SIMs, and which of them is chosen. */
    val sims: List<String> = emptyList(),
    val sim: Int? = null,
    val asking: Asking? = null,
    /** Something was typed while a call goes on, or «Новый вызов» chosen. */
    val addsCall: Boolean = false,
)

/**
 * Scene in, screen out: no clock, no framework, no side effects. [check] is the core's word on a number to transfer to, [isOutside]
 * whether a number can be called without the PBX.
 */
class DialPresenter(private val check: (String) -> Checked, private val isOutside: (String) -> Boolean) {
    fun present(scene: DialScene): DialUi {
        if (scene.talk != Talk.NONE && scene.typed.isEmpty() && !scene.addsCall) return DialUi(menu = scene.talk)
        val ui = if (scene.typed.isEmpty()) DialUi() else allowed(scene, read(scene))
        val sim = if (scene.sims.size < 2) null else SimLabel(scene.sim?.let(scene.sims::getOrNull))
        return ui.copy(card = asked(scene) ?: ui.card, sim = sim)
    }

    private fun asked(scene: DialScene): DialCard? = when (val asking = scene.asking) {
        null -> null
        is Asking.AsIs -> DialCard.ConfirmAsIs(scene.typed, asks = callable(scene.typed) == null)
        is Asking.EmergencyLike -> scene.reading?.transferTo?.let(DialCard::ConfirmEmergencyLike)
        is Asking.WhichSim -> DialCard.ChooseSim(scene.sims)
        is Asking.Failed -> DialCard.Failed(asking.why)
    }

    /** Another call would put the running one on hold, in the middle of a code or of a call for help. */
    private fun allowed(scene: DialScene, ui: DialUi): DialUi {
        val calls = ui.button is DialButton.Call || ui.button is DialButton.CallColleague || ui.button is DialButton.Request
        val help = (ui.button as? DialButton.Call)?.let { check(it.number).ask } ?: false
        if (scene.talk.takesAnotherCall || !calls || help) return ui
        return ui.copy(card = ui.card as? DialCard.Transfer ?: DialCard.NotNow(scene.talk), button = DialButton.Off)
    }

    private fun read(scene: DialScene): DialUi {
        val typed = scene.typed
        // Before everything else, and whatever becomes of the core.
        if (typed.takeWhile { it !in ",;" } in scene.emergency) return DialUi(Line.Emergency, button = DialButton.Emergency(typed))
        val reading = scene.reading ?: return withoutCore(scene)
        return when (reading.dialPad) {
            DialPad.EMERGENCY -> DialUi(Line.Emergency, button = DialButton.Emergency(typed))
            DialPad.PLACE -> place(scene, reading)
            DialPad.EXPLAIN_TRANSFER, DialPad.SEND_INTO_CALL -> transfer(scene, reading)
            DialPad.ASK -> ask(scene, reading)
            DialPad.DEVICE_INFO -> DialUi(button = DialButton.DeviceInfo)
            DialPad.SECRET_CODE -> DialUi(button = DialButton.SecretCode(typed.removePrefix(SECRET).removeSuffix(SECRET_END)))
            DialPad.SIM_CONTACT -> DialUi(button = DialButton.SimContact(typed.dropLast(1).toInt()))
            DialPad.REFUSE -> DialUi(card = DialCard.Refused)
        }
    }

    private fun place(scene: DialScene, reading: DialReading): DialUi {
        val typed = scene.typed
        if (reading.`class` != DialClass.CALL) {
            return DialUi(Line.Service(reading.sc), forwarding(reading), DialButton.Request(typed))
        }
        val number = reading.dialNumber.orEmpty()
        val colleagues = scene.colleagues
        // For a moment nobody knows whose number it is; whole ones are nobody's extension.
        if (colleagues == null && !isOutside(number)) return DialUi()
        val owner = owner(scene, number)
        // A number for help is never held up, were it ten times somebody's extension.
        if (owner != null && !isOutside(number) && !check(number).ask) return extension(scene, owner)
        val known = owner ?: colleagues?.find { same(it.outside.orEmpty(), number) }
        val card = DialCard.Vertical.takeIf { reading.dangerous }
        return DialUi(known?.let { Line.Owner("", it.name, it.department) }, card, DialButton.Call(typed))
    }

    private fun forwarding(reading: DialReading): DialCard? {
        if (!reading.dangerous) return null
        val does = when (reading.action) {
            ServiceAction.INTERROGATE -> DialCard.Forwarding.Does.ASK
            ServiceAction.DEACTIVATE, ServiceAction.ERASE -> DialCard.Forwarding.Does.STOP
            ServiceAction.ACTIVATE, ServiceAction.REGISTER, null -> DialCard.Forwarding.Does.FORWARD
        }
        return DialCard.Forwarding(does, reading.sia)
    }

    /** «204» with nothing around it: the operator knows another 204, or none. */
    private fun extension(scene: DialScene, owner: Colleague): DialUi =
        DialUi(line(owner), DialCard.Extension(scene.talk == Talk.CLIENT), pass(scene, owner, digits(owner.number)))

    private fun transfer(scene: DialScene, reading: DialReading): DialUi {
        // Digits that no PBX takes, or none yet.
        val to = reading.transferTo ?: return if (scene.typed.any(Char::isDigit)) DialUi(card = DialCard.Almost) else DialUi(Line.Growing)
        val owner = owner(scene, to)
        // Typed to the end, or to somebody known: before that it may still become a code of the phone or the operator.
        val whole = owner != null || scene.typed.last() !in '0'..'9' || scene.talk == Talk.CLIENT
        if (!whole) return DialUi(Line.Growing)
        return DialUi(owner?.let(::line) ?: Line.Nobody(to), DialCard.Transfer(scene.talk), pass(scene, owner, to))
    }

    private fun ask(scene: DialScene, reading: DialReading): DialUi = when {
        reading.transferTo != null -> both(scene, reading)
        scene.typed.takeWhile { it !in ",;" }.length <= 2 -> short(scene)
        else -> DialUi(card = DialCard.Almost)
    }

    private fun both(scene: DialScene, reading: DialReading): DialUi {
        val to = reading.transferTo.orEmpty()
        val owner = owner(scene, to)
        val info = reading.`class` == DialClass.DIAL_PAD_SEQUENCE && scene.typed in DEVICE_INFO
        val other = if (info) DialButton.DeviceInfo else DialButton.Request(scene.typed)
        val card = DialCard.Both(scene.typed, to, owner?.name, Line.Service(reading.sc), other)
        return DialUi(owner?.let(::line) ?: Line.Nobody(to), card, pass(scene, owner, to))
    }

    private fun short(scene: DialScene): DialUi {
        val owner = owner(scene, scene.typed)
        val button = owner?.let { pass(scene, it, digits(it.number)) } ?: DialButton.Off
        return DialUi(owner?.let(::line), DialCard.Short(scene.talk != Talk.NONE), button)
    }

    /** What takes the place of a call to an extension. */
    private fun pass(scene: DialScene, owner: Colleague?, digits: String): DialButton = when {
        scene.talk == Talk.CLIENT -> DialButton.SendIntoCall(
            Target(owner?.id, owner?.name.orEmpty(), owner?.number ?: digits),
            digits,
            // A colleague's own number may be one; typed by hand it is asked about once (product.md, "emergency numbers").
            ask = owner == null && check(digits).ask,
        )
        owner == null -> DialButton.Off
        else -> owner.outside?.let(::callable)?.let { DialButton.CallColleague(owner.name, it) } ?: DialButton.NoOutside
    }

    /** Without the core nobody can tell a transfer code; plain numbers go on as ever, while it loads only those nobody has inside. */
    private fun withoutCore(scene: DialScene): DialUi {
        val number = callable(scene.typed.takeWhile { it !in ",;" })
        return when {
            number != null && (scene.coreMissing || number.length > LONGEST_EXTENSION) -> DialUi(button = DialButton.Call(scene.typed))
            scene.coreMissing -> DialUi(card = DialCard.CoreMissing)
            else -> DialUi()
        }
    }

    private fun owner(scene: DialScene, typed: String): Colleague? {
        if (typed.any { it !in '0'..'9' && it != '+' }) return null
        return scene.colleagues?.find { same(it.number, typed) }
    }

    private fun line(owner: Colleague) = Line.Owner(owner.number, owner.name, owner.department)

    /** The same number, however the country is written before it. */
    private fun same(one: String, other: String): Boolean {
        fun bare(number: String) = digits(number).let { if (it.length == RUSSIAN && it.first() in "78") it.drop(1) else it }
        return digits(one).isNotEmpty() && bare(one) == bare(other)
    }

    private fun digits(number: String) = number.filter { it in '0'..'9' }

    private companion object {
        val DEVICE_INFO = setOf("*#06#", "*#07#")
        const val SECRET = "*#*#"
        const val SECRET_END = "#*#*"

        /** The core's own limit (number.rs), needed before there is a core. */
        const val LONGEST_EXTENSION = 6

        /** +7 945 301-22-08 is 8 945 301-22-08. */
        const val RUSSIAN = 11
    }
}
