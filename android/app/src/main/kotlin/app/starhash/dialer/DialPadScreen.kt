package app.starhash.dialer

import android.annotation.SuppressLint
import android.content.Context
import android.content.res.Configuration
import android.os.SystemClock
import android.text.TextUtils
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.MATCH_PARENT
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.FrameLayout
import android.widget.LinearLayout
import android.widget.ScrollView
import app.starhash.R
import app.starhash.incall.Talk
import app.starhash.ui.GAP
import app.starhash.ui.Guarded
import app.starhash.ui.IconButton
import app.starhash.ui.KeyGrid
import app.starhash.ui.MARGIN
import app.starhash.ui.Type
import app.starhash.ui.TypingKey
import app.starhash.ui.bigButton
import app.starhash.ui.column
import app.starhash.ui.dp
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.page
import app.starhash.ui.put
import app.starhash.ui.quietButton
import app.starhash.ui.say
import app.starhash.ui.showIf

/** What a button of a card, of the menu or under the pad decides. */
internal sealed interface Decision {
    data object AskAsIs : Decision
    data object AsIs : Decision
    data object No : Decision
    data object Other : Decision
    data object EmergencyLike : Decision
    data object AskSim : Decision
    data class Sim(val at: Int) : Decision
    data object Keypad : Decision
    data object ToCall : Decision
    data object AddCall : Decision
}

/** Letters as the keys of Russian phones bear them, and the Latin ones (ITU-T E.161). */
private val LETTERS = mapOf(
    '2' to listOf("АБВ", "ABC"), '3' to listOf("ГДЕ", "DEF"), '4' to listOf("ЖЗИ", "GHI"), '5' to listOf("ЙКЛ", "JKL"),
    '6' to listOf("МНО", "MNO"), '7' to listOf("ПРС", "PQRS"), '8' to listOf("ТУФ", "TUV"), '9' to listOf("ХЦЧ", "WXYZ"),
)

/** Draws a [DialUi]. Number and keys never move: what is to be understood or decided appears above them, in room kept for it. */
@SuppressLint("ViewConstructor")
internal class DialPadScreen(
    context: Context,
    typed: (String, byKey: Boolean) -> Unit,
    press: () -> Unit,
    private val decide: (Decision) -> Unit,
) : FrameLayout(context) {
    private val config: Configuration = resources.configuration
    private val landscape = config.screenWidthDp > config.screenHeightDp
    private val low = config.screenHeightDp < LOW
    private val huge = config.fontScale >= HUGE

    private val number = NumberView(context, typed)
    private val line = context.label(Type.SMALL, R.color.on_var).apply {
        gravity = Gravity.CENTER
        maxLines = 1
        ellipsize = TextUtils.TruncateAt.END
        accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE
    }
    private val erase = IconButton(context, R.drawable.ic_backspace, R.string.call_erase, R.color.on_var) { number.erase() }
    /** Read aloud when it comes: what was typed is not what somebody thinks. */
    private val card = Guarded(context).apply { accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE }
    private val cards = ScrollView(context).apply { addView(card) }
    private val button = DialButtonView(context, if (low) TALL_BUTTON else BUTTON, captions = !huge, press)
    private val sim = context.quietButton(R.string.dial_sim, R.color.primary) { decide(Decision.AskSim) }
    private val press = Guarded(context).apply { put(button, side = 0) }
    private lateinit var keys: View
    private val pad = pad()
    private val menu = context.column().apply { gravity = Gravity.BOTTOM }
    private var shown = DialUi()
    private var shownTyped = ""

    init {
        erase.setOnLongClickListener {
            number.say("")
            true
        }
        addView(context.page(pad), LayoutParams(MATCH_PARENT, MATCH_PARENT))
        addView(context.page(menu), LayoutParams(MATCH_PARENT, MATCH_PARENT))
        number.requestFocus()
        show(DialUi())
    }

    private fun pad(): View = LinearLayout(context).apply {
        orientation = if (landscape) LinearLayout.HORIZONTAL else LinearLayout.VERTICAL
        gravity = if (landscape) Gravity.BOTTOM else Gravity.NO_GRAVITY
        val above = if (landscape) context.column() else this
        val below = if (landscape) context.column() else this
        if (landscape) {
            put(above, width = 0, height = MATCH_PARENT, side = 0, weight = 1f)
            put(below, width = 0, side = 0, weight = 1f)
        }
        above.put(cards, height = 0, top = GAP, weight = 1f)
        above.put(numberRow(), top = GAP)
        above.put(line, top = 0)
        line.minimumHeight = dp(if (low) 20 else 28)
        val keys = "123456789*0#".map { key -> TypingKey(context, key, letters(key)) { number.press(it) }.also { more(it, key) } }
        this@DialPadScreen.keys = KeyGrid(context, keys, if (low) LOW_KEY else KEY)
        below.put(this@DialPadScreen.keys, top = if (low) 4 else GAP)
        below.put(press, top = if (low) GAP else 12)
        (if (landscape) above else below).put(sim, width = WRAP_CONTENT, top = 4)
        (sim.layoutParams as LinearLayout.LayoutParams).gravity = Gravity.CENTER_HORIZONTAL
        below.put(View(context), height = dp(GAP))
    }

    /** Those of the language one reads come first. */
    private fun letters(key: Char): String {
        if (key == '0') return "+"
        val both = LETTERS[key].orEmpty()
        return (if (config.locales[0].language == "ru") both else both.reversed()).joinToString(" ")
    }

    /** A long press on 0 is a plus, as on every phone. */
    private fun more(view: View, key: Char) {
        if (key == '0') view.setOnLongClickListener {
            number.press('+')
            true
        }
    }

    /** As wide on the left as the key that erases is on the right: the number stands in the middle. */
    private fun numberRow() = LinearLayout(context).apply {
        gravity = Gravity.CENTER_VERTICAL
        put(View(context), dp(ERASE), 1, side = 0)
        put(number, width = 0, side = 0, weight = 1f)
        put(erase, dp(ERASE), dp(ERASE), side = 0)
    }

    fun type(number: String) = this.number.say(number)

    fun show(ui: DialUi) {
        pad.showIf(ui.menu == null)
        menu.showIf(ui.menu != null)
        ui.menu?.let { if (it != shown.menu) showMenu(it) }
        line.say(ui.line?.let { context.text(it, short = huge) }.orEmpty())
        guard(ui)
        if (ui.card != shown.card) showCard(ui.card)
        erase.visibility = if (number.text.isEmpty()) INVISIBLE else VISIBLE
        button.show(ui.button)
        // Where there is room for no more than the keys, what has to be understood goes first, and what is asked before the keys.
        val scarce = (low || huge) && !landscape && ui.card != null
        // A code that ends with a sign is typed to its end: nothing is taken away from a number that still grows.
        keys.showIf(!(scarce && (ui.card.asks || number.text.lastOrNull()?.isDigit() == false)))
        line.showIf(!(scarce && low && huge))
        // It keeps its room where the SIM does not matter: the keys must not move.
        sim.visibility = if (ui.sim == null || scarce && low && huge) GONE else if (ui.button is DialButton.Emergency) INVISIBLE else VISIBLE
        sim.say(ui.sim?.name?.let { context.getString(R.string.dial_sim_change, it) } ?: context.getString(R.string.dial_sim))
        shown = ui
        shownTyped = number.text.toString()
    }

    /** What changes under a finger by something else than typing is not for the second tap of a double tap. */
    private fun guard(ui: DialUi) {
        if (number.text.toString() != shownTyped) return
        val until = SystemClock.uptimeMillis() + GUARD_MS
        if (shown.card != null && ui.card != shown.card) card.shutUntil(until)
        val acted = shown.button != DialButton.Off && shown.button != DialButton.NoOutside
        if (acted && ui.button.javaClass != shown.button.javaClass && ui.button !is DialButton.Emergency) press.shutUntil(until)
    }

    private fun showCard(next: DialCard?) {
        card.removeAllViews()
        if (next != null) card.put(context.card(next, decide), side = 0)
        cards.scrollTo(0, 0)
    }

    private fun showMenu(talk: Talk) {
        fun entry(text: Int, icon: Int, decision: Decision, first: Boolean = false) = menu.put(
            context.bigButton(text, icon, if (first) R.color.primary else R.color.card, if (first) R.color.on_primary else R.color.on) { decide(decision) },
            top = GAP,
        )
        menu.removeAllViews()
        menu.put(View(context), height = 0, weight = 1f)
        val title = context.label(Type.TITLE, R.color.on, medium).apply { isAccessibilityHeading = true }
        title.setText(if (talk == Talk.RINGING) R.string.call_incoming else R.string.dial_menu)
        menu.put(title, top = GAP)
        if (talk == Talk.RINGING || talk == Talk.BUSY) {
            entry(R.string.dial_menu_open, R.drawable.ic_call, Decision.ToCall, first = true)
        } else {
            entry(R.string.dial_menu_keypad, R.drawable.ic_dialpad, Decision.Keypad)
            if (talk == Talk.CLIENT) entry(R.string.dial_menu_transfer, R.drawable.ic_phone_forwarded, Decision.ToCall, first = true)
            if (talk.takesAnotherCall) entry(R.string.dial_menu_add, R.drawable.ic_call, Decision.AddCall)
        }
        menu.put(View(context), height = dp(MARGIN))
    }

    private companion object {
        const val LOW = 640
        const val HUGE = 1.5f

        /** As on the call screen. */
        const val GUARD_MS = 400L
        const val KEY = 60
        const val LOW_KEY = 48
        const val ERASE = 48
        const val BUTTON = 64

        /** A low window is a narrow one: titles take two lines there. */
        const val TALL_BUTTON = 72
    }
}
