package app.starhash.onboarding

import android.app.Activity
import android.app.role.RoleManager
import android.content.ActivityNotFoundException
import android.content.Intent
import android.content.pm.PackageManager
import android.os.Bundle
import android.os.SystemClock
import android.view.Gravity
import android.view.View
import android.view.ViewGroup.LayoutParams.WRAP_CONTENT
import android.widget.LinearLayout
import android.widget.ScrollView
import android.widget.TextView
import app.starhash.R
import app.starhash.ui.GAP
import app.starhash.ui.IconButton
import app.starhash.ui.MARGIN
import app.starhash.ui.Type
import app.starhash.ui.column
import app.starhash.ui.dp
import app.starhash.ui.edgeToEdge
import app.starhash.ui.label
import app.starhash.ui.page
import app.starhash.ui.put
import app.starhash.ui.say
import app.starhash.ui.title

/** What stands between the phone and its calls going through Starhash: looked at anew whenever the user comes back here. */
class SetupActivity : Activity() {
    private val facts = PhoneFacts(this)
    private val kept by lazy { Kept(this) }

    private lateinit var summary: TextView
    private lateinit var cards: LinearLayout

    /** When the system was last asked for the role or a permission. Lost with the activity: then it was long ago. */
    private var askedAt = 0L
    private var wasRefusedOnce = false

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.edgeToEdge()
        cards = column()
        summary = label(Type.BODY, R.color.on_var).apply { accessibilityLiveRegion = View.ACCESSIBILITY_LIVE_REGION_POLITE }
        setContentView(page(ScrollView(this).apply { addView(content()) }))
    }

    override fun onResume() {
        super.onResume()
        refresh()
    }

    private fun content(): View = column().apply {
        val head = LinearLayout(context).apply {
            gravity = Gravity.TOP
            put(IconButton(context, R.drawable.ic_arrow_back, R.string.setup_back, press = ::finish), WRAP_CONTENT, side = 0)
            // Its first line stands beside the middle of the arrow.
            put(title(R.string.setup_title), 0, top = TITLE_TOP, side = 0, weight = 1f)
        }
        put(head, top = GAP, side = HEAD_SIDE)
        put(summary, top = GAP)
        put(cards, side = 0, top = GAP)
        put(View(context), height = dp(MARGIN))
    }

    private fun refresh() = facts.read { rows ->
        val left = rows?.left
        val words = when {
            left == null -> getString(R.string.setup_unreadable)
            rows.hopeless -> getString(R.string.setup_no_calls)
            left == 0 -> getString(R.string.setup_all_done)
            else -> resources.getQuantityString(R.plurals.setup_left, left, left)
        }
        summary.say(words)
        show(rows.orEmpty())
    }

    /** Cards that stay keep their view, so that neither the place nor a screen reader's focus is lost on return. */
    private fun show(rows: List<Row>) {
        val old = (0 until cards.childCount).map { cards.getChildAt(it) as StepCard }
        val next = rows.firstOrNull { it.state == State.TO_DO || it.state == State.BY_HAND }?.step
        if (old.map { it.step } == rows.map { it.step }) {
            rows.zip(old).forEach { (row, card) -> card.show(row, row.step == next) }
            return
        }
        cards.removeAllViews()
        for (row in rows) {
            val card = StepCard(this, row.step, ::act, ::tick)
            card.show(row, row.step == next)
            cards.put(card, top = GAP)
        }
    }

    private fun tick(step: Step, done: Boolean) {
        kept.tick(step, done)
        refresh()
    }

    private fun act(deed: Deed) = when (deed) {
        is Deed.AskRole -> askRole()
        is Deed.AskPermission -> askPermission(deed.step)
        is Deed.Open -> open(this, deed.page)
    }

    private fun askRole() {
        askedAt = SystemClock.elapsedRealtime()
        val request = getSystemService(RoleManager::class.java).createRequestRoleIntent(RoleManager.ROLE_DIALER)
        try {
            @Suppress("DEPRECATION") // its successor is in a library we do without
            startActivityForResult(request, ROLE)
        } catch (_: ActivityNotFoundException) {
            open(this, Page.DefaultApps)
        }
    }

    @Deprecated("Its successor is in a library we do without")
    override fun onActivityResult(requestCode: Int, resultCode: Int, data: Intent?) {
        @Suppress("DEPRECATION")
        super.onActivityResult(requestCode, resultCode, data)
        if (requestCode == ROLE && resultCode != RESULT_OK) {
            kept.roleRefused(unseen())
        }
    }

    private fun askPermission(step: Step) {
        askedAt = SystemClock.elapsedRealtime()
        wasRefusedOnce = refusedOnce(this, step)
        requestPermissions(permissions(step).toTypedArray(), step.ordinal)
    }

    /**
     * Who closes the question without an answer can be asked again, and gets the same result as who refuses for the second and
     * last time. What tells them apart: after one refusal the system calls for an explanation, after the second no longer;
     * and where it does not ask at all, the answer is there before anybody could read. (An activity of the system comes and
     * takes the focus either way.) No results: the request was broken off.
     */
    override fun onRequestPermissionsResult(requestCode: Int, permissions: Array<out String>, grantResults: IntArray) {
        super.onRequestPermissionsResult(requestCode, permissions, grantResults)
        val step = Step.entries[requestCode]
        val refused = grantResults.any { it != PackageManager.PERMISSION_GRANTED }
        if (refused && (wasRefusedOnce || unseen()) && !refusedOnce(this, step)) kept.block(step)
    }

    private fun unseen() = SystemClock.elapsedRealtime() - askedAt < UNSEEN_MS

    private companion object {
        const val ROLE = 100
        const val HEAD_SIDE = 4
        const val TITLE_TOP = 9

        /** Nobody reads the system's question and answers it within this. */
        const val UNSEEN_MS = 1000L
    }
}
