package app.starhash.dialer

import android.annotation.SuppressLint
import android.content.Context
import android.text.Editable
import android.text.InputFilter
import android.text.InputType
import android.text.TextPaint
import android.text.TextWatcher
import android.util.TypedValue
import android.view.Gravity
import android.view.KeyEvent
import android.widget.EditText
import app.starhash.R
import app.starhash.telecom.country
import app.starhash.telecom.dialable
import app.starhash.ui.TABULAR
import app.starhash.ui.Type
import app.starhash.ui.dp
import app.starhash.ui.dpf
import app.starhash.ui.regular
import kotlin.math.floor

/**
 * The number as it is typed: a text field without a keyboard of its own, so that cursor, selection, copying and pasting are the
 * system's. Spaced for reading while it grows; [changed] is told what of it is dialled, and whether a key of the pad wrote it.
 */
@SuppressLint("ViewConstructor", "AppCompatCustomView")
internal class NumberView(context: Context, private val changed: (String, byKey: Boolean) -> Unit) : EditText(context) {
    private var byKey = false

    /** A large figure is a sign as those on the keys are, and does not grow with the font. */
    private val large = dpf(Type.DISPLAY.size)

    init {
        id = R.id.dial_number
        background = null
        gravity = Gravity.CENTER
        inputType = InputType.TYPE_CLASS_PHONE
        setSingleLine()
        showSoftInputOnFocus = false
        includeFontPadding = false
        setPadding(0, 0, 0, 0)
        minimumHeight = dp(HEIGHT)
        typeface = regular
        fontFeatureSettings = TABULAR
        setTextColor(context.getColor(R.color.on))
        setHintTextColor(context.getColor(R.color.on_var))
        setHint(R.string.dial_hint)
        filters = arrayOf(InputFilter.LengthFilter(LONGEST), InputFilter { source, start, end, _, _, _ -> dialable(source.subSequence(start, end), separators = true) })
        addTextChangedListener(spacing())
        addTextChangedListener(object : TextWatcher {
            override fun beforeTextChanged(text: CharSequence?, start: Int, count: Int, after: Int) = Unit
            override fun onTextChanged(text: CharSequence?, start: Int, before: Int, count: Int) = Unit
            override fun afterTextChanged(text: Editable) {
                fit()
                changed(dialable(text), byKey)
            }
        })
        fit()
    }

    /** Deprecated for apps that bring libphonenumber along, which is as large as this app; the phone's own spaces as well. */
    @Suppress("DEPRECATION")
    private fun spacing(): TextWatcher = android.telephony.PhoneNumberFormattingTextWatcher(country(context))

    /** Everything anew, as another app or a SIM has it. */
    fun say(number: String) {
        setText(number)
        setSelection(text.length)
    }

    fun press(key: Char) {
        byKey = true
        val from = selectionStart.coerceAtLeast(0)
        text.replace(from, selectionEnd.coerceAtLeast(from), key.toString())
        byKey = false
    }

    /** As a keyboard would: what is selected, else the sign before the cursor. */
    fun erase() {
        dispatchKeyEvent(KeyEvent(KeyEvent.ACTION_DOWN, KeyEvent.KEYCODE_DEL))
        dispatchKeyEvent(KeyEvent(KeyEvent.ACTION_UP, KeyEvent.KEYCODE_DEL))
    }

    override fun onSizeChanged(w: Int, h: Int, oldw: Int, oldh: Int) {
        super.onSizeChanged(w, h, oldw, oldh)
        fit()
    }

    /** A long number is set smaller; a still longer one is scrolled. */
    private fun fit() {
        // Nothing but the hint: a cursor in its middle would strike it out.
        isCursorVisible = text.isNotEmpty()
        val wide = TextPaint(paint).apply { textSize = large }.measureText(text.toString())
        val next = when {
            text.isEmpty() -> dpf(Type.HEAD.size)
            // Whole pixels, downwards: widths do not scale quite linearly.
            width in 1 until wide.toInt() -> floor(large * width / wide * MARGIN).coerceAtLeast(large * SMALLEST)
            else -> large
        }
        if (next != textSize) setTextSize(TypedValue.COMPLEX_UNIT_PX, next)
    }

    private companion object {
        const val HEIGHT = 52
        const val SMALLEST = 0.5f
        const val LONGEST = 200
        const val MARGIN = 0.98f
    }
}
