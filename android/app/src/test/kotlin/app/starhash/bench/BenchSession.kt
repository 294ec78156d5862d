package app.starhash.bench

import app.starhash.call.Office
import app.starhash.core.Active
import app.starhash.core.CallFacts
import app.starhash.core.Colleague
import app.starhash.core.Idle
import app.starhash.host.DeskPhone
import app.starhash.host.FrameSender
import app.starhash.host.Hands
import app.starhash.host.LiveScreen
import java.nio.ByteBuffer
import java.nio.channels.WritableByteChannel
import java.util.Locale
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread
import org.junit.Test
import org.junit.runner.JUnitCore
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

/** What `cargo bench` measures of the running app. Figures of one run belong together; those of two do not. */
fun main() {
    val result = JUnitCore.runClasses(BenchSession::class.java)
    result.failures.forEach { System.err.println("The benchmark broke down: ${it.trimmedTrace}") }
    kotlin.system.exitProcess(if (result.wasSuccessful()) 0 else 1)
}

/** Not one of the tests: it asserts nothing about time, for machines differ. */
@RunWith(RobolectricTestRunner::class)
class BenchSession {
    @Test
    fun bench() {
        // As the page shows it.
        RuntimeEnvironment.setQualifiers("+hdpi")
        val office = Office()
        office.talk()
        println("*#204# at Telecom's binder, $CODES codes each, mean of errors (worst); ideal: tones of 120 ms, the last one ends after 2100 ms")
        println("(The main loop turns without a rest for the Handler, whose tones pass it, and every 4 ms for Starhash, whose tones do not.)")
        println(HEAD)
        compare("idle", office)
        busy { compare("all cores busy", office) }
        coreCalls(office)
        frames(office)
    }

    private fun compare(load: String, office: Office) {
        // The first code loads classes.
        ours(office)
        val core = Sent((1..CODES).map { ours(office) })
        val handler = Sent((1..CODES).map { HandlerWay(office.phone).send() })
        println(core.row("$load, Starhash"))
        println(handler.row("$load, by Handler"))
        println(line("%-24s %23.2f %24.2f", "  Starhash : Handler", core.late.mean / handler.late.mean, core.error.mean / handler.error.mean))
    }

    /** One code by a real touch, and the client back. */
    private fun ours(office: Office): List<LongRange> {
        val phone = office.phone
        val before = phone.telecom.requests.size
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку", seconds = PATIENCE_S)
        val tones = tones(phone, before)
        office.guard()
        phone.tap("Вернуться к клиенту")
        phone.waitUntil("the client", seconds = PATIENCE_S) { office.stage.let { it == null || it == Idle } }
        office.guard()
        return tones
    }

    /** Work for every core while [act] runs. */
    private fun busy(act: () -> Unit) {
        val threads = List(Runtime.getRuntime().availableProcessors()) { n ->
            thread(isDaemon = true, name = "busy-$n") { while (!Thread.currentThread().isInterrupted) Thread.onSpinWait() }
        }
        try {
            act()
        } finally {
            threads.forEach(Thread::interrupt)
            threads.forEach(Thread::join)
        }
    }

    private fun coreCalls(office: Office) {
        val core = office.app.core
        val facts = CallFacts("c1", Active, true, false)
        println("\nOne call of the core from Kotlin, mean of $CALLS; how many fit into a frame of 1/60 s")
        for ((name, call) in listOf<Pair<String, () -> Unit>>("offer" to { core.offer(facts) }, "check" to { core.check("+7 (495) 123-45-67") })) {
            repeat(CALLS) { call() }
            val began = System.nanoTime()
            repeat(CALLS) { call() }
            val each = (System.nanoTime() - began) / CALLS.toDouble()
            println(line("%-24s %10.1f µs %10.0f", name, each / 1000, FRAME_NS / each))
        }
    }

    /** The list of colleagues is dragged up and down for a while. */
    private fun frames(office: Office) {
        val phone = office.phone
        repeat(PEOPLE) { office.keep(Colleague(0u, "Имя Фамилия $it", "${300 + it}", null, "Отдел", false)) }
        phone.openApp()
        phone.pass(SETTLE_MS)
        val sink = Sink()
        val screen = LiveScreen(phone, FrameSender(sink))
        val hands = Hands(phone) {}
        val metrics = phone.app.resources.displayMetrics
        val (x, middle) = metrics.widthPixels / 2 to metrics.heightPixels / 2
        hands.pointer("down", x, middle)
        val began = System.nanoTime()
        var step = 0
        while (System.nanoTime() - began < DRAG_NS) {
            val along = step++ % (2 * STEPS)
            hands.pointer("move", x, middle - STEP_PX * minOf(along, 2 * STEPS - along))
            phone.turn()
            screen.turn()
            Thread.sleep(1)
        }
        val seconds = (System.nanoTime() - began) / 1e9
        hands.pointer("cancel", x, middle)
        val rate = sink.frames.get() / seconds
        println(line("\nThe live screen inside the app (what a browser draws of it is its own affair), a list dragged for %.1f s: %.1f frames a second, %.2f of 60", seconds, rate, rate / 60))
    }

    /** Takes everything and counts: a frame is written at once. */
    private class Sink : WritableByteChannel {
        val frames = AtomicInteger()

        override fun write(source: ByteBuffer): Int = source.remaining().also {
            frames.incrementAndGet()
            source.position(source.limit())
        }

        override fun isOpen() = true
        override fun close() = Unit
    }

    private companion object {
        const val CODES = 8
        const val CALLS = 5000
        const val PATIENCE_S = 60
        const val FRAME_NS = 1e9 / 60
        const val PEOPLE = 40
        const val SETTLE_MS = 500L
        const val DRAG_NS = 4_000_000_000L
        const val STEPS = 40
        const val STEP_PX = 6
        val HEAD = line("%-24s %23s %24s", "", "end of the code, ms", "length of a tone, ms")
    }
}

/** The same in every country. */
internal fun line(form: String, vararg values: Any): String = form.format(Locale.ROOT, *values)

/** The tones since request [from]: from when to when, in ns. */
internal fun tones(phone: DeskPhone, from: Int): List<LongRange> {
    val requests = phone.telecom.requests.drop(from).filter { it.name.endsWith("DtmfTone") }
    return requests.chunked(2) { (on, off) -> on.nanos..off.nanos }
}
