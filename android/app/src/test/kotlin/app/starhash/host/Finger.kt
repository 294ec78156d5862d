package app.starhash.host

import android.graphics.Rect
import android.os.SystemClock
import android.view.InputDevice
import android.view.MotionEvent
import android.view.View
import app.starhash.R

/** A finger on the screen. What it does is a sequence of steps, one for each turn of the main loop. */
class Finger(private val phone: DeskPhone, private val patienceMs: Long = 10_000) {
    /**
     * Waits until something that says [text] can be touched, presses it for [PRESS_MS] and calls [lifting] just
     * before the finger leaves it, which is when the app acts.
     */
    fun tap(text: String, lifting: () -> Unit = {}): Sequence<Unit> = sequence {
        val end = System.nanoTime() + patienceMs * 1_000_000
        var spot = spotOf(text)
        while (spot == null) {
            check(System.nanoTime() < end) { "«$text» cannot be touched. On the screen: ${phone.texts()}" }
            yield(Unit)
            spot = spotOf(text)
        }
        val down = SystemClock.uptimeMillis()
        spot.send(MotionEvent.ACTION_DOWN, down)
        val lift = System.nanoTime() + PRESS_MS * 1_000_000
        while (System.nanoTime() < lift) yield(Unit)
        lifting()
        spot.send(MotionEvent.ACTION_UP, down)
        yield(Unit)
    }

    /** Presses a key of the in-call keypad, which is opened first if it is not. */
    fun key(key: String): Sequence<Unit> = sequence {
        if (spotOf(key) == null) yieldAll(tap(phone.app.getString(R.string.call_keys)))
        yieldAll(tap(key))
    }

    private fun spotOf(text: String): Spot? {
        val root = phone.window() ?: return null
        // What is not laid out yet is not where it will be seen: a finger would meet something else there.
        if (root.isLayoutRequested) return null
        val view = Finder.find(root, text) ?: return null
        val seen = Rect()
        if (view.getGlobalVisibleRect(seen)) return Spot(root, seen.exactCenterX(), seen.exactCenterY())
        // Scrolled out of sight: a person would scroll it back.
        view.requestRectangleOnScreen(Rect(0, 0, view.width, view.height), true)
        return null
    }

    private class Spot(private val root: View, private val x: Float, private val y: Float) {
        fun send(action: Int, down: Long) {
            val event = MotionEvent.obtain(down, SystemClock.uptimeMillis(), action, x, y, 0)
            event.source = InputDevice.SOURCE_TOUCHSCREEN
            root.dispatchTouchEvent(event)
            event.recycle()
        }
    }

    private companion object {
        const val PRESS_MS = 60L
    }
}
