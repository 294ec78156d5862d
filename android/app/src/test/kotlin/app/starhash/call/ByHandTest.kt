package app.starhash.call

import android.app.NotificationManager
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** A transfer as the employee and Telecom see it, on every Android and with the classes R8 made. */
@RunWith(RobolectricTestRunner::class)
class ByHandTest {
    private val hand = ByHand()
    private val phone = hand.phone

    @Test
    fun aClientIsPassedOn() {
        hand.consult()
        assertTrue("the employee decides", !hand.hungUp())
        phone.tap("Соединить")
        hand.sees("Тишина — это нормально")
        assertTrue(hand.hungUp())
    }

    @Test
    fun theNotificationLeadsBackToTheClient() {
        hand.consult()
        val shown = phone.app.getSystemService(NotificationManager::class.java).activeNotifications.single().notification
        shown.actions.single { it.title == "К клиенту" }.actionIntent.send()
        hand.sees("Кому передать клиента?")
        assertEquals("*#204##", hand.tones())
    }

    @Test
    fun aCodeIsCancelledHalfWay() {
        hand.talk()
        phone.tap("Анна Петрова")
        phone.waitUntil("two tones") { hand.tones().length == 2 }
        // «Отмена» heeds no touch right after it has taken the tile's place; the digits wait longer.
        phone.pass(TILE_MS)
        phone.tap("Отмена")
        phone.pass(LATE_MS)
        assertTrue("no digit goes out: ${hand.tones()}", hand.tones().none(Char::isDigit))
    }

    private companion object {
        const val TILE_MS = 300L
        const val LATE_MS = 2500L
    }
}
