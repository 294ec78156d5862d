package app.starhash.dialer

import android.annotation.SuppressLint
import android.content.Context
import android.view.Gravity
import android.view.HapticFeedbackConstants
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.telecom.readable
import app.starhash.ui.PILL
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.outline
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable
import app.starhash.ui.unbroken

/** The big green button: always in the same place, always says what a tap does. [captions] is false where a huge font leaves no room. */
@SuppressLint("ViewConstructor")
internal class DialButtonView(context: Context, heightDp: Int, private val captions: Boolean, press: () -> Unit) : LinearLayout(context) {
    private val image = ImageView(context)
    /** Small enough that the longest title and a caption fit into its height: the keys above must not move. */
    private val title = context.label(Type.BODY, R.color.on_answer, medium)
    private val caption = context.label(Type.SMALL, R.color.on_answer)
    private var shown: DialButton? = null

    init {
        gravity = Gravity.CENTER_VERTICAL
        minimumHeight = dp(heightDp)
        setPadding(dp(SIDE), dp(4), dp(SIDE), dp(4))
        addView(image, LayoutParams(dp(ICON), dp(ICON)).apply { marginEnd = dp(GAP) })
        val texts = LinearLayout(context).apply { orientation = VERTICAL }
        texts.addView(title)
        texts.addView(caption)
        addView(texts, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        listOf(image, texts).forEach { it.importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS }
        isFocusable = true
        setOnClickListener {
            performHapticFeedback(HapticFeedbackConstants.CONFIRM)
            press()
        }
    }

    fun show(button: DialButton) {
        if (shown == button) return
        shown = button
        val words = context.words(button)
        val on = if (words.enabled) R.color.on_answer else R.color.outline
        background = if (words.enabled) context.touchable(context.shape(R.color.answer, PILL), on, PILL) else context.outline(R.color.outline, PILL)
        image.setImageDrawable(context.icon(words.icon, on, ICON))
        title.say(words.title)
        title.setTextColor(context.getColor(on))
        caption.say(words.caption)
        caption.showIf(words.caption != null && captions)
        describe(listOfNotNull(words.title, words.caption).joinToString(", "))
        isEnabled = words.enabled
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name

    private companion object {
        const val SIDE = 24
        const val ICON = 28
        const val GAP = 14
    }
}

private class ButtonWords(val title: String, val icon: Int = R.drawable.ic_call, val caption: String? = null, val enabled: Boolean = true)

private fun Context.words(button: DialButton): ButtonWords = when (button) {
    DialButton.Off -> ButtonWords(getString(R.string.app_call), enabled = false)
    DialButton.NoOutside -> ButtonWords(getString(R.string.dial_no_outside), enabled = false)
    is DialButton.Call -> ButtonWords(getString(R.string.app_call))
    is DialButton.Emergency -> ButtonWords(getString(R.string.dial_emergency))
    is DialButton.Request -> ButtonWords(getString(R.string.dial_request))
    is DialButton.CallColleague -> ButtonWords(getString(R.string.dial_call_colleague, button.name), caption = unbroken(readable(this, button.outside)))
    is DialButton.SendIntoCall -> ButtonWords(getString(R.string.dial_send), R.drawable.ic_phone_forwarded, button.target.name.ifEmpty { button.digits })
    DialButton.DeviceInfo -> ButtonWords(getString(R.string.dial_device_info), R.drawable.ic_info)
    is DialButton.SecretCode -> ButtonWords(getString(R.string.dial_secret), R.drawable.ic_settings)
    is DialButton.SimContact -> ButtonWords(getString(R.string.dial_sim_contact, button.place), R.drawable.ic_sim_card)
}
