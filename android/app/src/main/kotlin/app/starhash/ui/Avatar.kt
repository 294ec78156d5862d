package app.starhash.ui

import android.content.Context
import android.view.Gravity
import android.widget.FrameLayout
import android.widget.ImageView
import app.starhash.R

/** First letters of the first two words, or null where the "name" is a number or nothing. */
fun initials(name: String): String? {
    if (isNumber(name)) return null
    val letters = name.split(' ', '-', '.').mapNotNull { word -> word.firstOrNull(Char::isLetter) }.take(2)
    return letters.joinToString("").uppercase().ifEmpty { null }
}

/**
 * What stands under a node of the picture: the first word of a personal name. Anything else (a company, a number)
 * does not shorten well, so there the role is said: [otherwise].
 */
fun shortName(name: String, otherwise: String): String {
    val words = name.trim().split(' ').filter(String::isNotEmpty)
    val personal = words.size in 1..MAX_WORDS_OF_A_NAME && words.all { word -> word.all { it.isLetter() || it == '-' } } &&
        words[0].length in 2..LONGEST_SHORT_NAME && words[0].any(Char::isLowerCase)
    return if (personal) words[0] else otherwise
}

private const val MAX_WORDS_OF_A_NAME = 3
private const val LONGEST_SHORT_NAME = 12

/** A circle with initials, or a figure where there are none. Never a node of its own for a screen reader. */
class Avatar(context: Context, sizeDp: Int, type: Type) : FrameLayout(context) {
    private val text = context.label(type, R.color.on_sec_cont, medium).apply { gravity = Gravity.CENTER }
    private val figure = ImageView(context).apply { scaleType = ImageView.ScaleType.FIT_CENTER }
    private val figureDp = sizeDp / 2

    init {
        // Initials are a picture, not a text to read: they keep their size when the font grows.
        text.setTextSize(android.util.TypedValue.COMPLEX_UNIT_PX, dpf(type.size))
        addView(text, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.MATCH_PARENT))
        addView(figure, LayoutParams(dp(figureDp), dp(figureDp), Gravity.CENTER))
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS
    }

    fun show(name: String, tint: Tint = Tint.SECONDARY) {
        background = context.shape(tint.fill, PILL)
        val letters = initials(name)
        text.say(letters)
        text.setTextColor(context.getColor(tint.on))
        text.showIf(letters != null)
        figure.showIf(letters == null)
        if (letters == null) figure.setImageDrawable(context.icon(R.drawable.ic_person, tint.on, figureDp))
    }

    enum class Tint(val fill: Int, val on: Int) {
        SECONDARY(R.color.sec_cont, R.color.on_sec_cont),
        PRIMARY(R.color.prim_cont, R.color.on_prim_cont),
        TERTIARY(R.color.ter_cont, R.color.on_ter_cont),
    }
}

/** Larger than half of anything: a pill or a circle. */
const val PILL = 999
