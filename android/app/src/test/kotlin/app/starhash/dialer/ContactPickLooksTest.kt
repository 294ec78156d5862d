package app.starhash.dialer

import android.content.Intent
import android.net.Uri
import android.view.View
import android.view.ViewGroup
import android.widget.EditText
import android.widget.ScrollView
import android.widget.TextView
import app.starhash.R
import app.starhash.call.Office
import app.starhash.core.Colleague
import app.starhash.host.EveryWindow
import app.starhash.host.Faults
import app.starhash.host.PhoneBook
import app.starhash.host.Screens
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The list and the form with the way to the phone's contacts, in every window. */
@RunWith(RobolectricTestRunner::class)
class ContactPickLooksTest : EveryWindow() {
    /** A screen reader hears the button where it stands, before the fields it fills, and what came of it right after it. */
    @Test
    fun heardInOrder() {
        val office = Office(withColleague = false)
        val book = PhoneBook.on(office.phone)
        openForm(office)
        pick(office, book.add("Анна Петрова", "+7 945 301-22-08"))
        val texts = office.phone.texts()
        val expected = listOf(R.string.app_new_colleague, R.string.app_from_contacts, R.string.app_picked, R.string.app_picked_undo, R.string.app_field_name)
        assertEquals(expected.map(office.app::getString), texts.take(expected.size))
        val words = views(office).single { it.isShown && (it as? TextView)?.text == office.app.getString(R.string.app_picked) }
        assertEquals(View.ACCESSIBILITY_LIVE_REGION_POLITE, words.accessibilityLiveRegion)
    }

    override fun check(window: String, font: Float) {
        val office = Office(withColleague = false)
        val book = PhoneBook.on(office.phone)
        val faults = mutableListOf<String>()
        fun look(name: String) {
            office.phone.pass(SETTLE_MS)
            Screens.take("$name-$window")
            faults += Faults.on(checkNotNull(office.phone.window())).map { "$name: $it" }
        }
        office.open(Intent(office.app, ColleaguesActivity::class.java))
        look("contacts-list-empty")
        office.keep(Colleague(0u, "Анна Петрова", "204", null, "Бухгалтерия", false))
        office.phone.front!!.finish()
        office.phone.pass(SETTLE_MS)
        office.open(Intent(office.app, ColleaguesActivity::class.java))
        look("contacts-list")
        openForm(office)
        look("contacts-form")
        val picks = listOf("taken" to "+7 945 301-22-08", "short" to "204", "code" to "*#204#", "wrong" to "+7 945 301-22-08,204", "none" to "")
        for ((name, number) in picks) {
            pick(office, book.add("Анна Петрова", number))
            look("contacts-$name-found")
            views(office).filterIsInstance<ScrollView>().single().scrollTo(0, 0)
            look("contacts-$name")
        }
        pick(office, Uri.parse("content://nobody/1"))
        look("contacts-unread")
        assertEquals("", faults.joinToString("\n"))
    }

    private fun openForm(office: Office) {
        office.open(Intent(office.app, ColleagueFormActivity::class.java))
        for (id in listOf(R.id.colleague_name, R.id.colleague_number, R.id.colleague_outside)) {
            office.phone.front!!.findViewById<EditText>(id).setText("1234567")
        }
    }

    private fun pick(office: Office, row: Uri) {
        office.phone.tap(office.app.getString(R.string.app_from_contacts))
        PhoneBook.answer(office.phone.front!!, office.phone.outside.last(), row)
        office.phone.pass(SETTLE_MS)
    }

    private fun views(office: Office): List<View> = walk(checkNotNull(office.phone.window())).toList()

    private fun walk(view: View): Sequence<View> = sequence {
        yield(view)
        if (view is ViewGroup) for (i in 0 until view.childCount) yieldAll(walk(view.getChildAt(i)))
    }

    private companion object {
        const val SETTLE_MS = 150L
    }
}
