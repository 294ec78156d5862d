package app.starhash.onboarding

import android.annotation.SuppressLint
import android.content.Context
import android.content.res.ColorStateList
import android.util.TypedValue
import android.view.View
import android.widget.CheckBox
import android.widget.ImageView
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.GAP
import app.starhash.ui.MARGIN
import app.starhash.ui.PILL
import app.starhash.ui.Type
import app.starhash.ui.bigButton
import app.starhash.ui.column
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.outline
import app.starhash.ui.put
import app.starhash.ui.quietButton
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf

private const val RADIUS = 24
private const val SIGN = 36
private const val SIGN_PADDING = 8
private const val SIGN_GAP = 12
private const val TICK = 48

/** One row of the page as a card: the words as one node for a screen reader, then the tick, then the button. */
@SuppressLint("ViewConstructor")
internal class StepCard(
    context: Context,
    val step: Step,
    private val act: (Deed) -> Unit,
    private val tick: (Step, Boolean) -> Unit,
) : LinearLayout(context) {
    private val sign = ImageView(context).apply {
        setPadding(dp(SIGN_PADDING), dp(SIGN_PADDING), dp(SIGN_PADDING), dp(SIGN_PADDING))
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
    }
    private val title = context.label(Type.BODY, R.color.on, medium)
    private val state = context.label(Type.SMALL, R.color.on_var)
    private val text = context.label(Type.SMALL, R.color.on)
    private val words = context.column()
    private val box = CheckBox(context).apply {
        minHeight = dp(TICK)
        setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.BODY.size)
        setTextColor(context.getColor(R.color.on))
    }
    private var button: View? = null
    private var shown: Pair<Row, Boolean>? = null

    init {
        orientation = VERTICAL
        background = context.shape(R.color.card, RADIUS)
        setPadding(0, dp(MARGIN), 0, dp(MARGIN))
        val names = context.column().apply {
            put(title, side = 0)
            put(state, side = 0)
        }
        val head = LinearLayout(context).apply {
            put(sign, dp(SIGN), dp(SIGN), side = 0)
            put(View(context), dp(SIGN_GAP), 0, side = 0)
            put(names, 0, side = 0, weight = 1f)
        }
        words.put(head)
        words.put(text, top = GAP)
        words.isFocusable = true
        listOf(title, state, text).forEach { it.importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO }
        put(words, side = 0)
        put(box, top = GAP)
    }

    /** [next]: of all that is left this comes first, its button is the big one. */
    fun show(row: Row, next: Boolean) {
        if (shown == row to next) return
        shown = row to next
        title.setText(row.title)
        state.say(row.state.words?.let(context::getString))
        state.showIf(row.state.words != null)
        text.setText(row.text)
        words.describe(listOf(title.text, state.text, text.text).filter { it.isNotEmpty() }.joinToString(". "))
        showSign(row.state)
        showTick(row)
        showButton(row.button, next)
    }

    private fun showSign(state: State) {
        val (fill, on) = when (state) {
            State.DONE -> R.color.answer to R.color.on_answer
            State.TICKED, State.GOOD_TO_KNOW -> R.color.sec_cont to R.color.on_sec_cont
            else -> null to R.color.on_var
        }
        sign.background = when {
            fill != null -> context.shape(fill, PILL)
            state == State.WITH_ROLE -> context.outline(R.color.outline, PILL, dashed = true)
            else -> context.outline(R.color.primary, PILL, RING)
        }
        val image = when (state) {
            State.DONE -> R.drawable.ic_check
            // Not the tick of what the app has seen for itself.
            State.TICKED -> R.drawable.ic_person
            State.GOOD_TO_KNOW -> R.drawable.ic_info
            else -> null
        }
        sign.setImageDrawable(image?.let { context.icon(it, on, SIGN - 2 * SIGN_PADDING) })
    }

    private fun showTick(row: Row) {
        box.showIf(row.tick != null)
        box.setOnCheckedChangeListener(null)
        box.isChecked = row.state == State.TICKED
        row.tick?.let(box::setText)
        box.setOnCheckedChangeListener { _, done -> tick(row.step, done) }
    }

    private fun showButton(wanted: Button?, next: Boolean) {
        button?.let(::removeView)
        button = wanted?.let { it ->
            val press = { act(it.deed) }
            if (next) {
                context.bigButton(it.words, icon(it.deed), R.color.primary, R.color.on_primary, press)
            } else {
                context.quietButton(it.words, R.color.primary, press).apply {
                    background = context.outlined()
                }
            }
        }?.also { put(it, top = MARGIN) }
    }

    private fun Context.outlined() = android.graphics.drawable.RippleDrawable(
        ColorStateList.valueOf(getColor(R.color.line)), outline(R.color.outline, PILL), shape(android.R.color.black, PILL),
    )

    private fun icon(deed: Deed) = when (deed) {
        is Deed.AskRole -> R.drawable.ic_call
        is Deed.AskPermission -> R.drawable.ic_check
        is Deed.Open -> R.drawable.ic_settings
    }

    private companion object {
        const val RING = 2f
    }
}
