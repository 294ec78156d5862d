package app.starhash.dialer

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.provider.Settings
import android.telecom.PhoneAccountHandle
import android.telecom.TelecomManager
import android.telephony.TelephonyManager
import app.starhash.App
import app.starhash.core.Colleague
import app.starhash.core.Core
import app.starhash.incall.CallUi
import app.starhash.incall.InCallActivity
import app.starhash.incall.Talk
import app.starhash.telecom.Network
import app.starhash.telecom.Sim
import app.starhash.telecom.dialable
import app.starhash.telecom.numberIn
import app.starhash.telecom.readNetwork
import app.starhash.telecom.simContact
import app.starhash.telecom.telNumber
import app.starhash.ui.edgeToEdge
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

private const val ADDS_CALL = "adds_call"
private const val SIM = "sim"

/** No number and no code is longer. */
private const val LONGEST = 200

/**
 * The dial pad, and whatever a `tel:` link, a shared text or another app wants dialled: shown first, never placed by itself.
 * Collects the facts into a [DialScene] and carries out what is tapped.
 */
class DialPadActivity : Activity() {
    private val app get() = application as App
    private lateinit var presenter: DialPresenter
    private lateinit var screen: DialPadScreen

    /** In order: a newer answer never comes before an older one. */
    private val worker: ExecutorService = Executors.newSingleThreadExecutor { Thread(it, "dial-pad") }

    /** Null while they are being read. */
    private var colleagues: List<Colleague>? = null
    private var typed = ""
    private var asking: Asking? = null
    private var addsCall = false
    /** Null before anything was heard of the calls. */
    private var lastTalk: Talk? = null

    /** The SIM chosen here. */
    private var chosen: PhoneAccountHandle? = null

    /** Tapped before the phone has said which SIMs there are. */
    private var waiting: DialButton? = null
    private var ui = DialUi()

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.edgeToEdge()
        presenter = DialPresenter(app.core::check, app.core::isOutside)
        screen = DialPadScreen(this, ::changed, ::press, ::decide)
        setContentView(screen)
        addsCall = savedInstanceState?.getBoolean(ADDS_CALL) ?: false
        @Suppress("DEPRECATION") // The typed getter is API 33, we start at 30.
        chosen = savedInstanceState?.getParcelable(SIM)
        // What was typed since, and outlives a rotation, takes its place again.
        take(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        setIntent(intent)
        take(intent)
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putBoolean(ADDS_CALL, addsCall)
        outState.putParcelable(SIM, chosen)
    }

    override fun onStart() {
        super.onStart()
        app.session.watch(::callsChanged)
    }

    override fun onResume() {
        super.onResume()
        askNetwork()
        app.core.directory.list { found ->
            colleagues = found.orEmpty()
            show()
        }
    }

    override fun onStop() {
        app.session.unwatch(::callsChanged)
        // Who has gone elsewhere does not expect a call any more.
        waiting = null
        super.onStop()
    }

    override fun onDestroy() {
        worker.shutdown()
        super.onDestroy()
    }

    /** What another app wants dialled; without anything of the kind what is typed stays. */
    private fun take(intent: Intent) {
        val wanted = try {
            if (intent.action == Intent.ACTION_SEND) intent.getCharSequenceExtra(Intent.EXTRA_TEXT)?.let(::numberIn) else telNumber(intent.data)
        } catch (_: RuntimeException) {
            // Extras that cannot be read: any app can send them.
            null
        } ?: return
        screen.type(dialable(wanted.take(LONGEST)))
    }

    @Suppress("UNUSED_PARAMETER") // any change of the calls
    private fun callsChanged(ui: CallUi?) {
        val talk = app.session.talk()
        val before = lastTalk
        lastTalk = talk
        if (before != null && before != talk) {
            // What was asked was asked about another moment.
            asking = null
            if (before == Talk.NONE || talk == Talk.NONE) addsCall = typed.isNotEmpty()
            // Whether the phone is in a call, the network's dialect: another one than a moment ago.
            askNetwork()
        }
        show()
    }

    private fun askNetwork() = inBackground({ readNetwork(applicationContext) }) {
        app.network = it
        show()
        waiting?.let(::carryOut)
        waiting = null
    }

    private fun <T> inBackground(work: () -> T, then: (T) -> Unit) {
        // A change of the calls may still be told to a dial pad that has just gone.
        if (isDestroyed) return
        worker.execute {
            val answer = work()
            runOnUiThread { if (!isDestroyed) then(answer) }
        }
    }

    private val network get() = app.network ?: Network()
    private val sim: Sim? get() = network.sims.find { it.account == chosen } ?: network.usual

    private fun scene(): DialScene {
        val talk = app.session.talk()
        return DialScene(
            typed = typed,
            reading = if (typed.isEmpty()) null else app.core.classify(typed, network.facts.copy(inCall = network.facts.inCall || talk != Talk.NONE)),
            coreMissing = app.core.state is Core.Missing,
            colleagues = colleagues,
            emergency = network.facts.emergency,
            talk = talk,
            sims = network.sims.map(Sim::label),
            sim = network.sims.indexOf(sim).takeIf { it >= 0 },
            asking = asking,
            addsCall = addsCall,
        )
    }

    private fun show() {
        ui = presenter.present(scene())
        screen.show(ui)
    }

    /** [byKey]: with the key just tapped; a dial pad acts on its own sequences at once then, and only then. */
    private fun changed(text: String, byKey: Boolean) {
        if (text == typed) return
        typed = text
        asking = null
        waiting = null
        // With the last sign erased the keys stay.
        addsCall = addsCall || text.isNotEmpty()
        show()
        val button = ui.button
        if (byKey && (button is DialButton.DeviceInfo || button is DialButton.SecretCode)) press()
    }

    private fun ask(next: Asking?) {
        asking = next
        show()
    }

    /** The big button. */
    private fun press() = carryOut(ui.button)

    private fun carryOut(button: DialButton) {
        when (button) {
            DialButton.Off, DialButton.NoOutside -> Unit
            is DialButton.Emergency -> emergency(button.number)
            is DialButton.Call -> if (isEmergency(button.number)) emergency(button.number) else place(button, button.number)
            is DialButton.Request -> if (isEmergency(button.code)) emergency(button.code) else place(button, button.code)
            is DialButton.CallColleague -> place(button, button.outside)
            is DialButton.SendIntoCall -> send(button)
            DialButton.DeviceInfo -> deviceInfo()
            is DialButton.SecretCode -> secretCode(button.code)
            is DialButton.SimContact -> readSim(button.place)
        }
    }

    /** What the buttons of a card decide. */
    private fun decide(decision: Decision) {
        when (decision) {
            Decision.AskAsIs -> ask(Asking.AsIs)
            Decision.AskSim -> ask(Asking.WhichSim(then = null))
            Decision.No -> ask(null)
            Decision.AsIs -> carryOut(DialButton.Request(typed))
            Decision.Other -> (ui.card as? DialCard.Both)?.let { carryOut(it.other) }
            Decision.EmergencyLike -> (ui.button as? DialButton.SendIntoCall)?.let { carryOut(it.copy(ask = false)) }
            is Decision.Sim -> chooseSim(decision.at)
            Decision.Keypad -> toCall { app.session.showKeypad(true) }
            Decision.ToCall -> toCall { app.session.showKeypad(false) }
            Decision.AddCall -> {
                addsCall = true
                show()
            }
        }
    }

    private fun chooseSim(at: Int) {
        val then = (asking as? Asking.WhichSim)?.then
        chosen = network.sims.getOrNull(at)?.account
        asking = null
        show()
        then?.let(::carryOut)
    }

    private fun place(button: DialButton, dialled: String) {
        if (app.network == null) {
            waiting = button
            return
        }
        val sim = sim
        if (sim == null && network.sims.size > 1) return ask(Asking.WhichSim(button))
        if (app.calls.dial(dialled, sim?.account.takeIf { network.sims.size > 1 })) finish() else ask(Asking.Failed(Failure.NOT_ALLOWED))
    }

    /** At once and untouched; where the system does not let this app call, its own dialer has to. */
    private fun emergency(number: String) {
        if (app.calls.dial(number, sim = null)) return finish()
        val system = getSystemService(TelecomManager::class.java).systemDialerPackage ?: return ask(Asking.Failed(Failure.NOT_ALLOWED))
        open(Intent(Intent.ACTION_DIAL, Uri.fromParts("tel", number, null)).setPackage(system), Failure.NOT_ALLOWED)
    }

    /** The phone's own word, asked at the tap: the list it gave may be old, or there may have been none. */
    private fun isEmergency(number: String): Boolean = try {
        getSystemService(TelephonyManager::class.java).isEmergencyNumber(number)
    } catch (_: RuntimeException) {
        false
    }

    private fun send(button: DialButton.SendIntoCall) {
        if (button.ask) return ask(Asking.EmergencyLike)
        if (app.session.passTo(button.target) != null) return ask(Asking.Failed(Failure.NUMBER))
        toCall {}
    }

    private fun toCall(first: () -> Unit) {
        first()
        startActivity(Intent(this, InCallActivity::class.java))
        finish()
    }

    private fun deviceInfo() = open(Intent(Settings.ACTION_DEVICE_INFO_SETTINGS), Failure.NO_SUCH_PAGE)

    private fun open(intent: Intent, failure: Failure) {
        try {
            startActivity(intent)
            finish()
        } catch (_: RuntimeException) {
            // ActivityNotFoundException, or a SecurityException where a maker keeps the page to itself.
            ask(Asking.Failed(failure))
        }
    }

    private fun secretCode(code: String) {
        try {
            getSystemService(TelephonyManager::class.java).sendDialerSpecialCode(code)
            finish()
        } catch (_: RuntimeException) {
            // SecurityException where this is not the phone app, IllegalStateException without telephony.
            ask(Asking.Failed(Failure.NOT_ALLOWED))
        }
    }

    private fun readSim(place: Int) {
        val sim = sim?.account
        val asked = typed
        inBackground({ simContact(applicationContext, sim, place) }) { number ->
            // Something else was typed meanwhile.
            if (typed != asked) return@inBackground
            if (number == null) ask(Asking.Failed(Failure.NO_SUCH_CONTACT)) else screen.type(dialable(number))
        }
    }
}
