package app.starhash.incall

import android.content.Context
import android.view.Gravity
import android.view.HapticFeedbackConstants
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.Guarded
import app.starhash.ui.IconTextButton
import app.starhash.ui.PILL
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable

/**
 * Everything below the middle, in places that never change their meaning: slot 1 forward, slot 2 the way to the client,
 * slot 3 a quiet question, the controls, the red bar. It never scrolls.
 */
class Dock(context: Context, private val intents: CallIntents) : Guarded(context) {
    private val slots = Guarded(context).apply { gravity = Gravity.BOTTOM }
    private val first = SlotView(context) { press(it) }
    private val second = SlotView(context) { press(it) }
    val third = QuietButton(context)
    private val pass = SlotView(context) { press(it) }
    private val controls = ControlsRow(context, intents)
    private val red = RedBar(context)
    private val leave = Guarded(context)
    private val leaveButton = LeaveButton(context)
    private val passGuard = Guarded(context)

    init {
        setPadding(0, 0, 0, dp(8))
        val margin = dp(SIDE)
        slots.addView(first, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { bottomMargin = dp(8) })
        slots.addView(second, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { bottomMargin = dp(2) })
        slots.addView(third, LayoutParams(LayoutParams.MATCH_PARENT, dp(48)))
        addView(slots)
        passGuard.setPadding(margin, dp(4), margin, dp(4))
        passGuard.addView(pass)
        addView(passGuard)
        addView(controls)
        addView(red, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { setMargins(margin, dp(4), margin, 0) })
        leave.addView(leaveButton)
        addView(leave, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { setMargins(margin, dp(4), margin, 0) })
        red.setOnClickListener { intents.hangUp() }
        leaveButton.setOnClickListener { intents.done() }
    }

    private fun press(look: SlotLook) {
        performHapticFeedback(HapticFeedbackConstants.CONFIRM)
        look.act?.invoke(intents)
    }

    /** Never shuts the red bar. */
    fun shutSlotsUntil(uptimeMillis: Long) = listOf(slots, passGuard, leave).forEach { it.shutUntil(uptimeMillis) }

    fun show(ui: CallUi, looks: Slots?, fit: Fit) {
        slots.showIf(looks != null)
        slots.setPadding(dp(SIDE), dp(fit.aboveSlots), dp(SIDE), 0)
        slot(first, looks?.first, if (looks?.tall == true) 0 else fit.slot1, fit)
        slot(second, looks?.second, if (looks?.tall == true) TALL else fit.slot2, fit)
        third.visibility = if (fit.slot3InMiddle) GONE else if (looks?.third == null) INVISIBLE else VISIBLE
        looks?.third?.let { third.show(it) { act -> act(intents) } }

        val number = ui.body as? Body.NumberField
        passGuard.showIf(number != null)
        number?.let { slot(pass, context.passLook(it, fit), fit.slot2, fit) }

        controls.show(ui, fit, keepRoom = looks != null)
        listOf(red, leave).forEach { (it.layoutParams as LayoutParams).topMargin = dp(fit.aboveRed) }
        red.showIf(ui.hangUp != null)
        ui.hangUp?.let { red.show(it, fit) }
        val leaving = ui.hangUp == null && (ui.body is Body.AfterHangUp || ui.body is Body.BrokenOff || ui.body is Body.Over)
        leave.showIf(leaving)
        leaveButton.show(ui.body is Body.AfterHangUp)
    }

    private fun slot(view: SlotView, look: SlotLook?, height: Int, fit: Fit) {
        view.showIf(look != null)
        view.minimumHeight = dp(height)
        look?.let { view.show(it, fit.slotCaptions) }
    }

    companion object {
        private const val TALL = 88
        private const val SIDE = 16
    }
}

private fun Context.passLook(field: Body.NumberField, fit: Fit): SlotLook {
    val whole = getString(R.string.call_pass)
    val title = when {
        field.ask -> getString(R.string.call_pass_to, field.typed)
        fit.shortLabels -> getString(R.string.call_pass_short)
        else -> whole
    }
    val spoken = if (field.ask) title else whole
    return SlotLook(R.drawable.ic_phone_forwarded, title, null, SlotLook.Style.FILLED, spoken, act = CallIntents::transferToTyped)
}

/** Slot 3: a quiet text button. */
class QuietButton(context: Context) : IconTextButton(context, Type.SMALL, R.color.primary, size = 18, gap = 8, height = 48) {
    init {
        background = context.touchable(null, R.color.primary, PILL)
    }

    fun show(look: Slots.Quiet, press: ((CallIntents) -> Unit) -> Unit) {
        say(look.icon, look.title)
        describe(look.title)
        setOnClickListener { press(look.act) }
    }
}

/** A tonal bar with a solid disc: found at once, never heavier than the next step. The whole bar is the target. */
class RedBar(context: Context) : LinearLayout(context) {
    private val disc = ImageView(context).apply {
        background = context.shape(R.color.end, PILL)
        scaleType = ImageView.ScaleType.CENTER
        setImageDrawable(context.icon(R.drawable.ic_call_end, R.color.on_end, 28))
    }
    private val title = context.label(Type.BODY, R.color.on_end_cont, medium).apply { setText(R.string.call_hang_up) }
    private val caption = context.label(Type.SMALL, R.color.on_end_cont)
    private val warning = ImageView(context).apply { setImageDrawable(context.icon(R.drawable.ic_warning, R.color.on_end_cont, 22)) }

    init {
        gravity = Gravity.CENTER_VERTICAL
        minimumHeight = dp(64)
        setPadding(dp(6), dp(6), dp(20), dp(6))
        background = context.touchable(context.shape(R.color.end_cont, 32), R.color.on_end_cont, 32)
        addView(disc, LayoutParams(dp(76), dp(52)).apply { marginEnd = dp(14) })
        val texts = LinearLayout(context).apply { orientation = VERTICAL }
        texts.addView(title)
        texts.addView(caption)
        addView(texts, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        addView(warning, LayoutParams(dp(22), dp(22)).apply { marginStart = dp(8) })
        listOf(disc, texts, warning).forEach { it.importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS }
        isFocusable = true
    }

    fun show(meaning: HangUp, fit: Fit) {
        val whole = fit.oneSentenceRed
        title.showIf(!whole)
        // Before Android 14 a font of 200 % is twice as large here too, and the sentence one line longer.
        caption.maxLines = if (whole) 4 else 3
        caption.say(context.caption(meaning, whole))
        warning.showIf(meaning == HangUp.LOSES_CLIENT && !fit.slot3InMiddle)
        disc.layoutParams = (disc.layoutParams as LayoutParams).apply { width = dp(fit.redDisc) }
        describe("${context.getString(R.string.call_hang_up)}, ${context.caption(meaning, whole = false)}")
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
}

/** "Done" or "Close", where the red bar was. */
class LeaveButton(context: Context) : IconTextButton(context, Type.BODY, R.color.on, size = 24, gap = 12, height = 64) {
    init {
        background = context.touchable(context.shape(R.color.card, PILL), R.color.on, PILL)
    }

    fun show(done: Boolean) {
        val title = context.getString(if (done) R.string.call_done else R.string.call_close)
        say(if (done) R.drawable.ic_check else R.drawable.ic_close, title)
        describe(title)
    }
}
