package app.starhash.call

import android.app.Activity
import android.content.Intent
import android.database.MatrixCursor
import android.net.Uri
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.widget.EditText
import app.starhash.R
import app.starhash.core.Colleague
import app.starhash.core.Core
import app.starhash.core.CoreHost
import app.starhash.core.CorePhone
import app.starhash.dialer.ColleagueFormActivity
import app.starhash.dialer.ColleaguesActivity
import app.starhash.dialer.ContactPick
import app.starhash.host.PhoneBook
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executor
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

private const val PICK = "Взять из контактов"
private const val UNDO = "Вернуть прежнее"

/** A contact of the phone becomes a colleague: what its number is good for, and what becomes of everything that is not. */
@RunWith(RobolectricTestRunner::class)
class ContactPickTest {
    private val office = Office(withColleague = false)
    private val phone = office.phone
    private val book = PhoneBook.on(phone)

    @After
    fun always() {
        assertFalse("the main thread waited for the contacts", book.heldUpMain)
        Office.assertNothingPersonalLogged()
    }

    private fun list() = office.open(Intent(phone.app, ColleaguesActivity::class.java))

    private fun form(vararg typed: Pair<Int, String>) {
        office.open(Intent(phone.app, ColleagueFormActivity::class.java))
        typed.forEach { (id, text) -> phone.front!!.findViewById<EditText>(id).setText(text) }
    }

    private fun picks() = phone.outside.filter { it.action == Intent.ACTION_PICK }

    private fun pick(row: Uri?, code: Int = Activity.RESULT_OK) {
        phone.tap(PICK)
        PhoneBook.answer(phone.front!!, picks().last(), row, code)
    }

    private fun pick(name: String?, number: String?, says: String) {
        pick(book.add(name, number))
        office.sees(says)
    }

    /** Name, extension and outside number as they stand in the form. */
    private fun fields() = listOf(R.id.colleague_name, R.id.colleague_number, R.id.colleague_outside)
        .map { phone.front!!.findViewById<EditText>(it).text.toString() }

    private fun save() {
        phone.tap("Сохранить")
        phone.waitUntil("kept") { phone.front !is ColleagueFormActivity }
    }

    @Test
    fun fromTheListIntoTheList() {
        list()
        phone.tap(PICK)
        val asked = picks().single()
        assertEquals(listOf(Phone.CONTENT_URI, Phone.CONTENT_TYPE), listOf(asked.data, asked.type))
        PhoneBook.answer(phone.front!!, asked, book.add("Анна Петрова", "8 (945) 301-22-08"))
        office.sees("Взяли из контактов")
        assertEquals(listOf("Анна Петрова", "", "8 (945) 301-22-08"), fields())
        assertFalse("nothing was replaced", UNDO in phone.texts())
        phone.front!!.findViewById<EditText>(R.id.colleague_number).setText("204")
        save()
        office.sees("Анна Петрова, 2 0 4")
        val expected = Colleague(1u, "Анна Петрова", "204", "8 (945) 301-22-08", "", false)
        assertEquals(listOf(expected), office.colleagues())
    }

    @Test
    fun whoeverThinksBetterOfItIsBackWhereTheyCameFrom() {
        list()
        pick(null, Activity.RESULT_CANCELED)
        phone.waitUntil("the list") { phone.front is ColleaguesActivity }
        form(R.id.colleague_name to "Анна")
        val before = phone.texts()
        pick(null, Activity.RESULT_CANCELED)
        phone.pass(SETTLE_MS)
        assertEquals(before, phone.texts())
    }

    @Test
    fun whatAPickReplacesComesBackByATap() {
        form(R.id.colleague_name to "Анна", R.id.colleague_number to "204", R.id.colleague_outside to "+7 945 000-00-00")
        pick("Анна Петрова", "+7 945 301-22-08", "Взяли из контактов")
        assertEquals(listOf("Анна Петрова", "204", "+7 945 301-22-08"), fields())
        phone.tap(UNDO)
        assertEquals(listOf("Анна", "204", "+7 945 000-00-00"), fields())
        assertFalse(UNDO in phone.texts() || phone.texts().any { it.startsWith("Взяли") })

        pick("Анна Петрова", "+7 945 301-22-08", "Взяли из контактов")
        pick("Игорь Лапин", "+7 945 301-22-09", "Взяли из контактов")
        assertEquals(listOf("Игорь Лапин", "204", "+7 945 301-22-09"), fields())
        phone.front!!.findViewById<EditText>(R.id.colleague_outside).setText("+7 945 301-22-10")
        phone.tap(UNDO)
        assertEquals("over two picks, and a correction by hand stays", listOf("Анна", "204", "+7 945 301-22-10"), fields())
    }

    @Test
    fun aShortNumberStandsAsTheExtensionAndTheFormSaysSo() {
        for (short in listOf("204", "1-12", "7")) {
            form(R.id.colleague_number to "300", R.id.colleague_outside to "+7 945 301-22-08")
            pick("Игорь Лапин", short, "Номер у контакта короткий")
            assertEquals(listOf("Игорь Лапин", short, "+7 945 301-22-08"), fields())
            phone.tap(UNDO)
            assertEquals(listOf("", "300", "+7 945 301-22-08"), fields())
            phone.front!!.finish()
            phone.pass(SETTLE_MS)
        }
        form()
        pick("Игорь Лапин", "112", "Номер у контакта короткий")
        save()
        assertEquals(listOf("112" to null), office.colleagues().map { it.number to it.outside })
    }

    @Test
    fun aCodeIsNoNumberAndChangesNothing() {
        form(R.id.colleague_name to "Анна", R.id.colleague_outside to "+7 945 301-22-08")
        for (code in listOf("*#204#", "*100#", "**21*+79453012208#", "*31#+79453012208", "+79453012208,*204#", "＊100＃", "#")) {
            pick("Код", code, "В номере этого контакта звёздочка или решётка")
            assertEquals(code, listOf("Анна", "", "+7 945 301-22-08"), fields())
            assertFalse(code, UNDO in phone.texts())
            pick("Анна", "+7 945 301-22-08", "Взяли из контактов")
        }
    }

    @Test
    fun numbersAreTakenAsTheyAreWrittenButForWhatNobodySees() {
        val written = listOf("+7 945 301-22-08", "89453012208", "(945) 301.22.08", "+44 20 7946 0000", "8-10-44-20-7946-0000")
        form()
        for (number in written) {
            pick("Анна", "\u202a\u200e$number\u202c ", "Взяли из контактов")
            assertEquals(number, fields()[2])
            assertFalse(number, phone.texts().any { it.startsWith("Только цифры") })
        }
        phone.front!!.findViewById<EditText>(R.id.colleague_number).setText("204")
        save()
        assertEquals(written.last(), office.colleagues().single().outside)
    }

    @Test
    fun aNumberThatCannotBeCalledStandsThereToBeCorrected() {
        form(R.id.colleague_name to "Игорь", R.id.colleague_number to "204", R.id.colleague_outside to "+7 945 301-22-09")
        val wrong = listOf("+7 945 301-22-08,204", "+7 945 301-22-08;1", "+7 945 301-22-08 доб. 204", "8-800-FLOWERS", "+7 945 301-22", "123456789012345678901")
        for (number in wrong) {
            pick("Анна", number, "Номер взяли как есть")
            assertEquals(listOf("Анна", "204", number), fields())
            office.sees("Только цифры и плюс в начале")
            assertTrue(phone.front!!.findViewById<EditText>(R.id.colleague_outside).isFocused)
            phone.tap("Сохранить")
            phone.pass(SETTLE_MS)
            assertEquals(number, emptyList<Colleague>(), office.colleagues())
        }
        phone.tap(UNDO)
        assertFalse("all is well with what is back", phone.texts().any { it.startsWith("Только цифры") })
        save()
        assertEquals(listOf("+7 945 301-22-09"), office.colleagues().map { it.outside })
    }

    @Test
    fun aContactWithoutANameLeavesTheNameAlone() {
        for (name in listOf(null, "  ", "+7 945 301-22-08")) {
            form(R.id.colleague_name to "Анна")
            pick(name, "+7 945 301-22-08", "Номер взяли из контактов. Имени")
            assertEquals(listOf("Анна", "", "+7 945 301-22-08"), fields())
            phone.front!!.finish()
            phone.pass(SETTLE_MS)
        }
    }

    @Test
    fun aContactWithoutANumberChangesNothing() {
        form(R.id.colleague_name to "Игорь", R.id.colleague_outside to "+7 945 301-22-08")
        for (number in listOf(null, "", " \u200e", "нет")) {
            pick("Анна Петрова", number, "У этого контакта нет номера")
            assertEquals(listOf("Игорь", "", "+7 945 301-22-08"), fields())
            pick("Игорь", "+7 945 301-22-08", "Взяли из контактов")
        }
    }

    @Test
    fun aContactThatCannotBeReadChangesNothing() {
        form(R.id.colleague_name to "Игорь", R.id.colleague_outside to "+7 945 301-22-08")
        val row = book.add("Анна Петрова", "+7 945 301-22-09")
        val failures = listOf(
            { throw SecurityException("Permission Denial: +79453012208") },
            { throw IllegalArgumentException("Invalid column") },
            { null },
            { MatrixCursor(arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER)) },
            { MatrixCursor(arrayOf("_id")).apply { addRow(arrayOf(1)) } },
        )
        for (failure in failures) {
            book.answer = failure
            pick(row)
            unread()
            book.answer = null
            pick("Игорь", "+7 945 301-22-08", "Взяли из контактов")
        }
        pick(null)
        unread()
        pick(Uri.parse("content://nobody/1"))
        unread()
    }

    private fun unread() {
        office.sees("Контакт не прочитался")
        assertEquals(listOf("Игорь", "", "+7 945 301-22-08"), fields())
    }

    @Test
    fun aPhoneWithoutContactsSaysSo() {
        list()
        shadowOf(phone.app).checkActivities(true)
        phone.tap(PICK)
        office.sees("Открыть контакты телефона не получилось")
        assertEquals(emptyList<Intent>(), picks())
        assertEquals(listOf("", "", ""), fields())
        assertNull("it is no cancelled pick", phone.front as? ColleaguesActivity)
    }

    @Test
    fun aRotationLosesNeitherTheWordsNorTheWayBack() {
        form(R.id.colleague_name to "Анна")
        phone.tap(PICK)
        val first = phone.front
        rotate()
        assertTrue("it is another instance", phone.front !== first)
        // The answer comes to the instance that is there by then, as the system has it.
        val row = book.add("Анна Петрова", "+7 945 301-22-08")
        shadowOf(phone.front).internalCallDispatchActivityResult(null, ContactPick.REQUEST, Activity.RESULT_OK, Intent().setData(row))
        office.sees("Взяли из контактов")
        rotate("+w360dp-h780dp-port")
        office.sees("Взяли из контактов")
        assertEquals(listOf("Анна Петрова", "", "+7 945 301-22-08"), fields())
        phone.tap(UNDO)
        assertEquals(listOf("Анна", "", ""), fields())
    }

    @Test
    fun aRotationWhileTheContactIsReadLosesNothing() {
        form()
        val slow = CountDownLatch(1)
        val row = book.add("Анна Петрова", "+7 945 301-22-08")
        book.answer = { slow.await().let { MatrixCursor(arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER)) } }
        pick(row)
        phone.pass(SETTLE_MS)
        book.answer = null
        rotate()
        slow.countDown()
        office.sees("Взяли из контактов")
        phone.pass(SETTLE_MS)
        assertEquals("the first reading comes too late", listOf("Анна Петрова", "", "+7 945 301-22-08"), fields())
        office.sees("Взяли из контактов")
    }

    @Test
    fun theLatestPickCounts() {
        form()
        val slow = CountDownLatch(1)
        book.answer = {
            slow.await()
            MatrixCursor(arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER)).apply { addRow(arrayOf("Игорь Лапин", "+7 945 301-22-09")) }
        }
        pick(book.add("Игорь Лапин", "+7 945 301-22-09"))
        phone.pass(SETTLE_MS)
        book.answer = null
        pick("Анна Петрова", "+7 945 301-22-08", "Взяли из контактов")
        slow.countDown()
        phone.pass(SETTLE_MS)
        assertEquals(listOf("Анна Петрова", "", "+7 945 301-22-08"), fields())
    }

    private fun rotate(to: String = "+w780dp-h360dp-land") {
        phone.configure(listOf(to), null)
        phone.pass(SETTLE_MS)
    }

    @Test
    fun withoutTheCoreNobodyGuessesWhatANumberIs() {
        form(R.id.colleague_name to "Анна")
        (part("phone").get(office.app.core) as CorePhone).failed("a test")
        phone.waitUntil("the core is given up") { office.app.core.state is Core.Missing }
        pick("Анна Петрова", "204", "Часть приложения не загрузилась")
        assertEquals(listOf("Анна", "", ""), fields())
    }

    private fun part(name: String) = CoreHost::class.java.getDeclaredField(name).apply { isAccessible = true }

    /** The system may end the app behind the contacts: their answer then comes while the core is being loaded again. */
    @Test
    fun aContactThatComesBeforeTheCoreWaitsForIt() {
        form(R.id.colleague_outside to "+7 945 301-22-08")
        val loaded = CountDownLatch(1)
        val engine = part("engine").get(office.app.core)
        part("engine").set(office.app.core, null)
        part("state").set(office.app.core, Core.Loading)
        (part("worker").get(office.app.core) as Executor).execute { loaded.await() }
        pick(book.add("Анна Петрова", "204"))
        phone.pass(SETTLE_MS)
        assertEquals(listOf("", "", "+7 945 301-22-08"), fields())
        part("engine").set(office.app.core, engine)
        part("state").set(office.app.core, Core.Ready)
        loaded.countDown()
        office.sees("Номер у контакта короткий")
        assertEquals(listOf("Анна Петрова", "204", "+7 945 301-22-08"), fields())
    }

    private companion object {
        const val SETTLE_MS = 200L
    }
}
