package app.starhash.incall

import android.content.Context
import android.view.Gravity
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.Guarded
import app.starhash.ui.IconButton
import app.starhash.ui.PILL
import app.starhash.ui.TABULAR
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.isNumber
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable
import app.starhash.ui.unbroken

/** A second call knocking: above the dock, so that nothing of the running transfer moves. */
class WaitingCard(context: Context, intents: CallIntents) : Guarded(context) {
    private val over = context.label(Type.LABEL, R.color.on_prim_cont).apply { setText(R.string.call_waiting) }
    private val name = context.label(Type.BODY, R.color.on_prim_cont, medium).apply { maxLines = 2 }
    private val number = context.label(Type.LABEL, R.color.on_prim_cont).apply { fontFeatureSettings = TABULAR }
    private val texts = LinearLayout(context).apply { orientation = VERTICAL }

    init {
        orientation = HORIZONTAL
        gravity = Gravity.CENTER_VERTICAL
        setPadding(dp(16), dp(10), dp(12), dp(10))
        background = context.shape(R.color.prim_cont, 24)
        listOf(over, name, number).forEach(texts::addView)
        texts.isScreenReaderFocusable = true
        texts.accessibilityLiveRegion = ACCESSIBILITY_LIVE_REGION_POLITE
        addView(texts, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        val decline = IconButton(context, R.drawable.ic_call_end, R.string.call_waiting_decline, R.color.on_end) { intents.declineWaiting() }
        decline.background = context.touchable(context.shape(R.color.end, PILL), R.color.on_end, PILL)
        val answer = IconButton(context, R.drawable.ic_call, R.string.call_waiting_answer, R.color.on_answer) { intents.answerWaiting() }
        answer.background = context.touchable(context.shape(R.color.answer, PILL), R.color.on_answer, PILL)
        addView(decline, LayoutParams(dp(WIDE), dp(HIGH)).apply { marginStart = dp(8) })
        addView(answer, LayoutParams(dp(WIDE), dp(HIGH)).apply { marginStart = dp(12) })
    }

    fun show(waiting: Waiting, fit: Fit) {
        over.showIf(fit.waitingDetails)
        name.say(if (isNumber(waiting.name)) unbroken(waiting.name) else waiting.name)
        number.say(waiting.number?.let(::unbroken))
        number.showIf(waiting.number != null && fit.waitingDetails)
        texts.describe(listOfNotNull(over.text, waiting.name, waiting.number?.let(context::speltNumber)).joinToString(", "))
    }

    private companion object {
        const val WIDE = 56
        const val HIGH = 48
    }
}
