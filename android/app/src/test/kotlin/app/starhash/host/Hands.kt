package app.starhash.host

import android.os.SystemClock
import android.view.InputDevice
import android.view.KeyCharacterMap
import android.view.KeyEvent
import android.view.MotionEvent
import android.view.View
import android.view.ViewConfiguration
import android.view.ViewGroup
import android.view.inputmethod.EditorInfo
import android.widget.AdapterView
import android.widget.ListView
import android.widget.TextView
import androidx.test.platform.app.InstrumentationRegistry
import app.starhash.ui.Avatar
import kotlin.math.hypot

/** One finger by coordinates, the phone's keys and a keyboard: what somebody does who has the live screen before them. */
class Hands(private val phone: DeskPhone, private val tapped: (String) -> Unit) {
    private val automation = InstrumentationRegistry.getInstrumentation().uiAutomation
    private var down: Down? = null

    /** Where and when the finger came down, and what it came down on, if that can be clicked. */
    private class Down(val time: Long, val x: Int, val y: Int, val window: View?, val view: View?) {
        /** The finger has gone too far for a tap, unless what it came down on still thinks otherwise. */
        var strayed = false
    }

    /** The finger at a pixel of the screen. */
    fun pointer(action: String, x: Int, y: Int) {
        val metrics = phone.app.resources.displayMetrics
        require(x in 0 until metrics.widthPixels && y in 0 until metrics.heightPixels) {
            "$x,$y is not on the screen, which is ${metrics.widthPixels}x${metrics.heightPixels}"
        }
        val now = SystemClock.uptimeMillis()
        if (action == "down") {
            check(down == null) { "the finger is down already; send up or cancel first" }
            val window = phone.visible?.let { phone.window() }
            down = Down(now, x, y, window, window?.let { clickable(it, x, y) })
            return touch(MotionEvent.ACTION_DOWN, x, y)
        }
        val began = checkNotNull(down) { "no finger is down; send down first" }
        when (action) {
            "move" -> {
                val slop = ViewConfiguration.get(phone.app).scaledTouchSlop
                began.strayed = began.strayed || hypot((x - began.x).toFloat(), (y - began.y).toFloat()) > slop
                touch(MotionEvent.ACTION_MOVE, x, y)
            }
            "up" -> {
                // A list that the finger drags takes the press away from its row, which may still be under the finger.
                val view = began.view?.takeIf { it.isPressed || !began.strayed }
                    ?.takeIf { it === clickable(checkNotNull(began.window), x, y) }
                view?.let(::said)?.let(tapped)
                touch(MotionEvent.ACTION_UP, x, y)
                down = null
            }
            "cancel" -> {
                touch(MotionEvent.ACTION_CANCEL, x, y)
                down = null
            }
            else -> throw IllegalArgumentException("a finger cannot $action; it can go down, move, up and cancel")
        }
    }

    private fun touch(action: Int, x: Int, y: Int) {
        val began = checkNotNull(down)
        if (began.window == null) {
            // The system's own screens: a touch wakes nothing, opens the lock or the app.
            if (action == MotionEvent.ACTION_UP && phone.isOn) if (phone.isLocked) phone.unlock() else phone.openApp()
            return
        }
        val event = MotionEvent.obtain(began.time, SystemClock.uptimeMillis(), action, x.toFloat(), y.toFloat(), 0)
        event.source = InputDevice.SOURCE_TOUCHSCREEN
        automation.injectInputEvent(event, true)
        event.recycle()
    }

    /** The front most view at a pixel that can be clicked. */
    private fun clickable(view: View, x: Int, y: Int): View? {
        val place = IntArray(2).also(view::getLocationOnScreen)
        val inside = x - place[0] in 0 until view.width && y - place[1] in 0 until view.height
        if (!inside || view.visibility != View.VISIBLE) return null
        val children = (view as? ViewGroup)?.run { (childCount - 1 downTo 0).map(::getChildAt) }.orEmpty()
        return children.firstNotNullOfOrNull { clickable(it, x, y) }
            ?: if (view is ListView) row(view, x - place[0], y - place[1]) else view.takeIf { it.isClickable && it.isEnabled }
    }

    /** The list answers for its rows: none of them can be clicked by itself. */
    private fun row(list: ListView, x: Int, y: Int): View? {
        val at = list.pointToPosition(x, y)
        if (at == AdapterView.INVALID_POSITION || !list.adapter.isEnabled(at)) return null
        return list.getChildAt(at - list.firstVisiblePosition)
    }

    /** What somebody would call the view: the text on it that stands out most, else its description. */
    private fun said(view: View): String? {
        val title = texts(view).maxWithOrNull(compareBy({ it.typeface?.weight ?: 0 }, TextView::getTextSize))
        return (title?.text ?: view.contentDescription)?.let(Finder::plain)
    }

    /** Initials are a picture: a screen reader passes them over, and so do people. */
    private fun texts(view: View): List<TextView> = when {
        view is Avatar -> emptyList()
        view is ViewGroup -> (0 until view.childCount).flatMap { texts(view.getChildAt(it)) }
        view is TextView && view.text.isNotBlank() -> listOf(view)
        else -> emptyList()
    }

    /** A key of the phone or of a keyboard, pressed and released. */
    fun press(key: String) {
        val code = requireNotNull(KEYS[key]) { "there is no key $key; there are ${KEYS.keys.joinToString()}" }
        check(phone.isOn) { "the screen is off; press power first" }
        if (key.startsWith("volume") && phone.telecom.silenceRinging()) return
        if (phone.visible == null) return
        send(KeyEvent(KeyEvent.ACTION_DOWN, code))
        send(KeyEvent(KeyEvent.ACTION_UP, code))
    }

    /** Text from a keyboard: into the field that has the focus, or as the keys that write it. */
    fun type(text: String) {
        checkNotNull(phone.visible) { "nothing is open that could be typed into" }
        val field = phone.window()?.findFocus()?.takeIf(View::onCheckIsTextEditor)
        if (field != null) {
            checkNotNull(field.onCreateInputConnection(EditorInfo())) { "the field takes no text" }.commitText(text, 1)
            return
        }
        val keys = KeyCharacterMap.load(KeyCharacterMap.VIRTUAL_KEYBOARD).getEvents(text.toCharArray())
        keys?.forEach(::send)
    }

    private fun send(event: KeyEvent) {
        val now = SystemClock.uptimeMillis()
        automation.injectInputEvent(KeyEvent.changeTimeRepeat(event, now, 0), true)
    }

    private companion object {
        val KEYS = mapOf(
            "back" to KeyEvent.KEYCODE_BACK,
            "volume_up" to KeyEvent.KEYCODE_VOLUME_UP,
            "volume_down" to KeyEvent.KEYCODE_VOLUME_DOWN,
            "enter" to KeyEvent.KEYCODE_ENTER,
            "delete" to KeyEvent.KEYCODE_DEL,
            "tab" to KeyEvent.KEYCODE_TAB,
            "up" to KeyEvent.KEYCODE_DPAD_UP,
            "down" to KeyEvent.KEYCODE_DPAD_DOWN,
            "left" to KeyEvent.KEYCODE_DPAD_LEFT,
            "right" to KeyEvent.KEYCODE_DPAD_RIGHT,
            "space" to KeyEvent.KEYCODE_SPACE,
            "escape" to KeyEvent.KEYCODE_ESCAPE,
        )
    }
}
