package app.starhash.call

import android.app.NotificationManager
import android.widget.EditText
import app.starhash.R
import app.starhash.host.DeskPhone
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/**
 * A transfer as the employee and Telecom see it. Nothing here names a class of the app, so that `cargo xtask minified` can
 * play it with what R8 made of them.
 */
@RunWith(RobolectricTestRunner::class)
class ByHandTest {
    private val phone = DeskPhone()

    /** The tones sent so far, each ended before the next: `*#204#`. */
    private fun tones(): String {
        val asked = phone.telecom.requests.filter { it.name.endsWith("DtmfTone") }
        asked.forEachIndexed { i, request -> assertEquals("$asked", if (i % 2 == 0) "playDtmfTone" else "stopDtmfTone", request.name) }
        return asked.filter { it.name == "playDtmfTone" }.joinToString("") { "${it.arg}" }
    }

    private fun hungUp() = phone.telecom.requests.any { it.name == "disconnectCall" }

    private fun sees(text: String) = phone.waitUntil("«$text»") { phone.texts().any { it.startsWith(text) } }

    private fun type(id: Int, text: String) = checkNotNull(phone.front).findViewById<EditText>(id).setText(text)

    /** A colleague typed in, a client's call answered, and touches heeded again. */
    private fun talk() {
        phone.openApp()
        phone.tap("Добавить коллегу")
        type(R.id.colleague_name, "Анна Петрова")
        type(R.id.colleague_number, "204")
        phone.tap("Сохранить")
        sees("Анна Петрова")
        phone.ring("c1", "+79452104836", "Ольга Крылова", "+74950123000")
        phone.tap("Ответить")
        sees("Кому передать клиента?")
        phone.pass(GUARD_MS)
    }

    private fun consult() {
        talk()
        phone.tap("Анна Петрова")
        sees("Клиент слышит музыку")
        assertEquals("*#204#", tones())
        phone.pass(GUARD_MS)
    }

    @Test
    fun aClientIsPassedOn() {
        consult()
        assertTrue("the employee decides", !hungUp())
        phone.tap("Соединить")
        sees("Тишина — это нормально")
        assertTrue(hungUp())
    }

    @Test
    fun theNotificationLeadsBackToTheClient() {
        consult()
        val shown = phone.app.getSystemService(NotificationManager::class.java).activeNotifications.single().notification
        shown.actions.single { it.title == "К клиенту" }.actionIntent.send()
        sees("Кому передать клиента?")
        assertEquals("*#204##", tones())
    }

    @Test
    fun aCodeIsCancelledHalfWay() {
        talk()
        phone.tap("Анна Петрова")
        phone.waitUntil("two tones") { tones().length == 2 }
        // «Отмена» heeds no touch right after it has taken the tile's place; the digits wait longer.
        phone.pass(TILE_MS)
        phone.tap("Отмена")
        phone.pass(LATE_MS)
        assertTrue("no digit goes out: ${tones()}", tones().none(Char::isDigit))
    }

    private companion object {
        const val GUARD_MS = 750L
        const val TILE_MS = 300L
        const val LATE_MS = 2500L
    }
}
