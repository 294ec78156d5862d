package app.starhash.dialer

import android.content.Context
import android.view.Gravity
import android.view.View
import android.view.ViewGroup
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.BaseAdapter
import android.widget.FrameLayout
import android.widget.ImageView
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.core.Colleague
import app.starhash.ui.Avatar
import app.starhash.ui.GAP
import app.starhash.ui.MARGIN
import app.starhash.ui.TABULAR
import app.starhash.ui.Type
import app.starhash.ui.column
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.put
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable
import app.starhash.ui.unbroken

private const val RADIUS = 20
private const val AVATAR = 44
private const val PIN = 18
private const val PADDING = 12

/** The colleagues as rows, best first. */
internal class ColleagueList(private val context: Context) : BaseAdapter() {
    var colleagues = emptyList<Colleague>()
        set(value) {
            field = value
            notifyDataSetChanged()
        }

    override fun getCount() = colleagues.size
    override fun getItem(position: Int) = colleagues[position]
    override fun getItemId(position: Int) = colleagues[position].id.toLong()

    override fun getView(position: Int, old: View?, parent: ViewGroup): View =
        (old as? ColleagueRow ?: ColleagueRow(context)).apply { show(colleagues[position]) }
}

private class ColleagueRow(context: Context) : FrameLayout(context) {
    private val avatar = Avatar(context, AVATAR, Type.BODY)
    private val name = context.label(Type.BODY, R.color.on, medium)
    private val department = context.label(Type.SMALL, R.color.on_var)
    private val pin = ImageView(context).apply { setImageDrawable(context.icon(R.drawable.ic_push_pin, R.color.on_var, PIN)) }
    private val number = context.label(Type.HEAD, R.color.on_var).apply { fontFeatureSettings = TABULAR }

    init {
        val row = LinearLayout(context).apply {
            gravity = Gravity.CENTER_VERTICAL
            background = context.touchable(context.shape(R.color.card, RADIUS), R.color.on, RADIUS)
            setPadding(dp(PADDING), dp(PADDING), dp(MARGIN), dp(PADDING))
        }
        val words = context.column().apply {
            put(name, side = 0)
            put(department, side = 0)
        }
        row.put(avatar, dp(AVATAR), dp(AVATAR), side = 0)
        row.put(words, 0, side = PADDING, weight = 1f)
        row.put(pin, dp(PIN), dp(PIN), side = 4)
        row.put(number, WRAP_CONTENT, side = 0)
        addView(row)
        setPadding(dp(MARGIN), 0, dp(MARGIN), dp(GAP))
    }

    fun show(colleague: Colleague) {
        avatar.show(colleague.name)
        name.say(colleague.name)
        department.say(colleague.department)
        department.showIf(colleague.department.isNotEmpty())
        pin.showIf(colleague.pinned)
        number.say(unbroken(colleague.number))
        // An extension is read digit by digit.
        val spoken = colleague.number.toList().joinToString(" ")
        describe(listOf(colleague.name, colleague.department, spoken).filter(String::isNotEmpty).joinToString(", "))
    }
}
