package app.starhash.ui

import android.annotation.SuppressLint
import android.content.Context
import android.text.SpannableStringBuilder
import android.text.Spanned
import android.text.style.AbsoluteSizeSpan
import android.text.style.ForegroundColorSpan
import android.util.TypedValue
import android.view.Gravity
import android.view.HapticFeedbackConstants
import android.view.ViewGroup
import android.widget.Button
import android.widget.TextView
import app.starhash.R

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

/** [letters]: what the key writes where names are looked for, under its figure. */
fun TextView.dressAsKey(key: Char, letters: String = "") {
    text = if (letters.isEmpty()) key.toString() else withLetters(key, letters)
    // A figure on a key is a sign, not running text: it keeps the size the key was made for.
    setTextSize(TypedValue.COMPLEX_UNIT_PX, dpf(26))
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
        // Without the letters, which would be spelled out.
        else -> key.toString().takeIf { letters.isNotEmpty() }
    }
}

private fun TextView.withLetters(key: Char, letters: String) = SpannableStringBuilder("$key\n$letters").apply {
    setSpan(AbsoluteSizeSpan(dp(LETTERS)), 2, length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
    setSpan(ForegroundColorSpan(context.getColor(R.color.on_var)), 2, length, Spanned.SPAN_EXCLUSIVE_EXCLUSIVE)
}

private const val LETTERS = 12

/** A key that types. */
@SuppressLint("ViewConstructor", "AppCompatCustomView")
class TypingKey(context: Context, key: Char, letters: String = "", press: (Char) -> Unit) : TextView(context) {
    init {
        dressAsKey(key, letters)
        setOnClickListener {
            performHapticFeedback(HapticFeedbackConstants.KEYBOARD_TAP)
            press(key)
        }
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
}

