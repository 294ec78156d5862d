package app.starhash.ui

import android.content.Context
import android.widget.Button
import android.widget.ImageView
import app.starhash.R

private const val SIZE = 48
private const val ICON = 24

/** A round button of 48 dp with nothing but an icon; [spoken] is for a screen reader. */
class IconButton(context: Context, image: Int, spoken: Int, color: Int = R.color.on, press: () -> Unit) : ImageView(context) {
    init {
        setImageDrawable(context.icon(image, color, ICON))
        scaleType = ScaleType.CENTER
        minimumWidth = dp(SIZE)
        minimumHeight = dp(SIZE)
        background = context.touchable(null, color, PILL)
        contentDescription = context.getString(spoken)
        isFocusable = true
        setOnClickListener { press() }
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
}
