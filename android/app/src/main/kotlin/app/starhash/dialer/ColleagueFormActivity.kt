package app.starhash.dialer

import android.app.Activity
import android.content.Context
import android.content.Intent
import android.os.Bundle
import android.text.InputType
import android.util.TypedValue
import android.view.View
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.Switch
import app.starhash.App
import app.starhash.R
import app.starhash.core.Colleague
import app.starhash.core.EmptyNumber
import app.starhash.core.ForbiddenSymbol
import app.starhash.core.NoDigits
import app.starhash.core.NumberProblem
import app.starhash.core.TooLong
import app.starhash.ui.GAP
import app.starhash.ui.MARGIN
import app.starhash.ui.Type
import app.starhash.ui.bigButton
import app.starhash.ui.bringIntoSight
import app.starhash.ui.column
import app.starhash.ui.dp
import app.starhash.ui.edgeToEdge
import app.starhash.ui.label
import app.starhash.ui.note
import app.starhash.ui.page
import app.starhash.ui.put
import app.starhash.ui.quietButton
import app.starhash.ui.showIf
import app.starhash.ui.title

private const val ID = "id"
private const val NAME = "name"
private const val NUMBER = "number"
private const val OUTSIDE = "outside"
private const val DEPARTMENT = "department"
private const val PINNED = "pinned"
private const val ASKING = "asking"
private const val FROM_CONTACTS = "from_contacts"

/** Adds a colleague, or changes or deletes the one in the intent. What is typed outlives a rotation by the views' own ids. */
class ColleagueFormActivity : Activity() {
    private val app get() = application as App

    private lateinit var pick: ContactPick
    private lateinit var name: Field
    private lateinit var number: Field
    private lateinit var outside: Field
    private lateinit var department: Field
    private lateinit var pinned: Switch
    private lateinit var failure: View
    private lateinit var delete: View
    private lateinit var askDelete: View

    /** 0 for a new one. */
    private val colleague get() = intent.getLongExtra(ID, 0)

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.edgeToEdge()
        setContentView(content())
        ask(savedInstanceState?.getBoolean(ASKING) ?: false)
        if (savedInstanceState == null && intent.getBooleanExtra(FROM_CONTACTS, false)) pick.start()
    }

    override fun onSaveInstanceState(outState: Bundle) {
        super.onSaveInstanceState(outState)
        outState.putBoolean(ASKING, askDelete.visibility == View.VISIBLE)
        pick.save(outState)
    }

    override fun onRestoreInstanceState(savedInstanceState: Bundle) {
        super.onRestoreInstanceState(savedInstanceState)
        pick.restore(savedInstanceState)
    }

    @Deprecated("Its successor is in a library we do without")
    override fun onActivityResult(requestCode: Int, resultCode: Int, data: Intent?) {
        @Suppress("DEPRECATION")
        super.onActivityResult(requestCode, resultCode, data)
        if (requestCode != ContactPick.REQUEST) return
        if (resultCode == RESULT_OK) return pick.picked(data?.data)
        // Whoever came from the list for a contact and changes their mind is taken back to it.
        val untouched = pick.isIdle && listOf(name, number, outside, department).all { it.text.isBlank() }
        if (intent.getBooleanExtra(FROM_CONTACTS, false) && untouched) finish()
    }

    private fun content(): View {
        val words = InputType.TYPE_CLASS_TEXT or InputType.TYPE_TEXT_FLAG_CAP_WORDS
        name = Field(this, R.id.colleague_name, R.string.app_field_name, words)
        number = Field(this, R.id.colleague_number, R.string.app_field_number, InputType.TYPE_CLASS_PHONE)
        outside = Field(this, R.id.colleague_outside, R.string.app_field_outside, InputType.TYPE_CLASS_PHONE)
        department = Field(this, R.id.colleague_department, R.string.app_field_department, words)
        pick = ContactPick(this, app.core, name, number, outside)
        pinned = Switch(this).apply {
            id = R.id.colleague_pinned
            setText(R.string.app_field_pinned)
            minHeight = dp(TOUCH)
            setTextSize(TypedValue.COMPLEX_UNIT_SP, Type.BODY.size)
            setTextColor(getColor(R.color.on))
        }
        name.text = intent.getStringExtra(NAME).orEmpty()
        number.text = intent.getStringExtra(NUMBER).orEmpty()
        outside.text = intent.getStringExtra(OUTSIDE).orEmpty()
        department.text = intent.getStringExtra(DEPARTMENT).orEmpty()
        pinned.isChecked = intent.getBooleanExtra(PINNED, false)
        val scroll = ScrollView(this).apply { addView(fields()) }
        val save = bigButton(R.string.app_save, R.drawable.ic_check, R.color.primary, R.color.on_primary, ::save)
        return page(scroll, save)
    }

    private fun fields(): LinearLayout = column().apply {
        put(title(if (colleague == 0L) R.string.app_new_colleague else R.string.app_edit_colleague), top = MARGIN)
        put(pick, top = MARGIN)
        listOf(name, number, outside, department).forEach { put(it, top = MARGIN) }
        put(pinned, top = GAP)
        failure = label(Type.BODY, R.color.on_end_cont).apply { setText(R.string.app_not_saved) }
        failure.showIf(false)
        put(failure, top = GAP)
        delete = quietButton(R.string.app_delete, R.color.on_end_cont) {
            ask(true)
            askDelete.bringIntoSight()
        }
        put(delete, top = MARGIN)
        askDelete = note(
            getString(R.string.app_delete_ask), getString(R.string.app_delete_text), R.color.end_cont, R.color.on_end_cont,
            LinearLayout(context).apply {
                put(quietButton(R.string.app_delete_no, R.color.on_end_cont) { ask(false) }, width = 0, side = 0, weight = 1f)
                put(quietButton(R.string.app_delete_yes, R.color.on_end_cont, ::delete), width = 0, side = 0, weight = 1f)
            },
        )
        put(askDelete, top = MARGIN)
        put(View(context), height = dp(MARGIN))
    }

    private fun ask(asking: Boolean) {
        delete.showIf(colleague != 0L && !asking)
        askDelete.showIf(colleague != 0L && asking)
    }

    private fun save() {
        name.problem = if (name.text.isBlank()) getString(R.string.app_problem_name) else null
        number.problem = app.core.check(number.text).problem?.let { getString(words(it)) }
        val outsideFits = outside.text.isBlank() || app.core.canCall(outside.text)
        outside.problem = if (outsideFits) null else getString(R.string.app_problem_outside)
        val wrong = listOf(name, number, outside).firstOrNull { it.problem != null }
        if (wrong != null) return wrong.focus()
        app.core.directory.save(typed()) { saved -> if (saved == null) failure.showIf(true) else finish() }
    }

    private fun typed() = Colleague(
        id = colleague.toULong(),
        name = name.text.trim(),
        number = number.text.trim(),
        outside = outside.text.trim().ifEmpty { null },
        department = department.text.trim(),
        pinned = pinned.isChecked,
    )

    private fun delete() = app.core.directory.delete(colleague.toULong()) { gone -> if (gone) finish() else failure.showIf(true) }

    companion object {
        private const val TOUCH = 48

        /** A new one, out of the phone's contacts. */
        fun fromContacts(context: Context): Intent =
            Intent(context, ColleagueFormActivity::class.java).putExtra(FROM_CONTACTS, true)

        fun edit(context: Context, colleague: Colleague): Intent =
            Intent(context, ColleagueFormActivity::class.java)
                .putExtra(ID, colleague.id.toLong())
                .putExtra(NAME, colleague.name)
                .putExtra(NUMBER, colleague.number)
                .putExtra(OUTSIDE, colleague.outside)
                .putExtra(DEPARTMENT, colleague.department)
                .putExtra(PINNED, colleague.pinned)
    }
}

private fun words(problem: NumberProblem): Int = when (problem) {
    is EmptyNumber -> R.string.app_problem_number
    is NoDigits -> R.string.call_problem_no_digits
    is ForbiddenSymbol -> R.string.call_problem_symbol
    is TooLong -> R.string.call_problem_long
}
