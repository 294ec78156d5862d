package app.starhash.call

import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** What else becomes of a transfer, without a look at the app's insides: also with the classes R8 made. */
@RunWith(RobolectricTestRunner::class)
class ByHandTransferTest {
    private val hand = ByHand()
    private val phone = hand.phone

    /** The colleague is busy, or does not answer: the phone cannot know, the employee hears it. */
    @Test
    fun theReturnCodeBringsTheClientBack() {
        hand.consult()
        phone.tap("Вернуться к клиенту")
        hand.sees("Вы должны снова слышать клиента")
        assertEquals("*#204##", hand.tones())
    }

    @Test
    fun stillHearTheClientSendsItAgainSlower() {
        hand.consult()
        phone.tap("Всё ещё слышите клиента?")
        phone.tap("Отправить ещё раз, медленнее")
        phone.waitUntil("the second code") { hand.tones().length == 2 * "*#204#".length && hand.isSilent() }
        hand.sees("Клиент слышит музыку")
        assertEquals("*#204#*#204#", hand.tones())
    }
}
