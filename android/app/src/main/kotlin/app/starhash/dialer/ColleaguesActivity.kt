package app.starhash.dialer

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.ListView
import app.starhash.App
import app.starhash.R
import app.starhash.core.Core
import app.starhash.onboarding.PhoneFacts
import app.starhash.onboarding.SetupActivity
import app.starhash.onboarding.left
import app.starhash.ui.GAP
import app.starhash.ui.IconButton
import app.starhash.ui.MARGIN
import app.starhash.ui.Type
import app.starhash.ui.bigButton
import app.starhash.ui.column
import app.starhash.ui.dp
import app.starhash.ui.edgeToEdge
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.note
import app.starhash.ui.page
import app.starhash.ui.put
import app.starhash.ui.quietButton
import app.starhash.ui.showIf
import app.starhash.ui.title

/** The colleagues, and the way to everything else: dial pad, settings of the phone. */
class ColleaguesActivity : Activity() {
    private val app get() = application as App
    private val facts = PhoneFacts(this)

    private lateinit var cards: LinearLayout
    private lateinit var empty: View
    private lateinit var add: View
    private lateinit var pick: View
    private lateinit var colleagues: ColleagueList

    /** Steps that the phone still lacks; 0 also before they are known. */
    private var stepsLeft = 0
    private var listBroken = false

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.edgeToEdge()
        setContentView(content())
    }

    override fun onResume() {
        super.onResume()
        refresh()
    }

    private fun content(): View {
        cards = column()
        empty = emptyState()
        colleagues = ColleagueList(this)
        val list = ListView(this).apply {
            divider = null
            selector = getDrawable(android.R.color.transparent)
            addHeaderView(header(), null, false)
            adapter = colleagues
            setOnItemClickListener { _, _, _, id -> colleagues.colleagues.find { it.id.toLong() == id }?.let(::edit) }
        }
        add = bigButton(R.string.app_add_colleague, R.drawable.ic_person, R.color.primary, R.color.on_primary) {
            startActivity(Intent(this, ColleagueFormActivity::class.java))
        }
        pick = quietButton(R.string.app_from_contacts, R.color.primary) { startActivity(ColleagueFormActivity.fromContacts(this)) }
        return page(list, add, pick)
    }

    private fun header(): View = column().apply {
        val head = LinearLayout(context).apply {
            gravity = Gravity.CENTER_VERTICAL
            put(title(R.string.app_colleagues), 0, side = MARGIN, weight = 1f)
            put(IconButton(context, R.drawable.ic_dialpad, R.string.dial_entry, press = ::dial), WRAP_CONTENT, side = 0)
            put(IconButton(context, R.drawable.ic_settings, R.string.setup_entry, press = ::setUp), WRAP_CONTENT, side = 4)
        }
        put(head, top = GAP, side = 0)
        put(cards, side = 0, top = GAP)
        put(empty, side = 0)
        put(View(context), height = dp(MARGIN))
    }

    private fun emptyState(): View = column().apply {
        put(label(Type.HEAD, R.color.on, medium).apply { setText(R.string.app_no_colleagues) }, top = EMPTY_TOP)
        put(label(Type.BODY, R.color.on_var).apply { setText(R.string.app_no_colleagues_text) }, top = GAP)
        visibility = View.GONE
    }

    private fun refresh() {
        showCards()
        facts.read { rows ->
            stepsLeft = rows?.left ?: 0
            showCards()
        }
        // Behind the loading of the core on its worker, so the answer knows whether there is one.
        app.core.directory.list { found ->
            colleagues.colleagues = found.orEmpty()
            empty.showIf(found?.isEmpty() == true)
            add.showIf(found != null)
            pick.showIf(found != null)
            listBroken = found == null
            showCards()
        }
    }

    private fun showCards() {
        cards.removeAllViews()
        if (app.core.state is Core.Missing) {
            cards.put(note(getString(R.string.app_core_missing), getString(R.string.app_core_missing_text), R.color.end_cont, R.color.on_end_cont), top = GAP)
        } else if (listBroken) {
            cards.put(note(getString(R.string.app_list_broken), getString(R.string.app_list_broken_text), R.color.end_cont, R.color.on_end_cont), top = GAP)
        }
        if (stepsLeft > 0) cards.put(setUpCard(), top = GAP)
    }

    private fun setUpCard(): View = note(
        resources.getQuantityString(R.plurals.setup_banner, stepsLeft, stepsLeft),
        null,
        R.color.prim_cont,
        R.color.on_prim_cont,
        quietButton(R.string.setup_show, R.color.on_prim_cont, ::setUp),
    )

    private fun setUp() = startActivity(Intent(this, SetupActivity::class.java))

    private fun dial() = startActivity(Intent(this, DialPadActivity::class.java))

    private fun edit(colleague: app.starhash.core.Colleague) = startActivity(ColleagueFormActivity.edit(this, colleague))

    private companion object {
        const val EMPTY_TOP = 48
    }
}
