package app.starhash.host

import android.telecom.Call
import android.telecom.DisconnectCause
import app.starhash.App
import app.starhash.core.Colleague
import java.io.File
import java.io.FileDescriptor
import java.io.FileOutputStream
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.MILLISECONDS
import kotlin.concurrent.thread
import kotlin.system.exitProcess
import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject
import org.junit.Test
import org.junit.runner.JUnitCore
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.experimental.LazyApplication

/**
 * `HostMain [--lang ru|en] [--night] [--profile FILE]`: the phone as a program. It obeys JSON lines on standard input
 * and tells what the app does on standard output; docs/desk-protocol.md describes both. End of input ends it.
 */
object HostMain {
    @JvmStatic
    fun main(args: Array<String>) {
        // Standard output belongs to the protocol: whatever else prints goes to the terminal.
        System.setOut(System.err)
        read(ArrayDeque(args.toList()))
        val result = JUnitCore.runClasses(HostSession::class.java)
        result.failures.forEach { System.err.println("The phone on the desk broke down: ${it.trimmedTrace}") }
        exitProcess(if (result.wasSuccessful()) 0 else 1)
    }

    /** Options become system properties, for [HostSession] lives in a class loader of its own. */
    private fun read(args: ArrayDeque<String>) {
        while (args.isNotEmpty()) {
            when (val option = args.removeFirst()) {
                "--night" -> System.setProperty(NIGHT, "+night")
                "--lang" -> System.setProperty(LANG, if (args.removeFirst() == "en") "+en-rUS" else "+ru-rRU")
                "--profile" -> System.setProperty(PROFILE, args.removeFirst())
                else -> throw IllegalArgumentException("unknown option $option")
            }
        }
    }

    const val NIGHT = "starhash.host.night"
    const val LANG = "starhash.host.lang"
    const val PROFILE = "starhash.host.profile"
}

/**
 * Not one of the tests: a test that lasts as long as the session, for its thread is the phone's main thread.
 * The app is created by [DeskPhone], when its language, theme and profile are in place.
 */
@RunWith(RobolectricTestRunner::class)
@LazyApplication(LazyApplication.LazyLoad.ON)
class HostSession {
    private val wire = Wire(FileOutputStream(FileDescriptor.out))
    private val commands = LinkedBlockingQueue<String>()
    private val jobs = ArrayDeque<Job>()

    /** A command that takes more than one turn of the main loop. */
    private class Job(val id: Any?, val steps: Iterator<Unit>)

    private fun prepare() {
        listOf(HostMain.LANG, HostMain.NIGHT).mapNotNull(System::getProperty).forEach(RuntimeEnvironment::setQualifiers)
        System.getProperty(HostMain.PROFILE)?.let { profile ->
            // Where Robolectric will put the app's data (AndroidTestEnvironment).
            val data = RuntimeEnvironment.getTempDirectory().createIfNotExists("app.starhash-dataDir").toFile()
            File(profile).copyTo(File(data, "files/profile.toml"))
        }
    }

    @Test
    fun session() {
        prepare()
        val phone = DeskPhone(wire::send)
        phone.pass(100)
        thread(isDaemon = true, name = "commands") {
            generateSequence(::readLine).forEach(commands::add)
            commands += QUIT
        }
        thread(isDaemon = true, name = "clock") {
            while (true) {
                wire.send("clock" to true)
                Thread.sleep(CLOCK_MS)
            }
        }
        while (true) {
            val line = commands.poll(DeskPhone.PAUSE_MS, MILLISECONDS)
            if (line == QUIT) return
            if (line != null && !obey(phone, line)) return
            phone.turn()
            work()
        }
    }

    /** Starts what [line] asks for; false if it is the end. */
    private fun obey(phone: DeskPhone, line: String): Boolean {
        var id: Any? = null
        try {
            val command = JSONObject(line)
            id = command.opt("id")
            val finger = Finger(phone)
            when (val name = command.getString("cmd")) {
                "quit" -> return false
                "tap" -> {
                    val text = command.getString("text")
                    jobs += Job(id, finger.tap(text) { wire.send("at" to "app", "do" to "tap", "text" to text) }.iterator())
                    return true
                }
                "key" -> {
                    jobs += Job(id, finger.key(command.getString("key")).iterator())
                    return true
                }
                "colleagues" -> {
                    jobs += Job(id, colleagues(phone.app as App, command.getJSONArray("list")).iterator())
                    return true
                }
                "screenshot" -> Screens.take(File(command.getString("file")))
                "ring" -> phone.ring(
                    command.getString("call"),
                    command.text("number"),
                    command.text("name"),
                    command.text("forwarded_from"),
                )
                "state" -> phone.telecom.state(command.getString("call"), state(command), cause(command))
                else -> throw IllegalArgumentException("there is no command $name")
            }
            reply(id, null)
        } catch (error: JSONException) {
            reply(id, error)
        } catch (error: IllegalArgumentException) {
            reply(id, error)
        } catch (error: IllegalStateException) {
            reply(id, error)
        }
        return true
    }

    /** One step of the oldest job: there is only one finger. */
    private fun work() {
        val job = jobs.firstOrNull() ?: return
        try {
            if (job.steps.hasNext()) return job.steps.next()
            reply(job.id, null)
        } catch (error: IllegalStateException) {
            reply(job.id, error)
        }
        jobs.removeFirst()
    }

    private fun colleagues(app: App, list: JSONArray): Sequence<Unit> = sequence {
        var stored = 0
        var refused: String? = null
        for (i in 0 until list.length()) {
            val entry = list.getJSONObject(i)
            val colleague = Colleague(
                id = 0u,
                name = entry.getString("name"),
                number = entry.getString("number"),
                outside = null,
                department = entry.optString("department"),
                pinned = entry.optBoolean("pinned"),
            )
            app.core.directory.save(colleague) { saved -> if (saved != null) stored++ else refused = colleague.name }
        }
        while (stored < list.length()) {
            refused?.let { error("the app did not take the colleague $it") }
            yield(Unit)
        }
    }

    private fun reply(id: Any?, error: Exception?) = wire.send("reply" to id, "ok" to (error == null), "error" to error?.message)

    private fun JSONObject.text(name: String): String? = if (isNull(name)) null else getString(name)

    private fun state(command: JSONObject): Int = when (val state = command.getString("state")) {
        "active" -> Call.STATE_ACTIVE
        "holding" -> Call.STATE_HOLDING
        "disconnected" -> Call.STATE_DISCONNECTED
        else -> throw IllegalArgumentException("there is no state $state")
    }

    private fun cause(command: JSONObject): Int = when (val cause = command.text("cause")) {
        null -> DisconnectCause.UNKNOWN
        "local" -> DisconnectCause.LOCAL
        "remote" -> DisconnectCause.REMOTE
        // What Telephony reports when the signal is lost (AOSP: DisconnectCauseUtil).
        "network" -> DisconnectCause.ERROR
        else -> throw IllegalArgumentException("there is no cause $cause")
    }

    private companion object {
        const val QUIT = ""
        const val CLOCK_MS = 20L
    }
}
