package app.starhash.call

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import android.widget.EditText
import android.widget.Switch
import app.starhash.R
import app.starhash.dialer.ColleagueFormActivity
import app.starhash.dialer.ColleaguesActivity
import app.starhash.host.Screens
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner

/** The list of colleagues and its form. */
@RunWith(RobolectricTestRunner::class)
class ColleaguesTest {
    private val office = Office(withColleague = false)
    private val phone = office.phone

    @After
    fun always() = Office.assertNothingPersonalLogged()

    private fun list() = office.open(Intent(phone.app, ColleaguesActivity::class.java))

    private fun Activity.type(id: Int, text: String) = findViewById<EditText>(id).setText(text)

    private fun form(name: String, number: String, outside: String = "") = checkNotNull(phone.front).run {
        type(R.id.colleague_name, name)
        type(R.id.colleague_number, number)
        type(R.id.colleague_outside, outside)
        phone.tap("Сохранить")
    }

    @Test
    fun aColleagueIsAddedChangedAndDeleted() {
        list()
        office.sees("Пока никого нет")
        Screens.take("colleagues-empty")
        phone.tap("Добавить коллегу")
        phone.front!!.type(R.id.colleague_department, "Бухгалтерия")
        form("Анна Петрова", "204", "+7 945 301-22-08")
        office.sees("Анна Петрова")
        val added = office.colleagues().single()
        assertEquals(listOf("204", "+7 945 301-22-08", "Бухгалтерия"), listOf(added.number, added.outside, added.department))

        Screens.take("colleagues")
        phone.tap("Анна Петрова")
        office.sees("Удалить коллегу")
        form("Анна Петрова", "205")
        office.sees("Анна Петрова, Бухгалтерия, 2 0 5")
        assertEquals(listOf("205"), office.colleagues().map { it.number })

        phone.tap("Анна Петрова")
        phone.tap("Удалить коллегу")
        office.sees("Удалить коллегу?")
        Screens.take("colleague-delete")
        assertEquals("it asks first", 1, office.colleagues().size)
        phone.tap("Оставить")
        phone.tap("Удалить коллегу")
        phone.tap("Удалить")
        office.sees("Пока никого нет")
        assertEquals(emptyList<Any>(), office.colleagues())
    }

    @Test
    fun wrongInputIsExplainedAtItsFieldAndNothingIsKept() {
        list()
        phone.tap("Добавить коллегу")
        form(" ", "")
        assertTrue(phone.texts().containsAll(listOf("Напишите имя", "Напишите добавочный или номер")))
        Screens.take("colleague-wrong")
        form("Анна", "*#204#")
        office.sees("Можно только цифры и плюс в начале")
        form("Анна", "двести")
        office.sees("В номере должны быть цифры")
        form("Анна", "123456789012345678901")
        office.sees("Номер слишком длинный для АТС")
        form("Анна", "204", "*100#")
        office.sees("Только цифры и плюс в начале")
        assertEquals(emptyList<Any>(), office.colleagues())
        form("Анна", "204")
        phone.waitUntil("kept") { phone.front is ColleaguesActivity }
        assertEquals(1, office.colleagues().size)
    }

    @Test
    fun nothingTypedIsLostByARotation() {
        val intent = Intent(phone.app, ColleagueFormActivity::class.java)
        val before = Robolectric.buildActivity(ColleagueFormActivity::class.java, intent).create().start()
        before.get().type(R.id.colleague_name, "Анна")
        before.get().type(R.id.colleague_number, "204")
        before.get().findViewById<Switch>(R.id.colleague_pinned).isChecked = true
        val kept = Bundle()
        before.saveInstanceState(kept).stop().destroy()
        val after = Robolectric.buildActivity(ColleagueFormActivity::class.java, intent).create(kept).start().restoreInstanceState(kept).get()
        assertEquals("Анна", after.findViewById<EditText>(R.id.colleague_name).text.toString())
        assertEquals("204", after.findViewById<EditText>(R.id.colleague_number).text.toString())
        assertTrue(after.findViewById<Switch>(R.id.colleague_pinned).isChecked)
    }
}
