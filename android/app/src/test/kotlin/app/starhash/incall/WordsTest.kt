package app.starhash.incall

import android.content.Context
import android.content.res.Configuration
import android.widget.TextView
import app.starhash.R
import java.util.Locale
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

/** What is read and what is read aloud. */
@RunWith(RobolectricTestRunner::class)
class WordsTest {
    private fun language(tag: String): Context = RuntimeEnvironment.getApplication().let { app ->
        app.createConfigurationContext(Configuration(app.resources.configuration).apply { setLocale(Locale.forLanguageTag(tag)) })
    }

    private val russian = language("ru")
    private val english = language("en")

    /** The app's name, and the form of a colleague's line, which has no words. */
    private val wordless = setOf("app_name", "call_target")

    @Test
    fun everyTextStandsInBothLanguages() {
        val ids = R.string::class.java.fields.filter { it.name.substringBefore('_') in setOf("app", "call", "setup") }.filter { it.name !in wordless }
        assertTrue(ids.size > 100)
        ids.forEach { field ->
            val id = field.getInt(null)
            assertNotEquals(field.name, english.getString(id), russian.getString(id))
            assertTrue("${field.name} is Russian", russian.getString(id).any { it in 'а'..'я' })
            assertTrue("${field.name} is English", english.getString(id).none { it in 'а'..'я' })
            assertEquals(field.name, english.getString(id).split("%").size, russian.getString(id).split("%").size)
        }
    }

    @Test
    fun numbersAgreeWithTheirNouns() {
        fun said(n: Int) = russian.resources.getQuantityString(R.plurals.call_symbols_spoken, n, n, 6)
        assertEquals("Отправлен 1 знак из 6", said(1))
        assertEquals("Отправлено 3 знака из 6", said(3))
        assertEquals("Отправлено 5 знаков из 6", said(5))
        assertEquals("Отправлено 0 знаков из 6", said(0))
        fun left(n: Int) = russian.resources.getQuantityString(R.plurals.setup_banner, n, n).substringAfter(": ")
        assertEquals(listOf("остался 1 шаг", "осталось 2 шага", "осталось 5 шагов"), listOf(1, 2, 5).map(::left))
        assertEquals("2 минуты 14 секунд", russian.spokenTime(134))
        assertEquals("1 minute 1 second", english.spokenTime(61))
    }

    @Test
    fun screenReadersHearWhatTheDesignSays() {
        val stand = Stand()
        fun heard(name: String) = stand.show(Bodies.all().getValue(name)).views().mapNotNull { it.contentDescription?.toString() }
        fun assertHeard(name: String, what: String) = heard(name).let { all -> assertTrue("$what in $all", all.any { what in it }) }
        assertHeard("01-ringing", "Входящий звонок, Ольга Крылова, переадресован с номера плюс 7 495 012 30 00")
        assertHeard("02-talking", "Анна Петрова, Бухгалтерия, добавочный 2 0 4. Передать клиента")
        assertHeard("02-talking", "Положить трубку, разговор закончится")
        assertHeard("02-talking", "Ольга Крылова, плюс 7 945 210 48 36, разговор 2 минуты")
        assertHeard("03-sending", "Отправлено 3 знака из 6")
        assertHeard("03-sending", "Соединить, недоступно: станет доступно после кода")
        assertHeard("04-consultation", "Звоним коллеге. Анна Петрова, добавочный 2 0 4. Клиент слышит музыку и не слышит вас")
    }

    @Test
    fun readingOrderIsHeaderHeadingMiddleSlotsControlsRed() {
        val stand = Stand().show(Bodies.all().getValue("04-consultation"))
        val order = stand.views().map { it.javaClass.simpleName }
            .filter { it in setOf("HeaderView", "PictureView", "HeadingView", "StageMiddle", "SlotView", "QuietButton", "ControlsRow", "RedBar") }
        val expected = listOf("HeaderView", "PictureView", "HeadingView", "StageMiddle", "SlotView", "SlotView", "QuietButton", "ControlsRow", "RedBar")
        assertEquals(expected, order)
    }

    @Test
    fun theScreenSaysExactlyWhatWasSent() {
        val stand = Stand().show(Bodies.all().getValue("06-broken-lost"))
        val texts = stand.views().filterIsInstance<TextView>().map { it.text.toString() }
        val sentence = "Ушло *#20, не ушло 4#. Коллеге не звонили. АТС, скорее всего, отключила клиента."
        assertTrue(texts.toString(), sentence in texts)
    }

    @Test
    fun theKeypadSaysWhatBecomesOfTheTransferItCovers() {
        fun texts(name: String, window: String) =
            Stand(window).show(Bodies.all().getValue(name)).views().filterIsInstance<TextView>().map { it.text.toString() }
        listOf("", "+w320dp-h568dp").forEach { window ->
            val broken = texts("02c-keypad-broken", window)
            assertTrue("$window: $broken", "Клиент ждёт. Ушло *#2, не ушло 04#." in broken)
        }
        val sending = texts("02c-keypad-sending", "+w360dp-h780dp")
        assertTrue("$sending", russian.getString(R.string.call_keypad_sending) in sending)
    }

    @Test
    fun connectSleepsForTwoSecondsAndSaysForSixWhatItWouldDoBeforeAnAnswer() {
        fun slot(name: String) = Stand().show(Bodies.all().getValue(name)).views().filterIsInstance<SlotView>().first()
        fun caption(name: String) = slot(name).contentDescription.toString()
        assertEquals("Соединить, недоступно: код ещё доходит до АТС", caption("04-consultation-at-once"))
        assertFalse(slot("04-consultation-at-once").isEnabled)
        assertTrue(slot("04-consultation-early").isEnabled)
        assertEquals("Соединить, соединит, когда коллега ответит", caption("04-consultation-early"))
        assertEquals("Соединить, если слышите коллегу", caption("04-consultation"))
    }

    @Test
    fun onlyPersonalNamesAreShortened() {
        assertEquals("Ольга", app.starhash.ui.shortName("Ольга Крылова", "Клиент"))
        assertEquals("Клиент", app.starhash.ui.shortName("ООО «Север»", "Клиент"))
        assertEquals("Клиент", app.starhash.ui.shortName("+7 945 210-48-36", "Клиент"))
        assertEquals("Коллега", app.starhash.ui.shortName("", "Коллега"))
    }
}
