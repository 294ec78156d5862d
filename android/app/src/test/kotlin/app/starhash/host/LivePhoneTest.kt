package app.starhash.host

import android.view.View
import android.widget.EditText
import app.starhash.R
import app.starhash.call.Office
import app.starhash.core.Colleague
import java.io.ByteArrayOutputStream
import java.nio.channels.Pipe
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The phone in somebody's hands: fingers by coordinates, keys, settings, as docs/desk-protocol.md names them. */
@RunWith(RobolectricTestRunner::class)
class LivePhoneTest {
    private val office = Office()
    private val phone = office.phone
    private val tapped = mutableListOf<String>()
    private val hands = Hands(phone, tapped::add)

    private fun place(text: String): Pair<Int, Int> {
        office.sees(text)
        val view = checkNotNull(Finder.find(checkNotNull(phone.window()), text)) { "no $text" }
        val corner = IntArray(2).also(view::getLocationOnScreen)
        return corner[0] + view.width / 2 to corner[1] + view.height / 2
    }

    private fun finger(x: Int, y: Int) {
        hands.pointer("down", x, y)
        phone.pass(60)
        hands.pointer("up", x, y)
        phone.pass(100)
    }

    private fun touch(text: String) = place(text).let { (x, y) -> finger(x, y) }

    private fun refusal(what: () -> Unit): String {
        val error = assertThrows(RuntimeException::class.java, what)
        assertTrue("$error", error is IllegalArgumentException || error is IllegalStateException)
        return error.message.orEmpty()
    }

    @Test
    fun aFingerAnswersAndPassesTheClientOn() {
        office.ring()
        touch("Ответить")
        office.sees("Кому передать клиента?")
        office.guard()
        touch("Анна Петрова")
        office.until(1)
        assertEquals(listOf("Ответить", "Анна Петрова"), tapped)
        assertEquals("c1 * on", office.tones.first())
    }

    @Test
    fun aFingerThatLeavesTheButtonTapsNothing() {
        office.ring()
        val (x, y) = place("Ответить")
        hands.pointer("down", x, y)
        phone.pass(60)
        for (step in 1..8) hands.pointer("move", x, y - step * 100)
        hands.pointer("up", x, y - 800)
        hands.pointer("down", x, y)
        hands.pointer("cancel", x, y)
        phone.pass(200)
        assertEquals(emptyList<String>(), tapped)
        assertFalse("${office.asked}", "c1 answer" in office.asked)
    }

    @Test
    fun aRowOfTheListIsTappedByItsNameAndDraggedByNone() {
        for (n in 10..29) office.keep(Colleague(0u, "Коллега $n", "3$n", null, "", false))
        phone.openApp()
        val (x, y) = place("Коллега 15")
        hands.pointer("down", x, y)
        phone.pass(20)
        for (step in 1..20) {
            hands.pointer("move", x, y - step * 20)
            phone.pass(20)
        }
        hands.pointer("up", x, y - 400)
        phone.pass(1000)
        assertEquals(emptyList<String>(), tapped)
        assertTrue("the list has moved", place("Коллега 15").second < y - 200)
        touch("Коллега 17")
        assertEquals(listOf("Коллега 17"), tapped)
    }

    @Test
    fun theFingerIsOneAndOnTheScreen() {
        office.ring()
        assertTrue(refusal { hands.pointer("down", 1080, 0) }.contains("1080x2340"))
        assertTrue(refusal { hands.pointer("up", 5, 5) }.contains("send down first"))
        hands.pointer("down", 5, 5)
        assertTrue(refusal { hands.pointer("down", 6, 6) }.contains("down already"))
        assertTrue(refusal { hands.pointer("fly", 5, 5) }.contains("cannot fly"))
        hands.pointer("up", 5, 5)
    }

    @Test
    fun aCallIsTurnedAndDarkenedWithoutLosingIt() {
        office.talk()
        phone.configure(listOf("+land", "+night"), 1.3f)
        office.sees("Кому передать клиента?")
        val resources = checkNotNull(phone.visible).resources
        assertTrue(resources.configuration.isNightModeActive)
        assertEquals(1.3f, resources.configuration.fontScale)
        assertTrue(phone.window()!!.run { width > height })
        phone.configure(listOf("+port", "+notnight", "+en-rUS"), 1f)
        office.sees("Pass the client to whom?")
        assertTrue(phone.window()!!.run { width < height })
        phone.pass(500)
        touch("Анна Петрова")
        office.until(1)
    }

    @Test
    fun aCallComesOverTheLockScreenAndLeavesItBehind() {
        phone.openApp()
        office.sees("Коллеги")
        phone.power()
        assertNull("the screen is off", phone.visible)
        assertTrue(refusal { phone.openApp() }.contains("unlock"))
        assertTrue(refusal { hands.press("back") }.contains("off"))
        finger(500, 500)
        assertFalse("a touch wakes nothing", phone.isOn)
        office.ring()
        touch("Ответить")
        assertTrue(phone.isOn && phone.isLocked && office.onCallScreen)
        office.sees("Кому передать клиента?")
        office.guard()
        touch("Положить трубку")
        office.sees("Закрыть")
        phone.pass(1000)
        touch("Закрыть")
        phone.waitUntil("the lock screen") { phone.visible == null }
        assertTrue(phone.isOn && phone.isLocked)
        finger(500, 500)
        office.sees("Коллеги")
    }

    @Test
    fun whatWasChangedInTheDarkIsThereWhenItIsSeenAgain() {
        phone.openApp()
        office.sees("Коллеги")
        phone.power()
        phone.configure(listOf("+en-rUS"), null)
        phone.power()
        phone.unlock()
        office.sees("Colleagues")
    }

    @Test
    fun keysAndTextGoWhereTheyWouldGo() {
        phone.openApp()
        touch("Добавить коллегу")
        phone.waitUntil("the form") { phone.front?.findViewById<View>(R.id.colleague_name)?.hasWindowFocus() ?: false }
        val field = phone.front!!.findViewById<EditText>(R.id.colleague_name)
        val corner = IntArray(2).also(field::getLocationOnScreen)
        finger(corner[0] + 20, corner[1] + field.height / 2)
        hands.type("Пётр")
        hands.type("!")
        hands.press("delete")
        phone.pass(50)
        assertEquals("Пётр", field.text.toString())
        assertTrue(refusal { hands.press("home") }.contains("volume_up"))
        hands.press("back")
        office.sees("Коллеги")
        hands.press("back")
        phone.waitUntil("the home screen") { phone.visible == null }
        assertTrue(refusal { hands.type("x") }.contains("nothing is open"))
        finger(540, 1100)
        assertNotNull("a touch on the home screen opens the app", phone.visible)
    }

    @Test
    fun aVolumeKeySilencesAPhoneThatRings() {
        assertFalse(phone.telecom.silenceRinging())
        office.ring()
        hands.press("volume_down")
        assertTrue(phone.telecom.silenceRinging())
        assertTrue("the call still rings", office.asked.isEmpty() && office.onCallScreen)
    }

    @Test
    fun settingsThatNobodyHasAreRefused() {
        val live = Live(phone, Wire(ByteArrayOutputStream()), Pipe.open().sink())
        assertTrue(refusal { live.obey(JSONObject("""{"cmd":"configure","font_scale":3}""")) }.contains("0.85"))
        assertFalse("not one of the live phone's", live.obey(JSONObject("""{"cmd":"ring"}""")))
    }
}
