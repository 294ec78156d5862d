package app.starhash.incall

import android.content.Context
import android.view.Gravity
import android.view.ViewGroup
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.Space
import app.starhash.R
import app.starhash.ui.Avatar
import app.starhash.ui.PILL
import app.starhash.ui.TABULAR
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.isNumber
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable
import app.starhash.ui.unbroken

/** Who calls, and the two answers. Needs nothing but the snapshot: it is complete before the core is loaded. */
class RingingView(context: Context, private val fit: Fit, intents: CallIntents) : LinearLayout(context) {
    private val incoming = context.label(Type.SMALL, R.color.on_var, medium)
    private val sim = context.label(Type.SMALL, R.color.on, medium)
    private val simChip = LinearLayout(context)
    private val returned = Card(context, R.drawable.ic_replay, R.color.ter_cont, R.color.on_ter_cont, R.color.on_ter_cont, R.color.on_ter_cont)
    private val avatar = if (fit.tileAvatars) Avatar(context, AVATAR, Type.DISPLAY) else Avatar(context, SMALL_AVATAR, Type.HEAD)
    private val name = context.label(if (fit.tileAvatars) Type.DISPLAY else Type.TITLE, R.color.on).apply { gravity = Gravity.CENTER }
    private val number = context.label(Type.HEAD, R.color.on_var).apply {
        gravity = Gravity.CENTER
        fontFeatureSettings = TABULAR
    }
    private val forwarded = Card(context, R.drawable.ic_phone_forwarded, R.color.card, R.color.primary, R.color.on, R.color.on_var)
    private val person = LinearLayout(context).apply { orientation = VERTICAL }

    init {
        orientation = if (fit.landscape) HORIZONTAL else VERTICAL
        person.gravity = Gravity.CENTER_HORIZONTAL
        person.setPadding(dp(24), dp(12), dp(24), dp(8))
        person.addView(topRow())
        person.addView(returned, wide(16))
        val size = if (fit.tileAvatars) AVATAR else SMALL_AVATAR
        // A third of the free room above, the rest below: the eye rests above the middle.
        person.addView(Space(context), LayoutParams(0, 0, 1f))
        person.addView(avatar, LayoutParams(dp(size), dp(size)).apply { topMargin = dp(if (fit.tileAvatars) 16 else 8) })
        person.addView(name, wide(if (fit.tileAvatars) 24 else 8))
        person.addView(number, wide(6))
        person.addView(forwarded, wide(if (fit.tileAvatars) 32 else 12))
        person.addView(Space(context), LayoutParams(0, 0, 2f))
        val scroll = ScrollView(context).apply {
            isFillViewport = true
            addView(person, ViewGroup.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT))
        }
        val answers = answers(intents)
        if (fit.landscape) {
            addView(scroll, LayoutParams(0, LayoutParams.MATCH_PARENT, 0.55f))
            addView(answers, LayoutParams(0, LayoutParams.WRAP_CONTENT, 0.45f).apply { gravity = Gravity.BOTTOM })
        } else {
            addView(scroll, LayoutParams(LayoutParams.MATCH_PARENT, 0, 1f))
            addView(answers, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        }
    }

    private fun wide(top: Int) = LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(top) }

    private fun topRow() = LinearLayout(context).apply {
        gravity = Gravity.CENTER
        minimumHeight = dp(32)
        incoming.setText(R.string.call_incoming)
        incoming.accessibilityLiveRegion = ACCESSIBILITY_LIVE_REGION_POLITE
        addView(incoming)
        simChip.gravity = Gravity.CENTER_VERTICAL
        simChip.setPadding(dp(12), 0, dp(12), 0)
        simChip.minimumHeight = dp(32)
        simChip.background = context.shape(R.color.card, PILL)
        val card = ImageView(context).apply { setImageDrawable(context.icon(R.drawable.ic_sim_card, R.color.on, 16)) }
        simChip.addView(card, LayoutParams(dp(16), dp(16)).apply { marginEnd = dp(6) })
        sim.maxLines = 1
        simChip.addView(sim)
        addView(simChip, LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT).apply { marginStart = dp(8) })
    }

    private fun answers(intents: CallIntents) = LinearLayout(context).apply {
        setPadding(dp(16), dp(8), dp(16), dp(if (fit.landscape) 16 else 20))
        val height = if (fit.tileAvatars) ANSWER else LOW_ANSWER
        val decline = Answer(context, R.drawable.ic_call_end, R.string.call_decline, R.color.end, R.color.on_end, fit.ringingIcon) { intents.decline() }
        val answer = Answer(context, R.drawable.ic_call, R.string.call_answer, R.color.answer, R.color.on_answer, fit.ringingIcon) { intents.answer() }
        addView(decline, LayoutParams(0, LayoutParams.MATCH_PARENT, 1f))
        addView(answer, LayoutParams(0, LayoutParams.MATCH_PARENT, 1f).apply { marginStart = dp(16) })
        listOf(decline, answer).forEach { it.minimumHeight = dp(height) }
    }

    fun show(ui: CallUi) {
        val body = ui.body as? Body.Ringing ?: return
        val header = ui.header
        name.say(if (isNumber(header.name)) unbroken(header.name) else header.name)
        avatar.show(header.name)
        number.say(header.number?.let(::unbroken))
        number.showIf(header.number != null)
        sim.say(header.sim)
        simChip.showIf(header.sim != null && !fit.shortLabels)
        returned.showIf(body.returned != null)
        body.returned?.let {
            val seconds = it.seconds.toInt()
            val whenAndWho = resources.getQuantityString(R.plurals.call_returned_when, seconds, seconds, it.colleague)
            returned.show(context.getString(R.string.call_returned), whenAndWho)
        }
        forwarded.showIf(body.forwardedFrom != null)
        body.forwardedFrom?.let {
            forwarded.show(context.getString(R.string.call_forwarded_from, unbroken(it)), context.getString(R.string.call_forwarded_hint))
        }
        incoming.describe(
            listOfNotNull(
                context.getString(R.string.call_incoming_spoken, if (isNumber(header.name)) context.speltNumber(header.name) else header.name),
                context.getString(R.string.call_returned).takeIf { body.returned != null },
                body.forwardedFrom?.let { context.getString(R.string.call_forwarded_spoken, context.speltNumber(it)) },
            ).joinToString(", "),
        )
    }

    private companion object {
        const val AVATAR = 104
        const val SMALL_AVATAR = 56
        const val ANSWER = 104
        const val LOW_ANSWER = 72
    }
}

/** An icon, a bold line and a quiet one on a card. */
private class Card(context: Context, image: Int, fill: Int, iconColor: Int, titleColor: Int, textColor: Int) : LinearLayout(context) {
    private val title = context.label(Type.BODY, titleColor, medium)
    private val text = context.label(Type.SMALL, textColor)

    init {
        gravity = Gravity.CENTER_VERTICAL
        setPadding(dp(16), dp(14), dp(16), dp(14))
        background = context.shape(fill, 24)
        val icon = ImageView(context).apply { setImageDrawable(context.icon(image, iconColor, 24)) }
        addView(icon, LayoutParams(dp(24), dp(24)).apply { marginEnd = dp(12) })
        val texts = LinearLayout(context).apply { orientation = VERTICAL }
        texts.addView(title)
        texts.addView(text, LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT).apply { topMargin = dp(2) })
        addView(texts, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        isScreenReaderFocusable = true
    }

    fun show(what: String, more: String) {
        title.say(what)
        text.say(more)
    }
}

/** Answer or decline. */
private class Answer(context: Context, image: Int, name: Int, fill: Int, on: Int, size: Int, press: () -> Unit) : LinearLayout(context) {
    init {
        orientation = VERTICAL
        gravity = Gravity.CENTER
        setPadding(dp(4), dp(6), dp(4), dp(6))
        background = context.touchable(context.shape(fill, RADIUS), on, RADIUS)
        val icon = ImageView(context).apply { setImageDrawable(context.icon(image, on, size)) }
        addView(icon, LayoutParams(dp(size), dp(size)).apply { bottomMargin = dp(2) })
        addView(context.label(Type.HEAD, on, medium).apply { setText(name); gravity = Gravity.CENTER })
        describe(context.getString(name))
        isFocusable = true
        setOnClickListener { press() }
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name

    private companion object {
        const val RADIUS = 36
    }
}
