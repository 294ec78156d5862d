package app.starhash.incall

import android.content.Context
import android.telephony.PhoneNumberUtils
import android.text.TextUtils
import android.view.Gravity
import android.view.View
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.IconButton
import app.starhash.ui.IconText
import app.starhash.ui.KeyGrid
import app.starhash.ui.TABULAR
import app.starhash.ui.Type
import app.starhash.ui.TypingKey
import app.starhash.ui.dp
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.outline
import app.starhash.ui.regular
import app.starhash.ui.say
import app.starhash.ui.showIf
import app.starhash.ui.unbroken

/** Icon and a sentence. Read aloud when it changes. */
private class Remark(context: Context) : IconText(context, Type.SMALL, R.color.on_var, size = 18, gap = 8, weight = regular) {
    init {
        accessibilityLiveRegion = ACCESSIBILITY_LIVE_REGION_POLITE
    }

    fun show(image: Int, what: String, color: Int) = say(image, what, color)
}

/** The keypad of the call: every key is a tone at once. */
class KeypadMiddle(context: Context, private val fit: Fit, intents: CallIntents) : Middle(context) {
    private val title = context.label(if (fit.keypadText) Type.BODY else Type.HEAD, R.color.on, medium).apply { isAccessibilityHeading = true }
    private val typed = context.label(Type.DISPLAY, R.color.on).apply {
        gravity = Gravity.CENTER
        fontFeatureSettings = TABULAR
        maxLines = 1
        ellipsize = TextUtils.TruncateAt.START
    }
    private val remark = Remark(context)

    init {
        setPadding(dp(16), 0, dp(16), dp(8))
        val row = LinearLayout(context).apply { gravity = Gravity.CENTER_VERTICAL }
        row.addView(title, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        row.addView(IconButton(context, R.drawable.ic_close, R.string.call_keypad_close) { intents.toggleKeypad() }, LayoutParams(dp(48), dp(48)).apply { marginEnd = -dp(12) })
        addView(row)
        if (fit.keypadText) {
            title.setText(R.string.call_keypad_title)
            addView(typed, LayoutParams(LayoutParams.MATCH_PARENT, dp(52)).apply { topMargin = dp(4) })
            // Room for two lines at once: keys must not move under the finger when the sending breaks off.
            remark.minimumHeight = dp(40)
        } else {
            title.maxLines = 1
            title.ellipsize = TextUtils.TruncateAt.START
        }
        addView(remark, LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT).apply { setMargins(0, dp(4), 0, dp(8)); gravity = Gravity.CENTER_HORIZONTAL })
        val tones = Tones(intents)
        addView(KeyGrid(context, "123456789*0#".map { ToneKey(context, it, tones) }, fit.keyHeight))
    }

    override fun show(ui: CallUi) {
        val body = ui.body as? Body.Keypad ?: return
        if (fit.keypadText) typed.say(body.typed) else title.say(body.typed.ifEmpty { context.getString(R.string.call_keypad_title) })
        val broken = body.under as? Body.BrokenOff
        when {
            broken != null -> remark.show(R.drawable.ic_warning, context.brokenOff(broken), R.color.on_end_cont)
            body.under is Body.Sending -> remark.show(R.drawable.ic_info, context.getString(R.string.call_keypad_sending), R.color.on)
            else -> remark.show(R.drawable.ic_hearing, context.getString(R.string.call_keypad_heard), R.color.on_var)
        }
        remark.showIf(fit.keypadText || broken != null)
    }
}

/** A number to pass the client to, with a pad of its own. Nothing of it is sent before the button is pressed. */
class NumberMiddle(context: Context, private val fit: Fit, intents: CallIntents) : Middle(context) {
    private var field = Body.NumberField("")
    private val typed = context.label(Type.TITLE, R.color.on).apply {
        fontFeatureSettings = TABULAR
        maxLines = 1
        ellipsize = TextUtils.TruncateAt.START
    }
    private val erase = IconButton(context, R.drawable.ic_backspace, R.string.call_erase, R.color.on_var) { intents.typeNumber(field.typed.dropLast(1)) }
    private val box = LinearLayout(context).apply { gravity = Gravity.CENTER_VERTICAL }
    private val remark = Remark(context)

    init {
        setPadding(dp(16), 0, dp(16), dp(4))
        val back = IconButton(context, R.drawable.ic_arrow_back, R.string.call_back) { intents.closeNumberField() }
        val row = LinearLayout(context).apply { gravity = Gravity.CENTER_VERTICAL }
        row.addView(back, LayoutParams(dp(48), dp(48)).apply { marginStart = -dp(12) })
        box.setPadding(dp(16), 0, dp(4), 0)
        box.background = context.outline(R.color.primary, 20, BORDER)
        box.addView(typed, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        box.addView(erase, LayoutParams(dp(48), dp(48)))
        erase.setOnLongClickListener {
            intents.typeNumber("")
            true
        }
        if (fit.keypadText) {
            val title = context.label(Type.BODY, R.color.on, medium).apply { setText(R.string.call_other_number) }
            title.isAccessibilityHeading = true
            row.addView(title, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f).apply { marginStart = dp(8) })
            addView(row)
            addView(box, LayoutParams(LayoutParams.MATCH_PARENT, dp(56)))
        } else {
            row.addView(box, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
            addView(row)
        }
        addView(remark, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { setMargins(dp(4), dp(4), 0, dp(4)) })
        // Room for two lines at once: keys must not move under the finger when a question appears.
        if (fit.keypadText) remark.minimumHeight = dp(40)
        val keys = "123456789+0".map { key -> TypingKey(context, key) { intents.typeNumber(field.typed + it) } }
        addView(KeyGrid(context, keys, if (fit.keypadText) KEY else fit.keyHeight))
    }

    override fun show(ui: CallUi) {
        field = ui.body as? Body.NumberField ?: return
        val empty = field.typed.isEmpty()
        typed.say(if (empty) context.getString(R.string.call_number_hint) else grouped(field.typed))
        typed.setTextColor(context.getColor(if (empty) R.color.on_var else R.color.on))
        erase.visibility = if (empty) View.INVISIBLE else View.VISIBLE
        val problem = field.problem
        when {
            problem != null -> remark.show(R.drawable.ic_warning, context.getString(text(problem)), R.color.on_end_cont)
            field.ask -> remark.show(R.drawable.ic_info, context.getString(R.string.call_ask_emergency), R.color.on)
            else -> remark.show(R.drawable.ic_shield, context.getString(R.string.call_number_silent), R.color.on_var)
        }
        remark.showIf(fit.keypadText || problem != null || field.ask)
    }

    /** As people read a number; what was typed, digit for digit, if the platform would change it. */
    private fun grouped(typed: String): String {
        val shown = PhoneNumberUtils.formatNumber(typed, resources.configuration.locales[0].country) ?: return typed
        return if (PhoneNumberUtils.stripSeparators(shown) == typed) unbroken(shown) else typed
    }

    private fun text(problem: NumberProblem): Int = when (problem) {
        NumberProblem.EMPTY -> R.string.call_problem_empty
        NumberProblem.NO_DIGITS -> R.string.call_problem_no_digits
        NumberProblem.FORBIDDEN_SYMBOL -> R.string.call_problem_symbol
        NumberProblem.TOO_LONG -> R.string.call_problem_long
    }

    private companion object {
        const val KEY = 56
        const val BORDER = 2f
    }
}
