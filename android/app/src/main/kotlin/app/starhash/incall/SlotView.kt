package app.starhash.incall

import android.content.Context
import android.util.TypedValue
import android.view.Gravity
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.incall.SlotLook.Style
import app.starhash.ui.RingView
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.outline
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable

private const val RADIUS = 28
private const val ICON = 28
private const val RING = 42

/** A slot of the dock: icon or ring, title, caption. The same view lives through all stages, so that focus stays on it. */
class SlotView(context: Context, private val press: (SlotLook) -> Unit) : LinearLayout(context) {
    private val icon = ImageView(context)
    private val ring = RingView(context)
    private val title = context.label(Type.HEAD, R.color.on, medium)
    private val caption = context.label(Type.SMALL, R.color.on)
    private val texts = LinearLayout(context).apply { orientation = VERTICAL }
    private var look: SlotLook? = null
    private var style: Style? = null

    init {
        gravity = Gravity.CENTER_VERTICAL
        setPadding(dp(22), dp(6), dp(16), dp(6))
        addView(icon, LayoutParams(dp(ICON), dp(ICON)).apply { marginEnd = dp(14) })
        addView(ring, LayoutParams(dp(RING), dp(RING)).apply { marginEnd = dp(16) })
        texts.addView(title)
        texts.addView(caption)
        addView(texts, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        listOf(icon, ring, texts).forEach { it.importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS }
        isFocusable = true
        setOnClickListener { look?.let(press) }
    }

    /** [captions] is false where a huge font leaves no room for them; they are still spoken. */
    fun show(next: SlotLook, captions: Boolean) {
        if (next != look) {
            if (next.style != style) dress(next.style)
            val card = next.style == Style.CARD
            title.say(next.title)
            caption.say(next.caption)
            describe(next.spoken)
            ring.showIf(next.ring != null)
            icon.showIf(next.ring == null)
            next.ring?.let { ring.show(it.left, it.of) }
            icon.setImageDrawable(context.icon(next.icon, on(next.style), ICON))
            isClickable = next.act != null
            isEnabled = next.act != null || card
            look = next
        }
        caption.showIf(next.caption != null && captions)
    }

    private fun on(style: Style) = when (style) {
        Style.FILLED -> R.color.on_primary
        Style.TONAL -> R.color.on_sec_cont
        Style.GHOST -> R.color.outline
        Style.CARD -> R.color.on
    }

    private fun dress(next: Style) {
        style = next
        val color = on(next)
        background = when (next) {
            Style.FILLED -> context.touchable(context.shape(R.color.primary, RADIUS), color, RADIUS)
            Style.TONAL -> context.touchable(context.shape(R.color.sec_cont, RADIUS), color, RADIUS)
            Style.CARD -> context.shape(R.color.card, RADIUS)
            Style.GHOST -> context.outline(R.color.outline, RADIUS, dashed = true)
        }
        title.setTextColor(context.getColor(color))
        val quiet = if (next == Style.CARD) R.color.on_var else color
        caption.setTextColor(context.getColor(quiet))
        title.setTextSize(TypedValue.COMPLEX_UNIT_SP, if (next == Style.CARD) Type.BODY.size else Type.HEAD.size)
    }

    override fun getAccessibilityClassName(): CharSequence =
        if (look?.style == Style.CARD) super.getAccessibilityClassName() else Button::class.java.name

    override fun onInitializeAccessibilityNodeInfo(info: AccessibilityNodeInfo) {
        super.onInitializeAccessibilityNodeInfo(info)
        info.isEnabled = look?.act != null || look?.style == Style.CARD
    }
}
