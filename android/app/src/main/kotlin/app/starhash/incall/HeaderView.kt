package app.starhash.incall

import android.content.Context
import android.text.TextUtils
import android.view.Gravity
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.Avatar
import app.starhash.ui.TABULAR
import app.starhash.ui.Type
import app.starhash.ui.dp
import app.starhash.ui.isNumber
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.say
import app.starhash.ui.showIf
import app.starhash.ui.unbroken

/** Always the client: who, number, how long. One node for a screen reader; the timer is not live. */
class HeaderView(context: Context) : LinearLayout(context) {
    private val avatar = Avatar(context, 48, Type.BODY)
    private val name = context.label(Type.HEAD, R.color.on, medium)
    private val number = context.label(Type.SMALL, R.color.on_var)
    private val timer = context.label(Type.HEAD, R.color.on, medium).apply { maxLines = 1 }
    private val sim = context.label(Type.LABEL, R.color.on_var)
    private var header: Header? = null
    private var seconds: Long? = null

    init {
        gravity = Gravity.CENTER_VERTICAL
        setPadding(dp(16), 0, dp(16), 0)
        timer.fontFeatureSettings = TABULAR
        number.fontFeatureSettings = TABULAR
        sim.ellipsize = TextUtils.TruncateAt.END
        sim.maxLines = 1
        addView(avatar, LayoutParams(dp(48), dp(48)).apply { marginEnd = dp(12) })
        addView(column(Gravity.START).apply { addView(name); addView(number) }, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        addView(
            column(Gravity.END).apply { addView(timer, wrap()); addView(sim, wrap()) },
            LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT).apply { marginStart = dp(8) },
        )
        isScreenReaderFocusable = true
    }

    private fun wrap() = LayoutParams(LayoutParams.WRAP_CONTENT, LayoutParams.WRAP_CONTENT)

    private fun column(side: Int) = LinearLayout(context).apply {
        orientation = VERTICAL
        gravity = side
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS
    }

    fun show(next: Header, now: Long, fit: Fit) {
        header = next
        seconds = next.ended?.seconds ?: next.talkingSince?.let { (now - it) / 1000 }
        avatar.show(next.name)
        avatar.showIf(fit.headerAvatar)
        name.say(if (isNumber(next.name)) unbroken(next.name) else next.name)
        number.say(next.number?.let(::unbroken))
        number.showIf(next.number != null && fit.headerNumber)
        timer.say(seconds?.let { clock(it, wide = true) })
        timer.showIf(seconds != null)
        val below = next.ended?.let { context.getString(if (it.dropped) R.string.call_dropped else R.string.call_ended) }
            ?: next.sim?.takeIf { fit.headerAvatar }
        // A SIM may have a long name of the user's; how the call ended is never cut.
        sim.maxWidth = if (next.ended == null) dp(96) else Int.MAX_VALUE
        sim.say(below)
        sim.showIf(below != null)
    }

    /** Made when it is asked for, so that the running timer announces nothing by itself. */
    override fun getContentDescription(): CharSequence? = header?.let { client ->
        listOfNotNull(
            client.name.let { if (isNumber(it)) context.speltNumber(it) else it },
            client.number?.let(context::speltNumber),
            seconds?.let { context.getString(R.string.call_lasts_spoken, context.spokenTime(it)) },
            client.ended?.let { context.getString(if (it.dropped) R.string.call_dropped else R.string.call_ended) },
            client.sim,
        ).joinToString(", ")
    }
}

/** "плюс 7 945 210 48 36" */
fun Context.speltNumber(number: String): String =
    number.replace("+", "${getString(R.string.call_plus_spoken)} ").replace(Regex("[-\u2011()\u00A0]"), " ").replace(Regex(" +"), " ").trim()

/** "2 минуты 14 секунд" */
fun Context.spokenTime(seconds: Long): String {
    val minutes = (seconds / 60).toInt()
    val rest = (seconds % 60).toInt()
    return listOfNotNull(
        resources.getQuantityString(R.plurals.call_minutes, minutes, minutes).takeIf { minutes > 0 },
        resources.getQuantityString(R.plurals.call_seconds, rest, rest).takeIf { rest > 0 || minutes == 0 },
    ).joinToString(" ")
}
