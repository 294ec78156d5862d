package app.starhash.incall

import android.os.SystemClock
import android.view.MotionEvent
import android.view.View
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** What a finger may do, and when it may not yet. */
@RunWith(RobolectricTestRunner::class)
class TouchTest {
    private val stand = Stand()

    private fun show(name: String) = stand.show(Bodies.all().getValue(name))

    /** A snapshot drawn this very moment: no guard has run out. */
    private fun showNow(name: String, passed: Long) {
        stand.screen.render(Bodies.all().getValue(name))
        stand.settle(passed)
    }

    private fun find(description: String): View =
        stand.views().first { it.contentDescription?.startsWith(description) == true || (it as? android.widget.TextView)?.text?.toString() == description }

    private fun send(action: Int, x: Float, y: Float, down: Long) {
        val event = MotionEvent.obtain(down, SystemClock.uptimeMillis(), action, x, y, 0)
        stand.screen.dispatchTouchEvent(event)
        event.recycle()
    }

    private fun centre(view: View): Pair<Float, Float> {
        val at = IntArray(2).also(view::getLocationInWindow)
        return at[0] + view.width / 2f to at[1] + view.height / 2f
    }

    private fun tap(view: View) {
        val (x, y) = centre(view)
        val down = SystemClock.uptimeMillis()
        send(MotionEvent.ACTION_DOWN, x, y, down)
        send(MotionEvent.ACTION_UP, x, y, down)
        stand.settle(0)
    }

    @Test
    fun everyButtonOfTheTransferReachesItsIntent() {
        val taps = listOf(
            Triple("02-talking", "Анна Петрова", "transferTo Анна Петрова"),
            Triple("02-talking", "Передать на другой номер", "openNumberField"),
            Triple("02-talking-none", "Передать на другой номер", "openNumberField"),
            Triple("02-talking-list-broken", "Передать на другой номер", "openNumberField"),
            Triple("02b-number", "Передать клиента", "transferToTyped"),
            Triple("02b-number", "Назад", "closeNumberField"),
            Triple("02b-number", "5", "typeNumber +794530122105"),
            Triple("03-sending", "Отмена", "cancel"),
            Triple("04-consultation", "Соединить", "connect"),
            Triple("04-consultation", "Вернуться к клиенту", "returnToClient"),
            Triple("04-consultation", "Всё ещё слышите клиента?", "askRetry true"),
            Triple("04-consultation-retry", "Отправить код ещё раз", "retrySlower"),
            Triple("04-consultation-retry", "Нет, не слышу", "askRetry false"),
            Triple("04b-returning-by-itself", "Я слышу клиента", "clientIsBack"),
            Triple("04b-returning-by-itself", "Вернуться к клиенту", "returnToClient"),
            Triple("05-after", "Перезвонить клиенту", "callBack"),
            Triple("05-after", "Скопировать номер клиента", "copyNumber"),
            Triple("05-after", "Готово", "done"),
            Triple("02f-post-dial", "Отправить", "sendPostDial true"),
            Triple("02f-post-dial", "Не отправлять", "sendPostDial false"),
            Triple("06-broken-talking", "Продолжить разговор", "continueTalk"),
            Triple("06-broken-hold", "Вернуться к клиенту", "returnToClient"),
            Triple("06-broken-lost", "Перезвонить клиенту", "callBack"),
            Triple("04-consultation-waiting", "Ответить на второй звонок", "answerWaiting"),
            Triple("04-consultation-waiting", "Отклонить второй звонок", "declineWaiting"),
            Triple("01-ringing", "Ответить", "answer"),
            Triple("01-ringing", "Отклонить", "decline"),
            Triple("02-talking", "Без звука", "toggleMute"),
            Triple("02-talking", "Клавиши", "toggleKeypad"),
            Triple("02-talking", "Динамик", "toggleSpeaker"),
            Triple("02-talking", "Положить трубку", "hangUp"),
        )
        taps.forEach { (body, what, intent) ->
            show(body)
            stand.asked.clear()
            tap(find(what))
            assertEquals("$body: $what", listOf(intent), stand.asked)
        }
    }

    @Test
    fun aDoubleTapDoesNotReachTheNextStageButRedAlwaysDoes() {
        show("02-talking")
        showNow("03-sending", passed = CallScreen.GUARD_MS - 20)
        tap(find("Отмена"))
        assertEquals(emptyList<String>(), stand.asked)
        tap(find("Положить трубку"))
        assertEquals(listOf("hangUp"), stand.asked)
        stand.settle(20)
        tap(find("Отмена"))
        assertEquals(listOf("hangUp", "cancel"), stand.asked)
    }

    @Test
    fun aDoubleTapOnAnswerDoesNotHangUp() {
        show("01-ringing")
        showNow("02-talking", passed = CallScreen.GUARD_MS - 20)
        tap(find("Положить трубку"))
        assertEquals(emptyList<String>(), stand.asked)
        stand.settle(20)
        tap(find("Положить трубку"))
        assertEquals(listOf("hangUp"), stand.asked)
    }

    @Test
    fun afterHangUpTheGuardIsLongerAndCoversDone() {
        show("04-consultation")
        showNow("05-after", passed = CallScreen.GUARD_AFTER_MS - 20)
        tap(find("Готово"))
        tap(find("Перезвонить клиенту"))
        assertEquals(emptyList<String>(), stand.asked)
        stand.settle(20)
        tap(find("Готово"))
        assertEquals(listOf("done"), stand.asked)
    }

    @Test
    fun aTileThatAppearsUnderTheFingerDoesNotStartAnotherTransfer() {
        listOf("04-consultation-retry", "04b-returning-by-itself", "06-broken-hold").forEach { before ->
            show(before)
            showNow("02-talking", passed = CallScreen.GUARD_MS - 20)
            tap(find("Светлана Юрьева"))
            assertEquals("after $before", emptyList<String>(), stand.asked)
        }
    }

    @Test
    fun aSecondCallIsNeitherAnsweredNorDeclinedByATapThatWasOnItsWay() {
        val guard = CallScreen.GUARD_MS - 20
        listOf("Ответить на второй звонок", "Отклонить второй звонок").forEach { button ->
            show("02-talking")
            showNow("02-talking-waiting", passed = guard)
            tap(find(button))
            assertEquals(button, emptyList<String>(), stand.asked)
        }
        // The other way round: the caller gives up under the finger.
        show("02-talking-waiting")
        val (x, y) = centre(find("Ответить на второй звонок"))
        showNow("02-talking", passed = guard)
        val down = SystemClock.uptimeMillis()
        send(MotionEvent.ACTION_DOWN, x, y, down)
        send(MotionEvent.ACTION_UP, x, y, down)
        tap(find("Светлана Юрьева"))
        assertEquals(emptyList<String>(), stand.asked)
        tap(find("Положить трубку"))
        assertEquals("red is never blocked by it", listOf("hangUp"), stand.asked)
    }

    @Test
    fun aPressThatBeginsTooEarlyIsSwallowedWhole() {
        show("02-talking")
        showNow("03-sending", passed = CallScreen.GUARD_MS - 20)
        val (x, y) = centre(find("Отмена"))
        val down = SystemClock.uptimeMillis()
        send(MotionEvent.ACTION_DOWN, x, y, down)
        stand.settle(40)
        send(MotionEvent.ACTION_UP, x, y, down)
        stand.settle(0)
        assertEquals(emptyList<String>(), stand.asked)
    }

    /** The finger was on its way before the stage changed, and slot 2 leads to the client in both. */
    @Test
    fun aPressOnCancelAsTheCodeEndsIsTheWayBack() {
        show("03-sending")
        val (x, y) = centre(find("Отмена"))
        val down = SystemClock.uptimeMillis()
        send(MotionEvent.ACTION_DOWN, x, y, down)
        showNow("04-consultation", passed = 40)
        send(MotionEvent.ACTION_UP, x, y, down)
        stand.settle(0)
        assertEquals(listOf("returnToClient"), stand.asked)
    }

    @Test
    fun drawingAsksForNothing() {
        Bodies.all().forEach { (name, ui) ->
            stand.show(ui).show(ui)
            assertEquals(name, emptyList<String>(), stand.asked)
        }
    }

    @Test
    fun theSecondTapIsNotTheAnswerToTheQuestionAboutAnEmergencyNumber() {
        show("02b-number")
        showNow("02b-number-ask", passed = 0)
        tap(find("Передать на 112"))
        assertEquals(emptyList<String>(), stand.asked)
        stand.settle(CallScreen.GUARD_MS)
        tap(find("Передать на 112"))
        assertEquals(listOf("transferToTyped"), stand.asked)
    }

    @Test
    fun aTileCanBeTouchedWhileTheMiddleIsStillRising() {
        show("02d-connecting")
        showNow("02-talking", passed = 0)
        tap(find("Анна Петрова"))
        assertEquals(listOf("transferTo Анна Петрова"), stand.asked)
    }

    @Test
    fun aKeySoundsAsLongAsItIsHeld() {
        show("02c-keypad")
        val (x, y) = centre(find("5"))
        val down = SystemClock.uptimeMillis()
        send(MotionEvent.ACTION_DOWN, x, y, down)
        assertEquals(listOf("keyDown 5"), stand.asked)
        stand.settle(300)
        send(MotionEvent.ACTION_UP, x, y, down)
        assertEquals(listOf("keyDown 5", "keyUp 5"), stand.asked)
    }

    @Test
    fun aKeyUnderTheFingerFallsSilentWhenTheKeypadGoes() {
        show("02c-keypad")
        val (x, y) = centre(find("5"))
        send(MotionEvent.ACTION_DOWN, x, y, SystemClock.uptimeMillis())
        show("05-after")
        assertEquals(listOf("keyDown 5", "keyUp 5"), stand.asked)
    }

    @Test
    fun aScreenReadersClickOnAKeyIsOneTone() {
        show("02c-keypad")
        find("решётка").performClick()
        assertEquals(listOf("keyDown #", "keyUp #"), stand.asked)
    }

    @Test
    fun twoFingersNeverMakeTwoTonesAtOnce() {
        val tones = Tones(stand.intents)
        tones.down('1')
        tones.down('2')
        tones.up('1')
        tones.up('2')
        assertEquals(listOf("keyDown 1", "keyUp 1", "keyDown 2", "keyUp 2"), stand.asked)
    }
}
