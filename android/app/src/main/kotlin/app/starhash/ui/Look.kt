package app.starhash.ui

import android.annotation.SuppressLint
import android.content.Context
import android.content.res.ColorStateList
import android.graphics.Color
import android.graphics.Rect
import android.graphics.Typeface
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.RippleDrawable
import android.text.TextPaint
import android.util.TypedValue
import android.view.View
import android.view.Window
import android.widget.TextView
import kotlin.math.abs

/** The sizes of text, in sp: size and line. There are no others, and nothing smaller. */
enum class Type(val size: Float, val line: Float) {
    DISPLAY(34f, 40f),
    TITLE(24f, 30f),
    HEAD(20f, 26f),
    BODY(16f, 22f),
    SMALL(14f, 20f),
    LABEL(12f, 16f),
}

/** [value] dp in pixels. */
fun Context.dp(value: Number): Int = dpf(value).toInt()

fun Context.dpf(value: Number): Float = value.toFloat() * resources.displayMetrics.density

fun Context.sp(value: Float): Float = TypedValue.applyDimension(TypedValue.COMPLEX_UNIT_SP, value, resources.displayMetrics)

fun View.dp(value: Number): Int = context.dp(value)

fun View.dpf(value: Number): Float = context.dpf(value)

private const val MEDIUM_WEIGHT = 500

val regular: Typeface = Typeface.create(Typeface.DEFAULT, Typeface.NORMAL)
val medium: Typeface = Typeface.create(Typeface.DEFAULT, MEDIUM_WEIGHT, false)

/** Figures of one width, so that a running timer does not tremble. */
const val TABULAR = "tnum"

/** A text in one of the sizes. The line height follows the text size, which Android 14 no longer scales linearly. */
fun Context.label(type: Type, color: Int, weight: Typeface = regular): TextView = WholeWords(this, type).apply {
    includeFontPadding = false
    typeface = weight
    setTextColor(context.getColor(color))
}

/** Never breaks inside a word: where a huge font leaves too little room for the longest one, the text is set smaller. */
@SuppressLint("ViewConstructor", "AppCompatCustomView")
private class WholeWords(context: Context, type: Type) : TextView(context) {
    private val ratio = type.line / type.size
    private var wanted = 0f

    init {
        setTextSize(TypedValue.COMPLEX_UNIT_SP, type.size)
    }

    override fun setTextSize(unit: Int, size: Float) {
        super.setTextSize(unit, size)
        wanted = textSize
        lineHeight = (wanted * ratio).toInt()
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        if (MeasureSpec.getMode(widthSpec) != MeasureSpec.UNSPECIFIED) {
            fit(MeasureSpec.getSize(widthSpec) - compoundPaddingLeft - compoundPaddingRight)
        }
        super.onMeasure(widthSpec, heightSpec)
    }

    private fun fit(room: Int) {
        // Always measured at the wanted size: widths do not scale quite linearly, two measures would disagree.
        val probe = TextPaint(paint).apply { textSize = wanted }
        val longest = text.split(' ', '\n').maxOf { probe.measureText(it) }
        val next = if (longest > room) (wanted * room / longest * MARGIN).coerceAtLeast(wanted * SMALLEST) else wanted
        if (abs(next - paint.textSize) > HALF_A_PIXEL) super.setTextSize(TypedValue.COMPLEX_UNIT_PX, next)
    }

    private companion object {
        const val SMALLEST = 0.6f

        /** Glyphs do not scale quite linearly. */
        const val MARGIN = 0.97f
        const val HALF_A_PIXEL = 0.5f
    }
}

/** Sets the text only if it differs: a repeated text would lay the screen out anew and be read aloud again. */
fun TextView.say(value: CharSequence?) {
    val next = value ?: ""
    if (text.toString() != next.toString()) text = next
}

fun View.describe(value: CharSequence?) {
    if (contentDescription?.toString() != value?.toString()) contentDescription = value
}

fun View.showIf(shown: Boolean) {
    visibility = if (shown) View.VISIBLE else View.GONE
}

/** Scrolls to this, once it has its place; at once, for a touch would only end the scrolling. */
fun View.bringIntoSight() {
    post { requestRectangleOnScreen(Rect(0, 0, width, height), true) }
}

/** An icon of [sizeDp] in one colour. */
fun Context.icon(id: Int, color: Int, sizeDp: Int): Drawable = getDrawable(id)!!.mutate().apply {
    setTint(getColor(color))
    setBounds(0, 0, dp(sizeDp), dp(sizeDp))
}

/** A filled rounded shape; [radiusDp] larger than half the height makes a pill. */
fun Context.shape(color: Int, radiusDp: Int): GradientDrawable = GradientDrawable().apply {
    setColor(getColor(color))
    cornerRadius = dpf(radiusDp)
}

/** Only an outline: the form of what is not available, so that it does not hang on colour alone. */
fun Context.outline(color: Int, radiusDp: Int, widthDp: Float = 1f, dashed: Boolean = false): GradientDrawable =
    GradientDrawable().apply {
        setColor(Color.TRANSPARENT)
        cornerRadius = dpf(radiusDp)
        if (dashed) setStroke(dp(widthDp), getColor(color), dpf(4), dpf(3)) else setStroke(dp(widthDp), getColor(color))
    }

private const val RIPPLE_ALPHA = 0x1F

/** [shape] that answers a touch with a ripple of the colour of what is written on it. */
fun Context.touchable(shape: GradientDrawable?, onColor: Int, radiusDp: Int): Drawable {
    val ripple = getColor(onColor) and 0x00FFFFFF or (RIPPLE_ALPHA shl 24)
    return RippleDrawable(ColorStateList.valueOf(ripple), shape, shape(R_MASK, radiusDp))
}

private const val R_MASK = android.R.color.black

/** Lets the window reach under the transparent bars; every screen keeps its content clear of them by the insets. */
@Suppress("DEPRECATION") // the only way below API 35, where it goes without saying
fun Window.edgeToEdge() {
    setDecorFitsSystemWindows(false)
}

/** Numbers never break at the end of a line: no-break spaces and hyphens. */
fun unbroken(number: String): String = number.replace(' ', '\u00A0').replace('-', '\u2011')

/** Whether [text] is a telephone number and not a name. */
fun isNumber(text: String): Boolean = text.any(Char::isDigit) && text.none(Char::isLetter)
