package app.starhash.incall

import android.annotation.SuppressLint
import android.content.Context
import android.view.Gravity
import android.view.HapticFeedbackConstants
import android.view.MotionEvent
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import app.starhash.R
import app.starhash.ui.PILL
import app.starhash.ui.dp
import app.starhash.ui.dpf
import app.starhash.ui.regular
import app.starhash.ui.shape
import app.starhash.ui.touchable

/** Rows of three keys over the whole width; a blank leaves its place empty. */
class KeyGrid(context: Context, private val keys: List<TextView?>, private val keyHeightDp: Int) : ViewGroup(context) {
    private val gap = dp(8)
    private val gapY = dp(if (keyHeightDp < ROOMY) 4 else 8)
    private val rows = (keys.size + COLUMNS - 1) / COLUMNS

    init {
        keys.filterNotNull().forEach(::addView)
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        val keyWidth = (width - gap * (COLUMNS - 1)) / COLUMNS
        keys.filterNotNull().forEach { it.measure(exactly(keyWidth), exactly(dp(keyHeightDp))) }
        setMeasuredDimension(width, rows * dp(keyHeightDp) + (rows - 1) * gapY)
    }

    private fun exactly(size: Int) = MeasureSpec.makeMeasureSpec(size, MeasureSpec.EXACTLY)

    override fun onLayout(changed: Boolean, l: Int, t: Int, r: Int, b: Int) = keys.forEachIndexed { i, key ->
        if (key == null) return@forEachIndexed
        val x = (i % COLUMNS) * (key.measuredWidth + gap)
        val y = (i / COLUMNS) * (key.measuredHeight + gapY)
        key.layout(x, y, x + key.measuredWidth, y + key.measuredHeight)
    }

    private companion object {
        const val COLUMNS = 3
        const val ROOMY = 56
    }
}

private fun TextView.dressAsKey(key: Char) {
    text = key.toString()
    // A figure on a key is a sign, not running text: it keeps the size the key was made for.
    setTextSize(android.util.TypedValue.COMPLEX_UNIT_PX, dpf(26))
    typeface = regular
    includeFontPadding = false
    gravity = Gravity.CENTER
    setTextColor(context.getColor(R.color.on))
    background = context.touchable(context.shape(R.color.card, PILL), R.color.on, PILL)
    isFocusable = true
    isClickable = true
    contentDescription = when (key) {
        '*' -> context.getString(R.string.call_key_star)
        '#' -> context.getString(R.string.call_key_hash)
        '+' -> context.getString(R.string.call_plus_spoken)
        else -> null
    }
}

/** A key that types. */
@SuppressLint("ViewConstructor", "AppCompatCustomView")
class TypingKey(context: Context, key: Char, press: (Char) -> Unit) : TextView(context) {
    init {
        dressAsKey(key)
        setOnClickListener {
            performHapticFeedback(HapticFeedbackConstants.KEYBOARD_TAP)
            press(key)
        }
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
}

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
