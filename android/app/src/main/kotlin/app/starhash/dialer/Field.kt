package app.starhash.dialer

import android.content.Context
import android.util.TypedValue
import android.view.View
import android.widget.EditText
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.MARGIN
import app.starhash.ui.Type
import app.starhash.ui.dp
import app.starhash.ui.label
import app.starhash.ui.outline
import app.starhash.ui.put
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf

private const val RADIUS = 20
private const val HEIGHT = 52

/** A field of a form: what it is, what is typed, and under it what is wrong with that. */
internal class Field(context: Context, id: Int, title: Int, type: Int) : LinearLayout(context) {
    private val input = EditText(context).apply {
        this.id = id
        inputType = type
        background = context.shape(R.color.card, RADIUS)
        minimumHeight = dp(HEIGHT)
        setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.BODY.size)
        setTextColor(context.getColor(R.color.on))
        setPadding(dp(MARGIN), 0, dp(MARGIN), 0)
    }
    private val complaint = context.label(Type.SMALL, R.color.end).apply {
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
        showIf(false)
    }

    init {
        orientation = VERTICAL
        val caption = context.label(Type.SMALL, R.color.on_var).apply {
            setText(title)
            labelFor = id
        }
        put(caption, side = 0)
        put(input, side = 0, top = 4)
        put(complaint, side = 0, top = 4)
    }

    var text: String
        get() = input.text.toString()
        set(value) = input.setText(value)

    /** In plain words; null when all is well. */
    var problem: String? = null
        set(value) {
            field = value
            complaint.say(value)
            complaint.showIf(value != null)
            input.background = if (value == null) context.shape(R.color.card, RADIUS) else context.outline(R.color.end, RADIUS, 2f)
        }

    fun focus() {
        input.requestFocus()
    }
}
