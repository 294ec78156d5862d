package app.starhash.dialer

import android.content.Intent
import app.starhash.call.Office
import app.starhash.host.Screens
import app.starhash.incall.Talk
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** A transfer code never leaves the phone as a call: whoever wrote it, and however it came to the dial pad. */
@RunWith(RobolectricTestRunner::class)
class GuardTest {
    private val pad = Pad()
    private val phone = pad.phone

    @After
    fun always() = Office.assertNothingPersonalLogged()

    @Test
    fun aCodeTypedOutsideACallIsExplainedAndTheColleagueCalledInstead() {
        pad.anna()
        pad.open()
        pad.press("*#204")
        pad.sees("204 — Анна Петрова, Бухгалтерия")
        pad.press("#")
        pad.sees("Это код перевода")
        pad.sees("Он работает только внутри разговора с клиентом. Сейчас оператор принял бы его за USSD-запрос")
        Screens.take("dial-guard")
        assertEquals(emptyList<String>(), pad.placed)
        phone.tap("Позвонить: Анна Петрова")
        assertEquals(listOf(ANNA_OUTSIDE), pad.placed)
    }

    @Test
    fun withoutAnOutsideNumberThereIsNothingToCall() {
        pad.anna(outside = null)
        pad.open()
        for (code in listOf("*#204#", "*#205#", "*#204", "*#")) {
            pad.number.say(code)
            phone.pass(Pad.SETTLE_MS)
            assertFalse(code, pad.canPress)
        }
        Screens.take("dial-guard-nobody")
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun theOperatorGetsItOnlyAfterOneMoreQuestion() {
        pad.open("tel:*%23204%23")
        phone.tap("Отправить оператору как есть…")
        pad.sees("Отправить *#204# оператору?")
        Screens.take("dial-as-is")
        pad.office.guard()
        phone.tap("Не надо")
        pad.sees("Это код перевода")
        pad.office.guard()
        phone.tap("Отправить оператору как есть…")
        // The second tap of a double tap.
        phone.tap("Отправить")
        assertEquals(emptyList<String>(), pad.placed)
        pad.office.guard()
        phone.tap("Отправить")
        assertEquals(listOf("*#204#"), pad.placed)
    }

    @Test
    fun itIsKnownHoweverItCame() {
        val ways: List<Pair<String, () -> Unit>> = listOf(
            "DIAL" to { pad.open("tel:*%23204%23") },
            "DIAL, its # not encoded" to { pad.open("tel:*#204#") },
            "VIEW" to { pad.open("tel:%2A%23204%23", Intent.ACTION_VIEW) },
            "VIEW with separators" to { pad.open("tel:*%23%202-0-4%20%23", Intent.ACTION_VIEW) },
            "with something to send after the answer" to { pad.open("tel:*%23204%23,5") },
            "shared" to { pad.share("Передавайте на бухгалтерию: *#204#, спасибо!") },
            "wide signs" to { pad.share("＊＃２０４＃") },
            "pasted" to { pad.open(); pad.paste(" *#204# ") },
            "growing" to { pad.open("tel:*%23204") },
        )
        pad.anna(outside = null)
        for ((how, come) in ways) {
            come()
            pad.sees("Это код перевода")
            pad.sees("204 — Анна Петрова")
            assertFalse(how, pad.canPress)
            pad.number.say("")
            phone.pass(Pad.SETTLE_MS)
        }
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun anExtensionAloneIsNoCallEither() {
        pad.anna()
        pad.open("tel:204")
        pad.sees("Это добавочный")
        Screens.take("dial-extension")
        phone.tap("Позвонить через оператора…")
        pad.sees("Позвонить на 204 через оператора?")
        pad.office.guard()
        phone.tap("Не надо")
        phone.tap("Позвонить: Анна Петрова")
        assertEquals(listOf(ANNA_OUTSIDE), pad.placed)
    }

    @Test
    fun norIsAnExtensionWithSomethingAroundIt() {
        pad.anna()
        for (link in listOf("204,5", "204;2", "%2331%23204", "*31%23204")) {
            pad.open("tel:$link")
            pad.sees("Это добавочный")
            pad.sees("Позвонить: Анна Петрова")
        }
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun aCodeTypedInHasteIsNoRequestEither() {
        pad.anna()
        for (code in listOf("*#204##", "*#*#204#", "*#204*", "*##204#", "#*204#", "**204#", "*#1234567890123456789012#")) {
            pad.open("tel:" + android.net.Uri.encode(code))
            pad.sees("Похоже на код перевода")
            assertFalse(code, pad.canPress)
        }
        Screens.take("dial-almost")
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun whileAClientIsPassedOnNobodyElseIsCalled() {
        pad.anna()
        pad.office.talk()
        phone.tap("Анна Петрова")
        pad.open("tel:89453012208")
        pad.sees("Клиента сейчас передают: новый вызов оборвал бы передачу.")
        assertFalse(pad.canPress)
        pad.number.say("*#204#")
        pad.sees("Одна передача уже идёт")
        assertFalse(pad.canPress)
        pad.number.say("")
        phone.front!!.finish()
        phone.pass(Pad.SETTLE_MS)
        pad.open()
        phone.tap("Открыть звонок")
        pad.office.sees("Звоним коллеге. Анна Петрова")
        assertEquals(emptyList<String>(), pad.placed)
        pad.office.assertTonesPaired()
    }

    @Test
    fun aClientWhoIsThereAgainAfterABrokenTransferCanBePassedOn() {
        pad.anna()
        pad.office.talk()
        phone.tap("Анна Петрова")
        pad.office.until(2)
        phone.telecom.state("c1", android.telecom.Call.STATE_DISCONNECTED)
        pad.office.sees("Связь прервалась")
        pad.office.ring("c2")
        phone.tap("Ответить")
        phone.waitUntil("the new talk") { pad.office.app.session.talk() == Talk.CLIENT }
    }

    @Test
    fun aShortNumberOfNobodyIsAnOrdinaryCall() {
        pad.anna()
        pad.open("tel:900")
        phone.tap("Позвонить")
        assertEquals(listOf("900"), pad.placed)
    }

    @Test
    fun anExtensionThatIsAnEmergencyNumberStaysBoth() {
        pad.emergency("112", "102")
        pad.anna("112", outside = null)
        pad.open("tel:*%23112%23")
        pad.sees("Это код перевода")
        assertFalse(pad.offers("Экстренный вызов"))
        pad.number.say("112")
        phone.tap("Экстренный вызов")
        assertEquals(listOf("112"), pad.placed)
    }

    @Test
    fun aNumberForHelpIsNeverHeldUpByAColleague() {
        // The phone has not said which numbers these are.
        pad.anna("112", outside = null)
        pad.open("tel:112")
        phone.tap("Позвонить")
        assertEquals(listOf("112"), pad.placed)
    }

    @Test
    fun aCodeThatIsARealServiceTooIsAskedAbout() {
        pad.anna("21")
        pad.open("tel:*%2321%23")
        pad.sees("У этого кода два значения")
        pad.sees("*#21# — это перевод на добавочный 21 (Анна Петрова), а для оператора — переадресация всех звонков.")
        Screens.take("dial-both")
        assertEquals(emptyList<String>(), pad.placed)
        // The name has just come into the card.
        pad.office.guard()
        phone.tap("Отправить оператору")
        assertEquals(listOf("*#21#"), pad.placed)
    }

    @Test
    fun inATalkTheCodeGoesIntoItAsTones() {
        pad.anna()
        pad.office.talk()
        pad.open("tel:*%23204%23")
        Screens.take("dial-send")
        phone.tap("Отправить в текущий разговор")
        pad.office.sees("Звоним коллеге. Анна Петрова")
        assertTrue(pad.office.onCallScreen)
        assertEquals("*#204#", pad.office.tones.filter { it.endsWith(" on") }.joinToString("") { it.split(" ")[1] })
        pad.office.assertTonesPaired()
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun inATalkAnExtensionIsPassedTo() {
        pad.anna()
        pad.office.talk()
        pad.open("tel:204")
        pad.sees("Это добавочный")
        phone.tap("Отправить в текущий разговор")
        pad.office.sees("Звоним коллеге. Анна Петрова")
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun anEmergencyNumberOfNobodyIsAskedAboutBeforeItGoesIntoTheTalk() {
        pad.office.talk()
        pad.open("tel:*%23112%23")
        phone.tap("Отправить в текущий разговор")
        pad.sees("Это номер экстренной службы?")
        pad.office.guard()
        assertEquals(emptyList<String>(), pad.office.tones)
        phone.tap("Передать клиента")
        pad.office.until(6)
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun aCallThatCannotBePassedOnGetsNoTones() {
        pad.anna(outside = null)
        pad.office.ring()
        pad.open("tel:*%23204%23")
        pad.sees("Сначала ответьте на звонок.")
        assertFalse(pad.canPress)
        assertFalse(pad.offers("Отправить в текущий разговор"))
        pad.office.app.session.answer()
        pad.sees("Код уйдёт в разговор")
        assertTrue(pad.offers("Отправить в текущий разговор"))
        phone.telecom.state("c1", android.telecom.Call.STATE_HOLDING)
        pad.sees("Разговор сейчас не идёт")
        assertFalse(pad.offers("Отправить в текущий разговор"))
        assertEquals(emptyList<String>(), pad.office.tones)
    }

    @Test
    fun oneOrTwoDigitsAreNoCall() {
        pad.open("tel:5")
        pad.sees("Одну-две цифры оператор принял бы за USSD-запрос.")
        assertFalse(pad.offers("Позвонить"))
        pad.open("tel:5,12")
        pad.sees("Слишком коротко для звонка")
        pad.office.talk()
        pad.open("tel:1")
        pad.sees("Во время разговора одна-две цифры — команда оператору")
        assertFalse(pad.offers("Позвонить"))
        phone.tap("Отправить оператору как есть…")
        pad.office.guard()
        phone.tap("Отправить")
        assertEquals(listOf("1"), pad.placed)
        pad.hides("Во время разговора")
    }
}
