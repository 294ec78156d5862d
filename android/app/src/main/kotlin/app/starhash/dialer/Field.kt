package app.starhash.dialer

import android.content.Context
import android.util.TypedValue
import android.view.View
import android.widget.EditText
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.MARGIN
import app.starhash.ui.Type
import app.starhash.ui.bringIntoSight
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
    private val complaint = context.label(Type.SMALL, R.color.on_end_cont).apply {
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

    /** What [take] has put here, and what stood here before. */
    private var taken: String? = null
    private var before: String? = null

    /** Whether [giveBack] would bring back something that was written here. */
    val hasReplaced: Boolean get() = text == taken && !before.isNullOrBlank()

    /** [taken] and before, for keeping over a rotation. */
    var trail: Array<String?>
        get() = arrayOf(taken, before)
        set(value) {
            taken = value[0]
            before = value[1]
        }

    /** Puts [value] in the place of what is written here; that stays at hand, however often something is taken. */
    fun take(value: String) {
        problem = null
        if (value == text) return
        if (text != taken) before = text
        taken = value
        text = value
        input.setSelection(text.length)
    }

    /** Puts back what [take] replaced, unless what it put here has been changed by hand since. */
    fun giveBack() {
        if (text == taken) {
            text = before.orEmpty()
            problem = null
        }
        taken = null
        before = null
    }

    /** In plain words; null when all is well. */
    var problem: String? = null
        set(value) {
            field = value
            complaint.say(value)
            complaint.showIf(value != null)
            input.background = if (value == null) context.shape(R.color.card, RADIUS) else context.outline(R.color.end, RADIUS, 2f)
        }

    /** To be corrected: with what is wrong, which stands below, in sight. */
    fun focus() {
        input.requestFocus()
        bringIntoSight()
    }
}
