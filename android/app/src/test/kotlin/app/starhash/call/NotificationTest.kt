package app.starhash.call

import android.app.Notification
import android.app.NotificationManager
import android.os.Build
import android.telecom.Call
import android.telecom.DisconnectCause
import app.starhash.core.BrokenOff
import app.starhash.core.Idle
import app.starhash.core.Sending
import app.starhash.incall.Body
import app.starhash.incall.CallUi
import app.starhash.incall.Header
import app.starhash.telecom.CallNotification
import app.starhash.telecom.StarhashInCallService
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

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

    private fun title() = shown()?.extras?.getCharSequence(Notification.EXTRA_TITLE)?.toString()

    private fun text() = shown()?.extras?.getCharSequence(Notification.EXTRA_TEXT)?.toString()

    private fun buttons() = shown()?.actions.orEmpty().map { it.title.toString() }

    /** As CallStyle, whose buttons the system labels; before API 31, which has none, as [labels]. */
    private fun assertOffers(vararg labels: String) {
        val callStyle = Build.VERSION.SDK_INT >= Build.VERSION_CODES.S
        assertEquals("android.app.Notification\$CallStyle".takeIf { callStyle }, template())
        if (!callStyle) assertEquals(labels.toList(), buttons())
    }

    private fun press(title: String) =
        checkNotNull(shown()).actions.single { it.title.toString() == title }.actionIntent.send()

    @Test
    fun aRingingCallComesOverEverythingAndOngoingOnesDoNot() {
        office.ring()
        assertOffers("Отклонить", "Ответить")
        assertNotNull(shown()?.fullScreenIntent)
        phone.tap("Отклонить")
        phone.waitUntil("it is gone") { shown() == null }
        office.talk()
        assertOffers("Положить трубку")
        assertNull(shown()?.fullScreenIntent)
    }

    @Test
    fun inTheConsultationItOffersTheTwoNextMoves() {
        office.talk()
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку")
        assertNull("CallStyle would say hang up", template())
        assertEquals(listOf("Соединить", "К клиенту"), buttons())
        assertEquals("Звоним: Анна Петрова · 204", title())
        press("К клиенту")
        phone.waitUntil("the talk") { office.stage is Idle }
        assertEquals(listOf("c1 # on", "c1 off"), office.tones.takeLast(2))

        office.guard()
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку")
        press("Соединить")
        phone.waitUntil("hung up") { office.asked.last() == "c1 disconnect" }
        office.sees("Тишина — это нормально")
        assertEquals("the call's buttons are gone", listOf("Перезвонить"), buttons())
    }

    @Test
    fun theKeypadDoesNotBringHangUpIntoAConsultation() {
        office.talk()
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку")
        office.guard()
        phone.tap("Клавиши")
        phone.pass(SETTLE_MS)
        assertNull("CallStyle would say hang up", template())
        assertEquals(listOf("К клиенту"), buttons())
        press("К клиенту")
        phone.waitUntil("the talk") { office.stage is Idle }
    }

    @Test
    fun aClientOnHoldAfterABrokenTransferIsNotHungUpByTheNotification() {
        office.talk()
        phone.tap("Анна Петрова")
        phone.waitUntil("the pause after the start code") { office.tones.size == 4 }
        phone.telecom.state("c1", Call.STATE_HOLDING)
        phone.waitUntil("broken off") { office.stage is BrokenOff }
        assertNull(template())
        assertEquals(listOf("К клиенту"), buttons())
        office.guard()
        phone.tap("Клавиши")
        phone.pass(SETTLE_MS)
        assertNull("under the keypad too", template())
        assertFalse("Завершить" in buttons())
    }

    @Test
    fun afterHangUpTheClientIsOneTapAwayUntilDone() {
        handOver()
        phone.waitUntil("the call screen is let go") { !phone.isBound }
        assertEquals("АТС соединяет: Анна Петрова · 204", title())
        assertEquals("Ольга Крылова · +7 945 210-48-36", text())
        assertNotNull("leads back to the screen", shown()?.contentIntent)
        assertEquals(0, checkNotNull(shown()).flags and Notification.FLAG_FOREGROUND_SERVICE)
        assertNotEquals("not swiped away", 0, checkNotNull(shown()).flags and Notification.FLAG_ONGOING_EVENT)
        phone.tap("Готово")
        phone.waitUntil("it is gone") { shown() == null }
    }

    @Test
    fun oneLeftByAProcessThatIsGoneIsTakenAway() {
        handOver()
        assertNotNull(shown())
        office.app.onTerminate()
        office.app.onCreate()
        assertNull("nothing is behind it any more", shown())
    }

    @Test
    fun aCodeBeingSentDoesNotFloodTheSystem() {
        office.talk()
        phone.tap("Анна Петрова")
        office.until(2)
        phone.pass(SETTLE_MS)
        val posted = shown()
        office.until(5)
        phone.pass(SETTLE_MS)
        assertSame(posted, shown())
    }

    @Test
    fun itsCallBackCallsTheClient() {
        handOver()
        assertTrue("and opens the screen", shadowOf(checkNotNull(shown()).actions.single().actionIntent).isActivity)
        press("Перезвонить")
        phone.pass(SETTLE_MS)
        assertEquals(listOf("tel:%2B79452104836"), placed(phone.app))
    }

    @Test
    fun aClientWhoWithheldTheNumberCannotBeCalledBack() {
        phone.ring("c1", number = null)
        phone.tap("Ответить")
        office.guard()
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку")
        office.guard()
        phone.tap("Соединить")
        office.sees("Тишина — это нормально")
        assertEquals("АТС соединяет: Анна Петрова · 204", title())
        assertEquals(emptyList<String>(), buttons())
    }

    @Test
    fun theSimIsRememberedOverTheNextCaller() {
        handOver()
        office.ring("c2")
        phone.tap("Отклонить")
        phone.waitUntil("left again") { buttons() == listOf("Перезвонить") }
        press("Перезвонить")
        phone.pass(SETTLE_MS)
        assertNotNull(sims(phone.app).single())
    }

    @Test
    fun aNewCallTakesItsPlace() {
        handOver()
        office.ring("c2")
        assertOffers("Отклонить", "Ответить")
    }

    @Test
    fun whereTheForegroundIsRefusedItIsShownAndTakenAwayAllTheSame() {
        val service = Robolectric.setupService(StarhashInCallService::class.java)
        shadowOf(service).setThrowInStartForeground(IllegalStateException("refused"))
        val notification = CallNotification(service)
        notification.show(CallUi(Header("Ольга Крылова", null, null), Body.Ringing(null)))
        assertEquals(listOf("Отклонить", "Ответить"), buttons())
        assertNull("CallStyle would throw without a foreground service", template())
        notification.remove()
        assertNull(shown())
    }

    @Test
    fun aDroppedTransferLeavesTheCallBack() {
        office.talk()
        phone.tap("Анна Петрова")
        office.until(5)
        phone.telecom.state("c1", Call.STATE_DISCONNECTED, DisconnectCause.ERROR)
        office.sees("Связь прервалась")
        assertEquals("Передать не получилось", title())
        assertEquals(listOf("Перезвонить"), buttons())
    }

    private fun handOver() {
        office.talk()
        phone.tap("Анна Петрова")
        office.sees("Клиент слышит музыку")
        office.guard()
        phone.tap("Соединить")
        office.sees("Тишина — это нормально")
        office.guard()
    }

    @Test
    fun underTheKeypadNothingIsOfferedThatTheSendingCannotDoYet() {
        office.talk()
        phone.tap("Анна Петрова")
        office.guard()
        phone.tap("Клавиши")
        phone.pass(SETTLE_MS)
        assertTrue(office.stage is Sending)
        assertEquals(emptyList<String>(), buttons())
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
        const val SETTLE_MS = 100L
    }
}
