package app.starhash.host

import android.graphics.Bitmap
import android.graphics.Color
import java.nio.ByteBuffer
import java.nio.channels.WritableByteChannel
import java.util.Arrays
import java.util.concurrent.SynchronousQueue
import kotlin.concurrent.thread

/** Part of the screen, in pixels. */
data class Part(val x: Int, val y: Int, val width: Int, val height: Int)

/**
 * Sends pictures of the screen as docs/desk-protocol.md has them: of each the rectangle in which it differs from the
 * one before, nothing if it does not. Comparing and sending happen on a thread of its own; whoever draws asks
 * [isBusy] first and draws later if it is.
 */
class FrameSender(private val channel: WritableByteChannel) {
    private class Frame(val nanos: Long, val width: Int, val height: Int, val bytes: ByteArray)

    private val next = SynchronousQueue<Frame>()
    @Volatile
    var isBusy = false
        private set

    /** Two pictures in turn: one is compared with the other. */
    private val spare = arrayOfNulls<ByteArray>(2)
    private var turn = 0
    private var before: Frame? = null

    init {
        thread(isDaemon = true, name = "frames") {
            // The world has gone; the end of its commands ends the phone.
            runCatching { while (true) send(next.take()) }
        }
    }

    /** Copies [bitmap] and returns; only while not [isBusy]. */
    fun send(bitmap: Bitmap) {
        check(!isBusy) { "the last picture has not been sent" }
        val bytes = spare[turn]?.takeIf { it.size == bitmap.byteCount } ?: ByteArray(bitmap.byteCount).also { spare[turn] = it }
        turn = 1 - turn
        bitmap.copyPixelsToBuffer(ByteBuffer.wrap(bytes))
        isBusy = true
        next.put(Frame(System.nanoTime(), bitmap.width, bitmap.height, bytes))
    }

    private fun send(frame: Frame) {
        val old = before?.takeIf { it.width == frame.width && it.height == frame.height }
        val whole = Part(0, 0, frame.width, frame.height)
        val part = if (old == null) whole else changed(old.bytes, frame.bytes, frame.width)
        before = frame
        if (part != null) write(frame, part)
        isBusy = false
    }

    private fun write(frame: Frame, part: Part) {
        val message = ByteBuffer.allocate(4 + HEAD + part.width * part.height * 4)
        message.putInt(HEAD + part.width * part.height * 4).putLong(frame.nanos / 1000)
        for (value in listOf(frame.width, frame.height, part.x, part.y, part.width, part.height)) message.putShort(value.toShort())
        for (y in part.y until part.y + part.height) {
            val row = message.position()
            message.put(frame.bytes, (y * frame.width + part.x) * 4, part.width * 4)
            if (isBgra) swap(message.array(), row, message.position())
        }
        message.flip()
        while (message.hasRemaining()) channel.write(message)
    }

    companion object {
        private const val HEAD = 8 + 12

        /** Skia's own order depends on the machine: blue first on most desks, red first on phones. */
        private val isBgra by lazy {
            val one = Bitmap.createBitmap(1, 1, Bitmap.Config.ARGB_8888).apply { eraseColor(Color.BLUE) }
            ByteArray(4).also { one.copyPixelsToBuffer(ByteBuffer.wrap(it)) }[0] != 0.toByte()
        }

        /** Exchanges the first and the third byte of every pixel. */
        private fun swap(bytes: ByteArray, from: Int, to: Int) {
            for (at in from until to step 4) {
                val first = bytes[at]
                bytes[at] = bytes[at + 2]
                bytes[at + 2] = first
            }
        }

        /** The smallest part outside which two pictures of this [width] in pixels are the same; null: all of them. */
        fun changed(old: ByteArray, new: ByteArray, width: Int): Part? {
            val row = width * 4
            val first = Arrays.mismatch(old, new)
            if (first < 0) return null
            val top = first / row
            var bottom = new.size / row - 1
            while (Arrays.equals(old, bottom * row, (bottom + 1) * row, new, bottom * row, (bottom + 1) * row)) bottom--
            var left = width - 1
            var right = 0
            for (y in top..bottom) {
                val from = y * row
                val at = Arrays.mismatch(old, from, from + row, new, from, from + row)
                if (at < 0) continue
                left = minOf(left, at / 4)
                var last = width - 1
                while (last > right && same(old, new, from + last * 4)) last--
                right = maxOf(right, last)
            }
            return Part(left, top, right - left + 1, bottom - top + 1)
        }

        private fun same(old: ByteArray, new: ByteArray, at: Int) = (at until at + 4).all { old[it] == new[it] }
    }
}
