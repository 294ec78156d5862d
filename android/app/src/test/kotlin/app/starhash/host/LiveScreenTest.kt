package app.starhash.host

import app.starhash.call.Office
import java.io.DataInputStream
import java.nio.channels.Channels
import java.nio.channels.Pipe
import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The pictures of the screen, read as the world reads them (docs/desk-protocol.md). */
@RunWith(RobolectricTestRunner::class)
class LiveScreenTest {
    private class Frame(val screen: Pair<Int, Int>, val part: Part, val pixels: ByteArray) {
        /** Red, green, blue, opacity. */
        fun pixel(x: Int, y: Int) = (0..3).map { pixels[((y - part.y) * part.width + x - part.x) * 4 + it].toInt() and 0xFF }
    }

    private val office = Office()
    private val phone = office.phone
    private val pipe = Pipe.open()
    private val screen = LiveScreen(phone, FrameSender(pipe.sink()))
    private val frames = LinkedBlockingQueue<Frame>()

    init {
        thread(isDaemon = true) {
            val input = DataInputStream(Channels.newInputStream(pipe.source()))
            while (true) frames += read(input)
        }
    }

    private fun read(input: DataInputStream): Frame {
        val length = input.readInt()
        input.readLong()
        val (w, h) = input.readUnsignedShort() to input.readUnsignedShort()
        val part = Part(input.readUnsignedShort(), input.readUnsignedShort(), input.readUnsignedShort(), input.readUnsignedShort())
        val pixels = ByteArray(length - 20).also(input::readFully)
        assertEquals(part.width * part.height * 4, pixels.size)
        return Frame(w to h, part, pixels)
    }

    /** Lets time pass and draws, as a session does; the last frame of that time. */
    private fun watch(millis: Long): Frame? {
        val end = System.nanoTime() + millis * 1_000_000
        while (System.nanoTime() < end) {
            phone.turn()
            screen.turn()
            Thread.sleep(DeskPhone.PAUSE_MS)
        }
        var last: Frame? = null
        while (true) last = frames.poll(100, TimeUnit.MILLISECONDS) ?: return last
    }

    /** The same until there is a frame: a busy machine may draw nothing for a while. */
    private fun see(millis: Long): Frame = (1..TRIES).firstNotNullOf { watch(millis) }

    @Test
    fun theScreenIsShownWholeOnceAndThenWhereItChanged() {
        val home = see(200)
        assertEquals(1080 to 2340, home.screen)
        assertEquals("the wallpaper's red, green and blue", listOf(0x1B, 0x2A, 0x3A, 0xFF), home.pixel(5, 5))
        assertNull("nothing has changed", watch(300))
        office.ring()
        val ringing = see(2000)
        assertEquals(1080 to 2340, ringing.screen)
        val first = phone.window()!!
        phone.tap("Ответить")
        watch(1500)
        // Only the timer runs now.
        val timer = see(1500)
        assertTrue("${timer.part}", timer.part.height < first.height / 8 && timer.part.width < first.width / 2)
    }

    @Test
    fun aTurnedScreenIsAnotherScreen() {
        watch(200)
        phone.configure(listOf("+land"), null)
        val turned = see(300)
        assertEquals(2340 to 1080, turned.screen)
        assertEquals(Part(0, 0, 2340, 1080), turned.part)
        phone.power()
        assertEquals("off is black", listOf(0, 0, 0, 0xFF), see(200).pixel(1000, 500))
        phone.power()
        assertNotEquals(listOf(0, 0, 0, 0xFF), see(200).pixel(1000, 500))
    }

    @Test
    fun theChangedPartIsTheSmallestThatHoldsEveryChange() {
        val old = ByteArray(10 * 20 * 4)
        fun changed(vararg places: Pair<Int, Int>) =
            FrameSender.changed(old, old.copyOf().also { new -> for ((x, y) in places) new[(y * 10 + x) * 4 + 3] = 1 }, 10)
        assertNull(changed())
        assertEquals(Part(0, 0, 1, 1), changed(0 to 0))
        assertEquals(Part(9, 19, 1, 1), changed(9 to 19))
        assertEquals(Part(3, 2, 4, 9), changed(6 to 2, 3 to 10))
        assertEquals(Part(0, 0, 10, 20), changed(9 to 0, 0 to 19))
    }

    private companion object {
        const val TRIES = 50
    }
}
