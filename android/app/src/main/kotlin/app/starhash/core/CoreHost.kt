package app.starhash.core

import android.content.Context
import android.os.Handler
import android.os.Looper
import android.util.Log
import app.starhash.core.bindings.Colleagues
import app.starhash.core.bindings.CoreException
import app.starhash.core.bindings.Engine
import java.io.File
import java.util.concurrent.ExecutorService
import java.util.concurrent.Executors

private const val TAG = "CoreHost"

/** Where the desk puts its build of the core; on a phone the library lies in the APK. */
private const val LIBRARY_PATH = "starhash.core.library"
private const val LIBRARY = "starhash_core"

sealed interface Core {
    data object Loading : Core
    data object Ready : Core

    /** Without the core the app is a plain phone. [reason] is for a log and a report, not for the employee. */
    data class Missing(val reason: String) : Core
}

/** What a number typed by hand came to: a [problem], or something to [ask] about once, or neither. */
data class Checked(val problem: NumberProblem? = null, val ask: Boolean = false)

/**
 * The Rust core as the app holds it. It is loaded off the main thread; everything else here is for the main thread.
 * Whatever goes wrong in it ends in [Core.Missing] and never in a crash of a running call.
 */
class CoreHost(private val context: Context, private val door: CallDoor) {
    var state: Core = Core.Loading
        private set

    /** The core's last word on a transfer. */
    var snapshot: Snapshot? = null
        private set

    /** [state] or [snapshot] has changed. */
    var onChange: () -> Unit = {}

    private val main = Handler(Looper.getMainLooper())
    private val worker: ExecutorService = Executors.newSingleThreadExecutor { Thread(it, "core-worker") }
    private val controls = Controls(door, main)
    private val plainKeys = PlainKeys(door, main)
    private val phone = CorePhone(context, door, controls, main, ::changed, ::lost)
    private var engine: Engine? = null

    /** The list of colleagues; itself without entries while there is no core. */
    val directory = Directory(worker, main)

    /** Loads the core; at once back. */
    fun warmUp() = worker.execute {
        // LinkageError and the like too: a library that is missing, broken or for another processor is no reason to crash.
        val loaded = runCatching(::load)
        main.post { loaded.fold(::ready) { lost(describe(it)) } }
    }

    /** [then] on the main thread, once [state] is no longer [Core.Loading]. */
    fun whenLoaded(then: () -> Unit) = worker.execute { main.post(then) }

    /** Lets the engine's thread end (the desk starts many apps in one process; a phone never asks). */
    fun close() {
        phone.cutOff = true
        engine?.close()
        engine = null
        worker.shutdown()
    }

    private fun load(): Engine {
        val path = System.getProperty(LIBRARY_PATH)
        if (path == null) {
            System.loadLibrary(LIBRARY)
        } else {
            System.load(path)
            // The generated code asks JNA for the library by name unless it is told a path.
            System.setProperty("uniffi.component.starhash.libraryOverride", path)
        }
        val profile = File(context.filesDir, "profile.toml").takeIf(File::exists)?.readText()
        val engine = Engine(profile, phone)
        directory.open { Colleagues.open(File(context.filesDir, "colleagues.json").path) }
        return engine
    }

    private fun ready(engine: Engine) {
        // Closed while it was loading.
        if (phone.cutOff) return engine.close()
        this.engine = engine
        state = Core.Ready
        onChange()
    }

    private fun changed(snapshot: Snapshot) {
        // It may still run after it was given up: a stage nobody can lead any further is not shown.
        if (phone.cutOff) return
        this.snapshot = snapshot
        onChange()
    }

    private fun lost(reason: String) {
        if (state is Core.Missing) return
        phone.cutOff = true
        engine = null
        snapshot = null
        state = Core.Missing(reason)
        door.stopAllTones()
        Log.w(TAG, "the core is not available: $reason")
        onChange()
    }

    fun offer(facts: CallFacts): CoreOffer? = ask { it.offer(facts) }

    /** What the network would make of [dialled]; null without the core. */
    fun classify(dialled: String, facts: DialFacts): DialReading? = ask { it.classify(dialled, facts) }

    fun callChanged(facts: CallFacts) {
        if (facts.state is Disconnected) controls.ended(facts.id)
        wish { it.callChanged(facts) }
    }

    fun mutedChanged(muted: Boolean) = wish { it.mutedChanged(muted) }

    fun check(written: String): Checked = try {
        Checked(ask = ask { it.checkNumber(written).ask } ?: false)
    } catch (refused: CoreException.Number) {
        Checked(refused.reason)
    }

    /** Whether [written] is a whole number that can be called without the PBX. */
    fun isOutside(written: String): Boolean = try {
        ask { !it.checkNumber(written).isExtension } ?: true
    } catch (_: CoreException.Number) {
        false
    }

    /** @return what is wrong with the target's number; null when the core has taken it. */
    fun start(call: String, target: Target): NumberProblem? = try {
        tell { it.start(call, target) }
        null
    } catch (refused: CoreException.Number) {
        refused.reason
    }

    fun cancel() = wish { it.cancel() }
    fun returnToClient() = wish { it.returnToClient() }
    fun complete() = wish { it.complete() }
    fun retrySlower() = wish { it.retrySlower() }
    fun clientIsBack() = wish { it.clientIsBack() }
    fun continueTalk() = wish { it.continueTalk() }
    fun dismiss() = wish { it.dismiss() }

    fun keyDown(call: String, key: Char) {
        if (!tell { it.keyDown(call, key.code.toUByte()) }) plainKeys.down(call, key)
    }

    fun keyUp() {
        // Both: the core may have been lost while the finger was down.
        tell { it.keyUp() }
        plainKeys.up()
    }

    /** Answer, decline, hold, hang up: through the core, and without it all the same. */
    fun control(call: String, control: Control) {
        plainKeys.clear()
        controls.ask(call, control) { tell { it.control(call, control) } }
    }

    private fun wish(what: (Engine) -> Unit) {
        tell(what)
    }

    /** Whether there was a core to tell. */
    private fun tell(what: (Engine) -> Unit): Boolean = ask(what) != null

    /** Null without the core, also from the moment it fails. A number the core refuses is the caller's to explain. */
    private fun <T : Any> ask(what: (Engine) -> T): T? {
        val engine = engine ?: return null
        return try {
            what(engine)
        } catch (refused: CoreException.Number) {
            throw refused
        } catch (failed: Throwable) {
            // Throwable: a symbol missing from the library is a LinkageError. A call must outlive all of it.
            lost(describe(failed))
            null
        }
    }
}

/** Class and the core's own words; the core keeps numbers out of them, other messages stay away. */
private fun describe(failed: Throwable): String = when (failed) {
    is CoreException -> failed.message ?: failed.javaClass.simpleName
    else -> failed.javaClass.simpleName
}
