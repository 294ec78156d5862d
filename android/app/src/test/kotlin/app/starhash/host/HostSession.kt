package app.starhash.host

import android.telecom.Call
import android.telecom.DisconnectCause
import app.starhash.App
import app.starhash.core.Colleague
import java.io.File
import java.io.FileDescriptor
import java.io.FileOutputStream
import java.net.StandardProtocolFamily
import java.net.UnixDomainSocketAddress
import java.nio.channels.SocketChannel
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit.MILLISECONDS
import kotlin.concurrent.thread
import org.json.JSONArray
import org.json.JSONException
import org.json.JSONObject
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.experimental.LazyApplication

/**
 * Not one of the tests: a test that lasts as long as the session, for its thread is the phone's main thread.
 * The app is created when its profile is in place, in its language and theme.
 */
@RunWith(RobolectricTestRunner::class)
@LazyApplication(LazyApplication.LazyLoad.ON)
class HostSession {
    private val wire = Wire(FileOutputStream(FileDescriptor.out))
    private val commands = LinkedBlockingQueue<String>()
    private val jobs = ArrayDeque<Job>()

    /** A command that takes more than one turn of the main loop. */
    private class Job(val id: Any?, val steps: Iterator<Unit>)

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
        val live = System.getProperty(HostMain.LIVE)?.let { Live(phone, wire, connect(it)) }
        while (true) {
            val line = commands.poll(DeskPhone.PAUSE_MS, MILLISECONDS)
            if (line == QUIT) return
            line?.let { begin(phone, live, it) }
            phone.turn()
            work()
            live?.turn()
        }
    }

    private fun connect(socket: String) =
        SocketChannel.open(StandardProtocolFamily.UNIX).apply { connect(UnixDomainSocketAddress.of(socket)) }

    private fun prepare() {
        // Before the qualifiers: those create the app, which begins at once to read its profile.
        System.getProperty(HostMain.PROFILE)?.let { profile ->
            // Where Robolectric will put the app's data (AndroidTestEnvironment).
            val data = RuntimeEnvironment.getTempDirectory().createIfNotExists("app.starhash-dataDir").toFile()
            File(profile).copyTo(File(data, "files/profile.toml"))
        }
        // Half of a phone's pixels to a side: drawn in a quarter of the time, and a browser seldom shows more.
        System.getProperty(HostMain.LIVE)?.let { RuntimeEnvironment.setQualifiers("+hdpi") }
        listOf(HostMain.LANG, HostMain.NIGHT).mapNotNull(System::getProperty).forEach(RuntimeEnvironment::setQualifiers)
    }

    private fun begin(phone: DeskPhone, live: Live?, line: String) {
        var id: Any? = null
        answering({ id }) {
            val command = JSONObject(line)
            id = command.opt("id")
            val steps = if (live?.obey(command) == true) null else obey(phone, command)
            if (steps != null) jobs += Job(id, steps.iterator())
            steps == null
        }
    }

    /** One step of the oldest job: there is only one finger. */
    private fun work() {
        val job = jobs.firstOrNull() ?: return
        val over = answering({ job.id }) { !job.steps.hasNext().also { more -> if (more) job.steps.next() } }
        if (over) jobs.removeFirst()
    }

    /** Replies when [work] is over, which it says, or could not be done; whether it is over. */
    private fun answering(id: () -> Any?, work: () -> Boolean): Boolean {
        val error = try {
            if (!work()) return false
            null
        } catch (error: JSONException) {
            error
        } catch (error: IllegalArgumentException) {
            error
        } catch (error: IllegalStateException) {
            error
        }
        wire.send("reply" to id(), "ok" to (error == null), "error" to error?.message)
        return true
    }

    /** Does what [command] asks for at once, or returns the steps in which it is done. */
    private fun obey(phone: DeskPhone, command: JSONObject): Sequence<Unit>? {
        when (val name = command.getString("cmd")) {
            "tap" -> {
                val text = command.getString("text")
                return Finger(phone).tap(text) { wire.send("at" to "app", "do" to "tap", "text" to text) }
            }
            "key" -> return Finger(phone).key(command.getString("key"))
            "screenshot" -> return picture(phone, File(command.getString("file")))
            "colleagues" -> return colleagues(phone.app as App, command.getJSONArray("list"))
            "ring" -> phone.ring(
                command.getString("call"),
                command.text("number"),
                command.text("name"),
                command.text("forwarded_from"),
            )
            "state" -> phone.telecom.state(command.getString("call"), state(command), cause(command))
            "quit" -> commands += QUIT
            else -> throw IllegalArgumentException("there is no command $name")
        }
        return null
    }

    private fun picture(phone: DeskPhone, file: File): Sequence<Unit> = sequence {
        yieldAll(phone.settle())
        Screens.take(file)
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
