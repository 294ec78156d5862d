package app.starhash.incall

import android.annotation.SuppressLint
import android.content.Context
import android.view.HapticFeedbackConstants
import android.view.MotionEvent
import android.widget.Button
import android.widget.TextView
import app.starhash.ui.dressAsKey

/** Sees to it that tones never overlap: a second finger ends the first key's tone before its own begins. */
class Tones(private val intents: CallIntents) {
    private var sounding: Char? = null

    fun down(key: Char) {
        sounding?.let(intents::keyUp)
        sounding = key
        intents.keyDown(key)
    }

    fun up(key: Char) {
        if (sounding != key) return
        sounding = null
        intents.keyUp(key)
    }
}

/**
 * A key that sounds as long as it is held; taken off the screen under the finger it gets ACTION_CANCEL and falls silent.
 * A screen reader's click is a short tone: the core keeps its floor.
 */
@SuppressLint("ViewConstructor", "AppCompatCustomView")
class ToneKey(context: Context, private val key: Char, private val tones: Tones) : TextView(context) {
    init {
        dressAsKey(key)
    }

    @SuppressLint("ClickableViewAccessibility") // performClick would sound the key a second time
    override fun onTouchEvent(event: MotionEvent): Boolean {
        when (event.actionMasked) {
            MotionEvent.ACTION_DOWN -> {
                drawableHotspotChanged(event.x, event.y)
                isPressed = true
                performHapticFeedback(HapticFeedbackConstants.KEYBOARD_TAP)
                tones.down(key)
            }
            MotionEvent.ACTION_UP, MotionEvent.ACTION_CANCEL -> {
                isPressed = false
                tones.up(key)
            }
        }
        return true
    }

    override fun performClick(): Boolean {
        super.performClick()
        tones.down(key)
        tones.up(key)
        return true
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
}
