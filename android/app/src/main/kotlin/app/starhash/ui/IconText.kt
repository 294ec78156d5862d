package app.starhash.ui

import android.annotation.SuppressLint
import android.content.Context
import android.graphics.Typeface
import android.view.Gravity
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout

/** An icon of [size] dp and a text beside it. */
@SuppressLint("ViewConstructor")
abstract class IconText(context: Context, type: Type, private val color: Int, private val size: Int, gap: Int, weight: Typeface = medium) :
    LinearLayout(context) {
    private val icon = ImageView(context)
    private val text = context.label(type, color, weight)

    init {
        gravity = Gravity.CENTER_VERTICAL
        addView(icon, LayoutParams(dp(size), dp(size)).apply { marginEnd = dp(gap) })
        addView(text)
    }

    /** [image] null: the text alone. */
    protected fun say(image: Int?, what: CharSequence, color: Int = this.color) {
        icon.showIf(image != null)
        image?.let { icon.setImageDrawable(context.icon(it, color, size)) }
        text.say(what)
        text.setTextColor(context.getColor(color))
    }
}

/** The same as a button at least [height] dp high, icon and text in its middle. */
@SuppressLint("ViewConstructor")
abstract class IconTextButton(context: Context, type: Type, color: Int, size: Int, gap: Int, height: Int) :
    IconText(context, type, color, size, gap) {
    init {
        gravity = Gravity.CENTER
        minimumHeight = dp(height)
        isFocusable = true
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
}
