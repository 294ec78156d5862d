package app.starhash.incall

import android.content.Context
import android.view.Gravity
import android.view.accessibility.AccessibilityNodeInfo
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable

/** Mute, keypad, speaker during a call; copy the number after it. The order never changes. */
class ControlsRow(context: Context, private val intents: CallIntents) : LinearLayout(context) {
    private val mute = Control(context, R.drawable.ic_mic_off, R.string.call_mute, switch = true) { intents.toggleMute() }
    private val keys = Control(context, R.drawable.ic_dialpad, R.string.call_keys, switch = true) { intents.toggleKeypad() }
    private val speaker = Control(context, R.drawable.ic_volume_up, R.string.call_speaker, switch = true) { intents.toggleSpeaker() }
    private val copy = Control(context, R.drawable.ic_content_copy, R.string.call_copy, switch = false) { intents.copyNumber() }

    init {
        gravity = Gravity.CENTER_HORIZONTAL
        setPadding(dp(12), dp(8), dp(12), 0)
        listOf(mute, keys, speaker, copy).forEach { control ->
            addView(control, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f).apply { setMargins(dp(4), 0, dp(4), 0) })
        }
        weightSum = COLUMNS
        copy.describe(context.getString(R.string.call_copy_spoken))
    }

    /** [keepRoom]: the slots above keep their places even if nothing is left to control. */
    fun show(ui: CallUi, fit: Fit, keepRoom: Boolean) {
        val controls = ui.controls
        listOf(mute, keys, speaker).forEach { it.showIf(controls != null) }
        controls?.let {
            mute.show(it.muted, fit)
            keys.show(it.keypadOpen, fit)
            speaker.show(it.speaker, fit)
        }
        val number = (ui.body as? Body.AfterHangUp)?.canCallBack ?: (ui.body as? Body.BrokenOff)?.canCallBack ?: false
        copy.visibility = if (controls != null) GONE else if (number) VISIBLE else INVISIBLE
        copy.show(false, fit)
        visibility = when {
            ui.waiting != null && !fit.controlsWhileWaiting -> GONE
            controls != null || number -> VISIBLE
            else -> if (keepRoom) INVISIBLE else GONE
        }
    }

    companion object {
        private const val COLUMNS = 3f
    }
}

/** A control of the row: a pill with its name below. On = filled and squarer, so that it does not hang on colour alone. */
class Control(context: Context, private val image: Int, name: Int, private val switch: Boolean, press: () -> Unit) : LinearLayout(context) {
    private val disc = ImageView(context).apply { scaleType = ImageView.ScaleType.CENTER }
    private val text = context.label(Type.LABEL, R.color.on).apply { gravity = Gravity.CENTER_HORIZONTAL }
    private val title = context.getString(name)
    private var on: Boolean? = null

    init {
        orientation = VERTICAL
        gravity = Gravity.CENTER_HORIZONTAL
        addView(disc, LayoutParams(LayoutParams.MATCH_PARENT, dp(48)))
        addView(text, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(4) })
        text.say(title)
        text.minHeight = dp(24)
        listOf(disc, text).forEach { it.importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO }
        describe(title)
        isFocusable = true
        setOnClickListener { press() }
    }

    fun show(on: Boolean, fit: Fit) {
        text.showIf(fit.controlLabels)
        if (on == this.on) return
        this.on = on
        val radius = if (on) 16 else 24
        val color = if (on) R.color.on_primary else R.color.on
        disc.background = context.touchable(context.shape(if (on) R.color.primary else R.color.card_hi, radius), color, radius)
        disc.setImageDrawable(context.icon(image, color, 24))
        if (switch) stateDescription = context.getString(if (on) R.string.call_on_spoken else R.string.call_off_spoken)
    }

    /** The ripple belongs to the disc, the target is the whole control. */
    override fun dispatchSetPressed(pressed: Boolean) {
        super.dispatchSetPressed(pressed)
        disc.isPressed = pressed
    }

    override fun onInitializeAccessibilityNodeInfo(info: AccessibilityNodeInfo) {
        super.onInitializeAccessibilityNodeInfo(info)
        if (switch) {
            info.isCheckable = true
            info.isChecked = on == true
        }
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name
}
