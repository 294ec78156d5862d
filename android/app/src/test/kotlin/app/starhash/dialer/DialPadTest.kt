package app.starhash.dialer

import android.content.ContentProvider
import android.content.ContentValues
import android.content.Intent
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.provider.Settings
import android.telephony.TelephonyManager
import app.starhash.call.Office
import app.starhash.call.sims
import app.starhash.host.Screens
import app.starhash.telecom.dialable
import app.starhash.telecom.numberIn
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** The dial pad as an everyday one. */
@RunWith(RobolectricTestRunner::class)
class DialPadTest {
    private val pad = Pad()
    private val phone = pad.phone

    @After
    fun always() = Office.assertNothingPersonalLogged()

    @Test
    fun aNumberIsTypedMendedAndCalled() {
        pad.open()
        Screens.take("dial-empty")
        assertFalse(pad.offers("Позвонить"))
        pad.longPress("0")
        pad.press("79453")
        phone.tap("Стереть")
        pad.press("4")
        assertEquals("+79454", pad.typed)
        pad.longPress("Стереть")
        assertEquals("", pad.typed)
        pad.paste("8 (945) 301-22-08")
        assertEquals("89453012208", pad.typed)
        Screens.take("dial-number")
        phone.tap("Позвонить")
        assertEquals(listOf("89453012208"), pad.placed)
    }

    @Test
    fun aLinkIsShownAndCalledOnlyByATap() {
        pad.open("tel:+7%20945%20301-22-08", Intent.ACTION_VIEW)
        assertEquals("+79453012208", pad.typed)
        assertEquals(emptyList<String>(), pad.placed)
        phone.tap("Позвонить")
        assertEquals(listOf("+79453012208"), pad.placed)
    }

    @Test
    fun anotherLinkTakesThePlaceOfTheFirst() {
        pad.open("tel:89453012208")
        pad.open("tel:88005553535")
        assertEquals("88005553535", pad.typed)
        // A look at something else, and back by the icon: what was typed is still there.
        pad.open()
        assertEquals("88005553535", pad.typed)
    }

    @Test
    fun whatIsSentAfterTheAnswerIsKept() {
        pad.open("tel:88005553535,,2;4%23")
        phone.tap("Позвонить")
        assertEquals(listOf("88005553535,,2;4#"), pad.placed)
    }

    @Test
    fun serviceCodesGoOutAsOnAnyPhone() {
        for ((code, says) in listOf("*100#" to "запрос оператору", "*43#" to "второй звонок", "**21*+79453012208#" to "переадресация всех звонков")) {
            pad.open("tel:" + Uri.encode(code))
            pad.sees(says)
            phone.tap("Отправить оператору")
            assertEquals(code, pad.placed.last())
        }
        // Shown or hidden for one call: a call.
        pad.open("tel:" + Uri.encode("#31#89453012208"))
        phone.tap("Позвонить")
        assertEquals("#31#89453012208", pad.placed.last())
    }

    @Test
    fun forwardingWaitsForATapOnOurScreen() {
        pad.open("tel:**21*%2B79453012208%23", Intent.ACTION_VIEW)
        phone.pass(500)
        assertEquals(emptyList<String>(), pad.placed)
        pad.sees("Звонки на ваш номер пойдут на +7 945 301-22-08, и звонки клиентов тоже.")
        Screens.take("dial-forwarding")
        pad.open("tel:*%2321%23")
        pad.anna("999")
        pad.number.say("##21#")
        pad.sees("Переадресация выключится")
        pad.number.say("*72900")
        pad.sees("Так начинаются коды услуг")
    }

    @Test
    fun emergencyNumbersGoOutUntouchedAndUnasked() {
        pad.emergency("112", "103")
        pad.sims("SIM 1", "SIM 2")
        pad.open()
        pad.press("103")
        pad.hides("Какая SIM?")
        Screens.take("dial-emergency")
        phone.tap("Экстренный вызов")
        assertEquals(listOf("103"), pad.placed)
        assertEquals(listOf(null), sims(phone.app))
    }

    @Test
    fun anEmergencyNumberThePhoneLearnedOfLateIsStillOne() {
        pad.sims("SIM 1", "SIM 2")
        pad.open("tel:112")
        pad.emergency("112")
        phone.tap("Позвонить")
        assertEquals(listOf("112"), pad.placed)
    }

    @Test
    fun theImeiIsBehindThePhonesOwnPage() {
        pad.open("tel:*%2306%23")
        assertEquals("not by a link", emptyList<Any>(), phone.outside)
        phone.tap("Сведения о телефоне")
        assertEquals(listOf(Settings.ACTION_DEVICE_INFO_SETTINGS), phone.outside.map { it.action })
        pad.open()
        pad.press("*#06#")
        phone.waitUntil("the page") { phone.outside.size == 2 }
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun secretCodesGoToWhomTheyAreFor() {
        pad.open("tel:*%23*%234636%23*%23*")
        val telephony = shadowOf(phone.app.getSystemService(TelephonyManager::class.java))
        assertEquals("not by a link", emptyList<String>(), telephony.sentDialerSpecialCodes)
        phone.tap("Открыть служебное меню")
        assertEquals(listOf("4636"), telephony.sentDialerSpecialCodes)
        assertEquals(emptyList<String>(), pad.placed)
    }

    @Test
    fun aNumberComesFromTheSimByItsPlace() {
        Robolectric.buildContentProvider(SimCard::class.java).create("icc")
        pad.open()
        pad.press("2#")
        phone.tap("Взять номер 2 с SIM-карты")
        phone.waitUntil("the number") { pad.typed == "89453012208" }
        pad.number.say("7#")
        phone.tap("Взять номер 7 с SIM-карты")
        pad.sees("На SIM-карте под этим номером ничего нет.")
        assertEquals(emptyList<String>(), pad.placed)
    }

    class SimCard : ContentProvider() {
        override fun onCreate() = true
        override fun query(uri: Uri, columns: Array<String>?, where: String?, values: Array<String>?, order: String?): Cursor =
            MatrixCursor(arrayOf("name", "number")).apply {
                addRow(arrayOf("Один", "89453012207"))
                addRow(arrayOf("Два", "89453012208"))
            }

        override fun getType(uri: Uri): String? = null
        override fun insert(uri: Uri, values: ContentValues?): Uri? = null
        override fun delete(uri: Uri, where: String?, values: Array<String>?) = 0
        override fun update(uri: Uri, values: ContentValues?, where: String?, args: Array<String>?) = 0
    }

    @Test
    fun ofTwoSimsTheOneChosenCalls() {
        pad.sims("Билайн", "МТС", usual = "МТС")
        pad.open("tel:89453012208")
        phone.tap("МТС · сменить")
        Screens.take("dial-sims")
        pad.office.guard()
        phone.tap("Билайн")
        pad.sees("Билайн · сменить")
        assertEquals(emptyList<String>(), pad.placed)
        phone.tap("Позвонить")
        assertEquals(listOf("Билайн"), sims(phone.app).map { it?.id })
    }

    @Test
    fun whereThePhoneAsksEveryTimeSoDoesTheDialPad() {
        pad.sims("Билайн", "МТС")
        pad.open("tel:89453012208")
        phone.tap("Позвонить")
        pad.sees("С какой SIM-карты?")
        assertEquals(emptyList<String>(), pad.placed)
        pad.office.guard()
        phone.tap("МТС")
        assertEquals(listOf("МТС"), sims(phone.app).map { it?.id })
        assertEquals(listOf("89453012208"), pad.placed)
    }

    @Test
    fun twoCardsOfOneOperatorAreToldApart() {
        pad.sims("МТС", "МТС")
        pad.open("tel:89453012208")
        phone.tap("Позвонить")
        pad.sees("SIM 1 МТС")
        pad.office.guard()
        phone.tap("SIM 2 МТС")
        assertEquals(listOf("2"), sims(phone.app).map { it?.id })
    }

    @Test
    fun aNumberIsReadTheWayPeopleAndLinksWriteIt() {
        val written = listOf(
            "8 (495) 123-45-67 доб. 204" to "84951234567,204",
            "+7 495 123 45 67, доб. 204" to "+74951234567,204",
            "+74951234567;ext=204" to "+74951234567,204",
            "+74951234567;phone-context=example.com" to "+74951234567",
            "Tel. 8 945 301-22-08" to "89453012208",
            "8-800-STARHASH" to "880078274274",
            "＊＃２０４＃" to "*#204#",
            "٢٠٤" to "204",
        )
        assertEquals(written.map { it.second }, written.map { dialable(it.first) })
        val shared = listOf(
            "8 945 301-22-08, 8 945 301-22-09" to "8 945 301-22-08",
            "Звоните: +7 945 301-22-08 доб. 12, спасибо" to "+7 945 301-22-08,12",
            "Код *#204#." to "*#204#",
            "ничего" to null,
        )
        assertEquals(shared.map { it.second }, shared.map { numberIn(it.first) })
    }

    @Test
    fun duringACallItAsksFirstWhatIsWanted() {
        pad.anna()
        pad.open()
        pad.press("9")
        phone.tap("Стереть")
        pad.office.talk()
        pad.open()
        pad.sees("Идёт разговор")
        Screens.take("dial-menu")
        assertFalse(pad.offers("5"))
        phone.tap("Клавиши разговора")
        assertTrue(pad.office.onCallScreen)
        phone.key("5")
        assertEquals(listOf("c1 5 on", "c1 off"), pad.office.tones)

        pad.open()
        phone.tap("Передать клиента")
        pad.sees("Кому передать клиента?")

        pad.open()
        phone.tap("Новый вызов")
        pad.press("9")
        phone.tap("Стереть")
        pad.press("900")
        phone.tap("Позвонить")
        assertEquals(listOf("900"), pad.placed)
    }

    @Test
    fun whatIsTypedOutlivesARotation() {
        val intent = Intent(Intent.ACTION_DIAL, Uri.parse("tel:900"), phone.app, DialPadActivity::class.java)
        val before = Robolectric.buildActivity(DialPadActivity::class.java, intent).setup()
        before.get().findViewById<NumberView>(app.starhash.R.id.dial_number).say("*#204#")
        val kept = android.os.Bundle()
        before.saveInstanceState(kept).pause().stop().destroy()
        val after = Robolectric.buildActivity(DialPadActivity::class.java, intent).setup(kept).get()
        assertEquals("*#204#", after.findViewById<NumberView>(app.starhash.R.id.dial_number).text.toString())
    }
}
