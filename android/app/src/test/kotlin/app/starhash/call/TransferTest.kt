package app.starhash.call

import android.content.ClipboardManager
import android.telecom.Call
import android.telecom.DisconnectCause
import app.starhash.core.AfterHangUp
import app.starhash.core.BreakReason
import app.starhash.core.BrokenOff
import app.starhash.core.Client
import app.starhash.core.Colleague
import app.starhash.core.Consultation
import app.starhash.core.Idle
import app.starhash.core.Returning
import app.starhash.host.stateNow
import app.starhash.incall.Tile
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.shadows.ShadowPowerManager

/** A transfer through the binder: what the app asks of Telecom, tone by tone, with the real core and real touches. */
@RunWith(RobolectricTestRunner::class)
class TransferTest {
    private val office = Office()
    private val phone = office.phone

    /** `*#204#`, worked out by hand from the user's document. */
    private val code = listOf(
        "c1 * on", "c1 off", "c1 # on", "c1 off", "c1 2 on", "c1 off", "c1 0 on", "c1 off", "c1 4 on", "c1 off", "c1 # on", "c1 off",
    )

    @After
    fun always() {
        phone.pass(AFTERMATH_MS)
        office.assertTonesPaired(lastMayBeCut = cutByTheNetwork)
        Office.assertNothingPersonalLogged()
    }

    /** The call was taken away under a tone: it ends at once. */
    private var cutByTheNetwork = false

    private fun send(talking: Boolean = false) {
        if (!talking) office.talk()
        phone.tap("Анна Петрова")
    }

    private fun consult() {
        send()
        office.sees("Клиент слышит музыку")
        office.guard()
    }

    @Test
    fun oneTapSendsTheCodeAndConnectEndsThatCall() {
        consult()
        assertEquals(listOf("c1 answer") + code, office.asked)
        phone.tap("Соединить")
        office.sees("Тишина — это нормально")
        assertEquals(listOf("c1 answer") + code + "c1 disconnect", office.asked)
        assertEquals(AfterHangUp(asked = true), office.stage)
        phone.pass(GUARD_AFTER_MS)
        phone.tap("Готово")
        phone.waitUntil("the screen is closed") { phone.front == null }
    }

    /** Whatever the screen is busy with: the tones are on time, and red hangs up. */
    @Test
    fun tonesAndControlsDoNotWaitForTheMainThread() {
        send()
        office.until(1)
        Thread.sleep(CODE_MS)
        assertEquals(code, office.tones)
        office.app.session.hangUp()
        Thread.sleep(HANG_UP_MS)
        assertEquals(listOf("c1 answer") + code + "c1 disconnect", office.asked)
    }

    @Test
    fun thePhoneStaysAwakeAsLongAsTonesGoOut() {
        val held = { ShadowPowerManager.getLatestWakeLock().isHeld }
        office.talk()
        assertFalse("nothing is sent", held())
        send(talking = true)
        office.until(3)
        assertTrue("between two tones too", held())
        office.sees("Клиент слышит музыку")
        phone.waitUntil("let go") { !held() }
    }

    @Test
    fun aMutedEmployeeIsHeardInTheConsultationAndMutedAgainAfterwards() {
        val mutes = { phone.telecom.requests.filter { it.name == "mute" }.map { it.arg } }
        office.talk()
        phone.tap("Без звука")
        send(talking = true)
        office.sees("Клиент слышит музыку")
        phone.waitUntil("heard") { mutes() == listOf(true, false) }
        office.guard()
        phone.tap("Вернуться к клиенту")
        phone.waitUntil("as before") { mutes() == listOf(true, false, true) }
    }

    @Test
    fun whoWasCalledLastComesFirst() {
        office.keep(Colleague(0u, "Яна Белова", "205", null, "", false))
        assertEquals("Анна Петрова", office.colleagues().first().name)
        office.talk()
        phone.tap("Яна Белова")
        phone.waitUntil("first") { office.colleagues().first().name == "Яна Белова" }
    }

    @Test
    fun theAfterCallScreenStaysUntilDone() {
        consult()
        phone.tap("Соединить")
        office.sees("Тишина — это нормально")
        phone.pass(OVER_MS)
        assertTrue(phone.texts().any { it.startsWith("Тишина") })
        phone.tap("Скопировать номер клиента")
        val copied = phone.app.getSystemService(ClipboardManager::class.java).primaryClip
        assertEquals(CLIENT, copied?.getItemAt(0)?.text)
    }

    @Test
    fun aCallOfOurOwnTakesThePlaceOfTheAfterCallScreen() {
        consult()
        phone.tap("Соединить")
        office.sees("Тишина — это нормально")
        phone.telecom.dial("c2", CLIENT)
        phone.telecom.state("c2", Call.STATE_ACTIVE)
        phone.pass(OVER_MS)
        phone.telecom.state("c2", Call.STATE_DISCONNECTED, DisconnectCause.REMOTE)
        phone.waitUntil("the screen is closed") { phone.front == null }
    }

    @Test
    fun theNextCallWithinAMinuteIsMarkedAsAPossibleReturn() {
        consult()
        phone.tap("Соединить")
        office.sees("Тишина — это нормально")
        office.ring("c2")
        office.sees("Похоже, клиент вернулся")
        phone.tap("Ответить")
        office.sees("Кому передать клиента?")
        phone.telecom.state("c2", Call.STATE_DISCONNECTED, DisconnectCause.REMOTE)
        phone.waitUntil("the screen is closed") { phone.front == null }
        office.ring("c3")
        office.sees("Ответить")
        assertFalse("only the first one", phone.texts().any { it.startsWith("Похоже") })
    }

    @Test
    fun cancelInTheFirstSymbolSendsNothingMore() {
        office.talk()
        // A finger needs longer than one symbol, and the screen ignores it for 400 ms: the intents themselves.
        office.app.session.transferTo(Tile(1, "Анна Петрова", "204", "", false))
        office.app.session.cancel()
        phone.pass(LATE_MS)
        assertEquals(code.take(2), office.tones)
        assertTrue(office.stage is Idle)
    }

    @Test
    fun cancelBeforeTheNumberSendsTheWayBackAlone() {
        send()
        office.until(2)
        office.guard()
        phone.tap("Отмена")
        phone.waitUntil("the way back") { office.tones.size >= 6 }
        phone.pass(LATE_MS)
        assertEquals(code.take(4) + listOf("c1 # on", "c1 off"), office.tones)
        assertEquals(Returning(byItself = true, cancelled = true), office.stage)
        office.sees("АТС вернёт клиента сама")
    }

    @Test
    fun cancelInsideTheNumberEndsItAndTakesTheCallBack() {
        send()
        office.until(4)
        phone.tap("Отмена")
        phone.waitUntil("the way back") { office.tones.takeLast(4) == listOf("c1 # on", "c1 off", "c1 # on", "c1 off") }
        val sent = office.tones.dropLast(4)
        assertEquals("no digit after the tap", code.take(sent.size), sent)
        assertTrue(sent.size < code.size)
    }

    @Test
    fun cancelInTheConsultationIsTheWayBack() {
        consult()
        office.app.session.cancel()
        phone.waitUntil("the talk") { office.stage is Idle }
        assertEquals(code + listOf("c1 # on", "c1 off"), office.tones)
    }

    @Test
    fun aHoldByTheNetworkEndsTheSequence() {
        send()
        office.until(4)
        cutByTheNetwork = true
        phone.telecom.state("c1", Call.STATE_HOLDING)
        phone.waitUntil("broken off") { office.stage is BrokenOff }
        val sent = office.asked
        phone.pass(LATE_MS)
        assertEquals(sent, office.asked)
        assertEquals(BrokenOff(BreakReason.HELD_BY_NETWORK, Client.ON_HOLD), office.stage)
    }

    @Test
    fun theWayBackTakesTheCallOffHoldFirst() {
        send()
        phone.waitUntil("the pause after the start code") { office.tones.size == 4 }
        phone.telecom.state("c1", Call.STATE_HOLDING)
        phone.waitUntil("broken off") { office.stage is BrokenOff }
        office.guard()
        val sent = office.asked.size
        phone.tap("Вернуться к клиенту")
        phone.waitUntil("the way back") { office.asked.drop(sent) == listOf("c1 unhold", "c1 # on", "c1 off") }
    }

    @Test
    fun aWayBackThatHadToWaitTooLongIsNotSentToAClientWhoIsBack() {
        send()
        phone.waitUntil("the pause after the start code") { office.tones.size == 4 }
        phone.ungranted = setOf("unholdCall")
        phone.telecom.state("c1", Call.STATE_HOLDING)
        phone.waitUntil("broken off") { office.stage is BrokenOff }
        office.guard()
        phone.tap("Вернуться к клиенту")
        phone.waitUntil("asked") { "c1 unhold" in office.asked }
        phone.pass(UNHOLD_MS)
        phone.telecom.state("c1", Call.STATE_ACTIVE)
        phone.pass(AFTERMATH_MS)
        assertEquals("nothing more", code.take(4), office.tones)
        office.sees("Вернуться к клиенту")
    }

    @Test
    fun aSecondCallEndsTheSequenceBeforeItIsAnswered() {
        send()
        office.until(3)
        office.ring("c2")
        office.guard()
        phone.tap("Ответить на второй звонок")
        phone.pass(LATE_MS)
        assertEquals("c1 off", office.asked[office.asked.indexOf("c2 answer") - 1])
        office.assertSilentAfter("c2 answer")
        assertTrue("the first is held: ${phone.calls()}", phone.calls().any { it.stateNow == Call.STATE_HOLDING })
    }

    @Test
    fun answeringWhileAToneSoundsWaitsForItsEnd() {
        office.talk()
        office.ring("c2")
        office.guard()
        phone.tap("Анна Петрова")
        office.until(2)
        office.app.session.answerWaiting()
        phone.waitUntil("answered") { "c2 answer" in office.asked }
        assertEquals("c1 off", office.asked[office.asked.indexOf("c2 answer") - 1])
        phone.pass(LATE_MS)
        office.assertSilentAfter("c2 answer")
    }

    @Test
    fun hangingUpInMidSequenceEndsTheToneFirst() {
        send()
        office.until(5)
        phone.tap("Положить трубку")
        phone.pass(LATE_MS)
        assertEquals(listOf("c1 off", "c1 disconnect"), office.asked.takeLast(2))
        office.assertSilentAfter("c1 disconnect")
        office.sees("Трубка положена")
    }

    @Test
    fun aCallThatDropsInMidSequenceIsExplainedAndOfferedForCallBack() {
        send()
        office.until(5)
        val sent = office.asked.size
        val sim = phone.calls().single().details.accountHandle
        cutByTheNetwork = true
        phone.telecom.state("c1", Call.STATE_DISCONNECTED, DisconnectCause.ERROR)
        office.sees("Связь прервалась")
        phone.pass(OVER_MS)
        assertTrue("it stays", phone.texts().any { it.startsWith("Связь прервалась") })
        assertEquals(emptyList<String>(), office.asked.drop(sent).filter { it.endsWith(" on") })
        phone.tap("Перезвонить клиенту")
        assertEquals(listOf("tel:%2B79452104836"), placed(phone.app))
        assertEquals("on the same SIM", sim, sims(phone.app).single())
    }

    @Test
    fun aCallThatTheOtherSideEndsIsNotCalledALostConnection() {
        send()
        office.until(5)
        cutByTheNetwork = true
        phone.telecom.state("c1", Call.STATE_DISCONNECTED, DisconnectCause.REMOTE)
        office.sees("Звонок закончили на той стороне")
        assertFalse("${phone.texts()}", phone.texts().any { it.startsWith("Связь прервалась") })
    }

    @Test
    fun aKeyByHandEndsTheAutomaticSequenceFirst() {
        send()
        office.until(2)
        office.guard()
        phone.tap("Клавиши")
        phone.tap("5")
        phone.pass(LATE_MS)
        val five = office.tones.indexOf("c1 5 on")
        assertEquals(code.take(five), office.tones.take(five))
        assertEquals("nothing but the key", listOf("c1 5 on", "c1 off"), office.tones.drop(five))
        assertTrue(five < code.size)
        assertEquals(BreakReason.KEY_BY_HAND, (office.stage as BrokenOff).reason)
        val sent = code.take(five).filter { it.endsWith(" on") }.joinToString("") { it.split(' ')[1] }
        assertTrue("said over the keypad: ${phone.texts()}", phone.texts().any { "Ушло $sent, не ушло" in it })
    }

    @Test
    fun aTypedNumberIsNotSentBeforeItIsStarted() {
        office.talk()
        phone.tap("Номер")
        "101".forEach { phone.tap(it.toString()) }
        assertEquals(emptyList<String>(), office.tones)
        phone.tap("Передать клиента")
        office.sees("Это номер экстренной службы?")
        assertEquals("asked once first", emptyList<String>(), office.tones)
        office.guard()
        phone.tap("Передать на 101")
        phone.waitUntil("consultation") { office.stage is Consultation }
        assertEquals("*#101#", office.tones.filter { it.endsWith("on") }.joinToString("") { it.split(' ')[1] })
    }

    /** Nor is it in a log: see [always]. */
    @Test
    fun anOutsideNumberIsTypedAndSent() {
        office.talk()
        phone.tap("Номер")
        "9453012208".forEach { phone.tap(it.toString()) }
        phone.tap("Передать клиента")
        office.until(4)
        assertEquals("*#89", office.tones.filter { it.endsWith("on") }.joinToString("") { it.split(' ')[1] })
        phone.tap("Положить трубку")
    }

    private companion object {
        const val CODE_MS = 3000L
        const val HANG_UP_MS = 250L
        const val AFTERMATH_MS = 300L

        /** Nothing of a transfer waits longer for its turn: 0.9 s before the number, 1.1 s before the way back (ADR 2). */
        const val LATE_MS = 2200L
        const val OVER_MS = 2500L
        const val UNHOLD_MS = 2200L
        const val GUARD_AFTER_MS = 750L
    }
}
