package app.starhash.call

import android.app.Notification
import android.app.NotificationManager
import app.starhash.core.Idle
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The call's notification: what it offers in each stage, and that its buttons do it. */
@RunWith(RobolectricTestRunner::class)
class NotificationTest {
    private val office = Office()
    private val phone = office.phone

    @After
    fun always() = Office.assertNothingPersonalLogged()

    private fun shown(): Notification? =
        phone.app.getSystemService(NotificationManager::class.java).activeNotifications.singleOrNull()?.notification

    private fun template() = shown()?.extras?.getString(Notification.EXTRA_TEMPLATE)

    private fun press(title: String) =
        checkNotNull(shown()).actions.single { it.title.toString() == title }.actionIntent.send()

    @Test
    fun aRingingCallComesOverEverythingAndOngoingOnesDoNot() {
        office.ring()
        assertEquals("android.app.Notification\$CallStyle", template())
        assertNotNull(shown()?.fullScreenIntent)
        phone.tap("Отклонить")
        phone.waitUntil("it is gone") { shown() == null }
        office.talk()
        assertEquals("android.app.Notification\$CallStyle", template())
        assertNull(shown()?.fullScreenIntent)
    }

    @Test
    fun inTheConsultationItOffersTheTwoNextMoves() {
        office.talk()
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку")
        assertNull("CallStyle would say hang up", template())
        assertEquals(listOf("Соединить", "К клиенту"), shown()?.actions?.map { it.title.toString() })
        assertEquals("Звоним: Анна Петрова · 204", shown()?.extras?.getCharSequence(Notification.EXTRA_TITLE).toString())
        press("К клиенту")
        phone.waitUntil("the talk") { office.stage is Idle }
        assertEquals(listOf("c1 # on", "c1 off"), office.tones.takeLast(2))

        office.guard()
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку")
        press("Соединить")
        phone.waitUntil("hung up") { office.asked.last() == "c1 disconnect" }
        phone.waitUntil("it is gone") { shown() == null }
    }

    @Test
    fun whileTheCodeIsSentItCancels() {
        office.talk()
        phone.tap("Анна Петрова")
        office.until(2)
        press("Отмена")
        phone.pass(LATE_MS)
        assertEquals("no digit goes out", emptyList<String>(), office.tones.filter { "2" in it || "0" in it || "4" in it })
    }

    private companion object {
        const val LATE_MS = 2500L
    }
}
