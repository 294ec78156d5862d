package app.starhash.incall

import android.graphics.Color
import android.graphics.drawable.ColorDrawable
import android.graphics.drawable.Drawable
import android.graphics.drawable.GradientDrawable
import android.graphics.drawable.LayerDrawable
import android.view.View
import android.widget.TextView

/** Contrast of a text and what it stands on, by the formula of WCAG 2. */
object Contrast {
    fun of(view: TextView): Double = between(view.currentTextColor, ground(view))

    fun between(a: Int, b: Int): Double {
        val (low, high) = listOf(Color.luminance(a).toDouble(), Color.luminance(b).toDouble()).sorted()
        return (high + 0.05) / (low + 0.05)
    }

    /** The colour of the nearest opaque background below the text. */
    private fun ground(view: View): Int =
        generateSequence<Any>(view) { (it as? View)?.parent }.filterIsInstance<View>().firstNotNullOf { color(it.background) }

    private fun color(drawable: Drawable?): Int? = when (drawable) {
        is ColorDrawable -> drawable.color
        is GradientDrawable -> drawable.color?.defaultColor
        is LayerDrawable -> (0 until drawable.numberOfLayers).filter { drawable.getId(it) != android.R.id.mask }
            .firstNotNullOfOrNull { color(drawable.getDrawable(it)) }
        else -> null
    }?.takeIf { Color.alpha(it) == 255 }
}
