package app.starhash.ui

import android.content.Context
import android.content.res.ColorStateList
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.view.WindowInsets
import android.widget.LinearLayout
import android.widget.TextView
import app.starhash.R

internal const val MARGIN = 16
internal const val GAP = 8
private const val BIG_BUTTON = 64
private const val QUIET_BUTTON = 48
private const val WIDE = 600
private const val NOTE_RADIUS = 24

/** A column that keeps clear of the bars, the cutout and the keyboard. */
private fun Context.emptyPage(): LinearLayout = column().apply {
    setOnApplyWindowInsetsListener { view, insets ->
        val kinds = WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout() or WindowInsets.Type.ime()
        val edge = insets.getInsets(kinds)
        view.setPadding(edge.left, edge.top, edge.right, edge.bottom)
        WindowInsets.CONSUMED
    }
}

/** The same, filled by [content]. */
internal fun Context.page(content: View): LinearLayout = emptyPage().apply { put(content, height = 0, side = 0, weight = 1f) }

/** The same, with [buttons] standing below it, in a wide window side by side: it is low as well. */
internal fun Context.page(content: View, vararg buttons: View): LinearLayout = page(content).apply {
    val wide = resources.configuration.screenWidthDp >= WIDE
    // Their texts on one line would push the one of larger type out of the row.
    val row = if (wide) LinearLayout(context).apply { gravity = Gravity.CENTER_VERTICAL; isBaselineAligned = false } else column()
    buttons.forEach { if (wide) row.put(it, width = 0, weight = 1f) else row.put(it, top = GAP) }
    put(row, side = 0, top = if (wide) GAP else 0)
    put(View(context), height = dp(GAP))
}

internal fun Context.column(): LinearLayout = LinearLayout(this).apply { orientation = LinearLayout.VERTICAL }

internal fun LinearLayout.put(
    view: View,
    width: Int = MATCH_PARENT,
    height: Int = WRAP_CONTENT,
    top: Int = 0,
    side: Int = MARGIN,
    weight: Float = 0f,
) {
    val place = LinearLayout.LayoutParams(width, height, weight)
    place.setMargins(dp(side), dp(top), dp(side), 0)
    addView(view, place)
}

/** What a screen is about. */
internal fun Context.title(text: Int): TextView = label(Type.TITLE, R.color.on, medium).apply {
    setText(text)
    isAccessibilityHeading = true
}

/** The one thing to do on a screen: filled, 64 high. */
internal fun Context.bigButton(text: Int, icon: Int, fill: Int, on: Int, act: () -> Unit): TextView =
    button(getString(text), Type.HEAD, on, BIG_BUTTON, act).apply {
        background = touchable(shape(fill, PILL), on, PILL)
        setCompoundDrawablesRelativeWithIntrinsicBounds(icon, 0, 0, 0)
        compoundDrawableTintList = ColorStateList.valueOf(getColor(on))
        compoundDrawablePadding = dp(GAP)
        // The icon stays by its words, both in the middle.
        gravity = Gravity.CENTER_VERTICAL
        setPadding(dp(BUTTON_SIDE), 0, dp(BUTTON_SIDE), 0)
    }

private const val BUTTON_SIDE = 24

internal fun Context.quietButton(text: Int, color: Int, act: () -> Unit): TextView = quietButton(getString(text), color, act)

internal fun Context.quietButton(text: String, color: Int, act: () -> Unit): TextView =
    button(text, Type.BODY, color, QUIET_BUTTON, act).apply {
        background = touchable(null, color, PILL)
        setPadding(dp(MARGIN), 0, dp(MARGIN), 0)
    }

private fun Context.button(text: String, type: Type, color: Int, height: Int, act: () -> Unit): TextView =
    label(type, color, medium).apply {
        this.text = text
        gravity = Gravity.CENTER
        minimumHeight = dp(height)
        isFocusable = true
        accessibilityDelegate = AsButton
        setOnClickListener { act() }
    }

private object AsButton : View.AccessibilityDelegate() {
    override fun onInitializeAccessibilityNodeInfo(host: View, info: android.view.accessibility.AccessibilityNodeInfo) {
        super.onInitializeAccessibilityNodeInfo(host, info)
        info.className = android.widget.Button::class.java.name
    }
}

/** A card that says one thing, with at most one thing to do about it. */
internal fun Context.note(title: CharSequence, text: CharSequence?, fill: Int, on: Int, vararg actions: View): LinearLayout =
    column().apply {
        background = shape(fill, NOTE_RADIUS)
        val endsQuietly = actions.lastOrNull()?.let { it.minimumHeight < dp(BIG_BUTTON) } ?: false
        // A quiet button brings room of its own.
        setPadding(0, dp(MARGIN), 0, dp(if (endsQuietly) GAP else MARGIN))
        put(label(Type.HEAD, on, medium).apply { this.text = title })
        if (text != null) put(label(Type.BODY, on).apply { this.text = text }, top = 4)
        actions.forEach { put(it, top = if (endsQuietly && it === actions.last()) GAP / 2 else MARGIN) }
    }
