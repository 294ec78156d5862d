package app.starhash.dialer

import android.annotation.SuppressLint
import android.app.Activity
import android.content.ActivityNotFoundException
import android.net.Uri
import android.os.Bundle
import android.view.View
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.core.Core
import app.starhash.core.CoreHost
import app.starhash.core.EmptyNumber
import app.starhash.core.ForbiddenSymbol
import app.starhash.core.NoDigits
import app.starhash.telecom.callable
import app.starhash.ui.GAP
import app.starhash.ui.MARGIN
import app.starhash.ui.Type
import app.starhash.ui.dp
import app.starhash.ui.isNumber
import app.starhash.ui.label
import app.starhash.ui.outline
import app.starhash.ui.put
import app.starhash.ui.quietButton
import app.starhash.ui.showIf
import app.starhash.ui.touchable

private const val RADIUS = 24
private const val OUTCOME = "picked"
private const val READING = "reading"
private const val TRAILS = "trails"

/** What became of a contact that was picked, in words. */
private enum class Outcome(val words: Int) {
    TAKEN(R.string.app_picked),
    NAMELESS(R.string.app_picked_nameless),
    EXTENSION(R.string.app_picked_extension),
    TO_CORRECT(R.string.app_picked_to_correct),
    CODE(R.string.app_picked_code),
    NO_NUMBER(R.string.app_picked_no_number),
    UNREADABLE(R.string.app_picked_unreadable),
    NO_PICKER(R.string.app_picked_nowhere),
    NO_CORE(R.string.app_core_missing_text),
}

/**
 * Fills a form from the phone's contacts: the button, under it what became of the contact, and the way back to what stood in
 * the fields before. A contact that does not fit changes nothing.
 */
@SuppressLint("ViewConstructor")
internal class ContactPick(
    private val activity: Activity,
    private val core: CoreHost,
    private val name: Field,
    private val number: Field,
    private val outside: Field,
) : LinearLayout(activity) {
    private val words = context.label(Type.BODY, R.color.on).apply { accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE }
    private val wayBack = context.quietButton(R.string.app_picked_undo, R.color.primary, ::undo)
    private val fields = listOf(name, number, outside)

    private var outcome: Outcome? = null

    /** The row that is being read. */
    private var reading: Uri? = null

    /** Nothing has been picked yet, or it was taken back. */
    val isIdle: Boolean get() = outcome == null && reading == null

    init {
        orientation = VERTICAL
        val button = context.quietButton(R.string.app_from_contacts, R.color.primary, ::start)
        button.background = context.touchable(context.outline(R.color.outline, RADIUS), R.color.primary, RADIUS)
        button.setPadding(dp(MARGIN), dp(GAP), dp(MARGIN), dp(GAP))
        put(button, side = 0)
        put(words, side = 0, top = GAP)
        put(wayBack, side = 0)
        show(null)
    }

    /** Goes to the phone's contacts; the activity hears of the answer as of [REQUEST]. */
    fun start() {
        try {
            @Suppress("DEPRECATION") // its successor is in a library we do without
            activity.startActivityForResult(pickNumber(), REQUEST)
        } catch (_: ActivityNotFoundException) {
            show(Outcome.NO_PICKER)
        } catch (_: SecurityException) {
            show(Outcome.NO_PICKER)
        }
    }

    /** [row] is what the contacts app answered; null when it answered with nothing. */
    fun picked(row: Uri?) {
        show(null)
        reading = row
        if (row == null) return show(Outcome.UNREADABLE)
        // The system may have ended the app behind the contacts: what a number is, the core knows only once it is loaded again.
        core.whenLoaded {
            activity.readContact(row) { contact ->
                // Another one may have been picked meanwhile.
                if (reading === row) {
                    reading = null
                    show(if (contact == null) Outcome.UNREADABLE else take(contact))
                }
            }
        }
    }

    private fun take(contact: Contact): Outcome {
        if (core.state is Core.Missing) return Outcome.NO_CORE
        when (val problem = core.check(contact.number).problem) {
            is EmptyNumber, is NoDigits -> return Outcome.NO_NUMBER
            is ForbiddenSymbol -> if (problem.symbol == "*" || problem.symbol == "#") return Outcome.CODE
            null -> if (!core.isOutside(contact.number)) return fill(contact, number, Outcome.EXTENSION)
            else -> {}
        }
        if (core.canCall(contact.number)) return fill(contact, outside, Outcome.TAKEN)
        return fill(contact, outside, Outcome.TO_CORRECT).also {
            outside.problem = context.getString(R.string.app_problem_outside)
            outside.focus()
        }
    }

    private fun fill(contact: Contact, field: Field, outcome: Outcome): Outcome {
        // Contacts shows the number where there is no name.
        val named = contact.name.isNotEmpty() && !isNumber(contact.name)
        if (named) name.take(contact.name)
        field.take(contact.number)
        return if (named || outcome != Outcome.TAKEN) outcome else Outcome.NAMELESS
    }

    private fun undo() {
        fields.forEach(Field::giveBack)
        show(null)
    }

    private fun show(next: Outcome?) {
        outcome = next
        next?.let { words.setText(it.words) }
        words.showIf(next != null)
        wayBack.showIf(next != null && fields.any { it.hasReplaced })
    }

    fun save(state: Bundle) {
        state.putString(OUTCOME, outcome?.name)
        state.putString(READING, reading?.toString())
        fields.forEachIndexed { i, field -> state.putStringArray(TRAILS + i, field.trail) }
    }

    /** After the fields have their texts again. */
    fun restore(state: Bundle) {
        fields.forEachIndexed { i, field -> field.trail = state.getStringArray(TRAILS + i) }
        show(Outcome.entries.find { it.name == state.getString(OUTCOME) })
        // The picked row stays open to this activity, whichever instance of it reads.
        state.getString(READING)?.let { picked(Uri.parse(it)) }
    }

    companion object {
        const val REQUEST = 1
    }
}

/** Whether [written] can be called without the PBX. */
internal fun CoreHost.canCall(written: String): Boolean = callable(written) != null && isOutside(written)
