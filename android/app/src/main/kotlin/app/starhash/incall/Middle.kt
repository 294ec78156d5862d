package app.starhash.incall

import android.content.Context
import android.view.Gravity
import android.widget.ImageView
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.IconTextButton
import app.starhash.ui.PILL
import app.starhash.ui.Type
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable

/** What changes between header and dock. Made for one [Fit]; shows any snapshot whose body it is made for. */
abstract class Middle(context: Context) : LinearLayout(context) {
    init {
        orientation = VERTICAL
    }

    abstract fun show(ui: CallUi)
}

/** Which middle a body needs: bodies with the same answer share one view. */
fun middleKind(body: Body): Int = when (body) {
    is Body.Talking -> 1
    is Body.Keypad -> 2
    is Body.NumberField -> 3
    else -> 0
}

fun middleFor(context: Context, body: Body, fit: Fit, intents: CallIntents): Middle = when (body) {
    is Body.Talking -> TalkingMiddle(context, fit, intents)
    is Body.Keypad -> KeypadMiddle(context, fit, intents)
    is Body.NumberField -> NumberMiddle(context, fit, intents)
    else -> StageMiddle(context, fit, intents)
}

/** The middle of the transfer: symbols, what the tones mean, the offer to send again, calm text. */
class StageMiddle(context: Context, private val fit: Fit, intents: CallIntents) : Middle(context) {
    private val symbols = SymbolsView(context, fit.smallSymbols)
    private val hints = hints()
    private val retry = QuietPill(context, R.drawable.ic_replay, context.getString(R.string.call_retry)) { intents.retrySlower() }
    private val stay = QuietPill(context, R.drawable.ic_check, context.getString(R.string.call_stay)) { intents.clientIsBack() }
    private val text = context.label(Type.BODY, R.color.on)
    private val quietText = context.label(Type.SMALL, R.color.on_var)
    private val note = CentreNote(context)

    init {
        setPadding(dp(16), dp(fit.stagePadding), dp(16), dp(fit.stagePadding))
        addView(symbols, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(4) })
        addView(hints, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        addView(retry, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        addView(stay, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(4) })
        addView(text, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(4) })
        addView(quietText, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(2) })
        addView(note, LayoutParams(LayoutParams.MATCH_PARENT, 0, 1f))
        retry.contentDescription = context.getString(R.string.call_retry_spoken)
    }

    override fun show(ui: CallUi) {
        val body = ui.body
        val code = (body as? Body.Sending)?.symbols ?: (body as? Body.BrokenOff)?.symbols
        symbols.showIf(!code.isNullOrEmpty())
        code?.let(symbols::show)
        val consultation = body as? Body.Consultation
        hints.showIf(consultation?.askRetry == false)
        retry.showIf(consultation?.askRetry == true)
        stay.showIf(consultation?.askRetry == true)
        val calm = context.calmText(body)
        val quiet = body is Body.Sending
        text.say(calm)
        text.showIf(calm != null && !quiet)
        quietText.say(calm)
        quietText.showIf(calm != null && quiet)
        note.show(lonely(body))
    }

    /** Stages with nothing to do: a sign in the middle instead of an empty screen. */
    private fun lonely(body: Body): CentreNote.Look? = when (body) {
        Body.Connecting -> CentreNote.Look(R.drawable.ic_call, context.getString(R.string.call_connecting), null)
        Body.Held -> CentreNote.Look(R.drawable.ic_pause, context.getString(R.string.call_held), context.getString(R.string.call_held_text))
        is Body.PostDial -> CentreNote.Look(
            R.drawable.ic_dialpad,
            context.getString(R.string.call_post_dial),
            context.getString(R.string.call_post_dial_text),
        )
        Body.Over -> CentreNote.Look(R.drawable.ic_call_end, context.getString(R.string.call_over), null)
        else -> null
    }

    private fun hints(): LinearLayout {
        val column = LinearLayout(context).apply { orientation = VERTICAL }
        if (!fit.hintCard) {
            column.addView(context.label(Type.SMALL, R.color.on_var).apply { setText(R.string.call_hint_one) })
            return column
        }
        column.background = context.shape(R.color.card, 20)
        column.setPadding(dp(16), dp(8), dp(16), dp(8))
        column.addView(hint(R.drawable.tone_long, R.string.call_hint_long))
        column.addView(hint(R.drawable.tone_voice, R.string.call_hint_voice))
        column.addView(hint(R.drawable.tone_short, R.string.call_hint_short))
        return column
    }

    private fun hint(glyph: Int, text: Int): LinearLayout = LinearLayout(context).apply {
        gravity = Gravity.CENTER_VERTICAL
        minimumHeight = dp(26)
        val image = ImageView(context).apply {
            setImageDrawable(context.getDrawable(glyph)!!.mutate().apply { setTint(context.getColor(R.color.primary)) })
        }
        addView(image, LayoutParams(dp(40), dp(16)).apply { marginEnd = dp(12) })
        addView(
            context.label(Type.SMALL, R.color.on).apply { setText(context.resources.getText(text)) },
            LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f),
        )
    }
}

/** A sign, a sentence and what follows from it, in the middle of an otherwise empty screen. Read aloud when it appears. */
class CentreNote(context: Context) : LinearLayout(context) {
    data class Look(val icon: Int, val title: String?, val text: String?)

    private val icon = ImageView(context).apply { scaleType = ImageView.ScaleType.CENTER }
    private val title = context.label(Type.HEAD, R.color.on, medium).apply { gravity = Gravity.CENTER }
    private val text = context.label(Type.BODY, R.color.on_var).apply { gravity = Gravity.CENTER }

    init {
        orientation = VERTICAL
        gravity = Gravity.CENTER
        setPadding(dp(24), dp(8), dp(24), dp(8))
        icon.background = context.shape(R.color.card, PILL)
        addView(icon, LayoutParams(dp(SIGN), dp(SIGN)).apply { bottomMargin = dp(16) })
        addView(title)
        addView(text, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(4) })
        accessibilityLiveRegion = ACCESSIBILITY_LIVE_REGION_POLITE
        isScreenReaderFocusable = true
    }

    fun show(look: Look?) {
        showIf(look != null)
        if (look == null) return
        icon.setImageDrawable(context.icon(look.icon, R.color.on_var, 32))
        title.say(look.title)
        title.showIf(look.title != null)
        text.say(look.text)
        text.showIf(look.text != null)
    }

    private companion object {
        const val SIGN = 72
    }
}

/** A quiet button of the middle: icon and text on a tonal pill. */
class QuietPill(context: Context, image: Int, title: String, press: () -> Unit) :
    IconTextButton(context, Type.SMALL, R.color.on_sec_cont, size = 20, gap = 8, height = 48) {
    init {
        setPadding(dp(14), dp(4), dp(16), dp(4))
        background = context.touchable(context.shape(R.color.sec_cont, PILL), R.color.on_sec_cont, PILL)
        say(image, title)
        contentDescription = title
        setOnClickListener { press() }
    }
}
