package app.starhash.call

import app.starhash.core.Core
import app.starhash.core.CoreHost
import app.starhash.core.CorePhone
import java.util.concurrent.CountDownLatch
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The core fails or hangs while a call goes on: the phone stays a phone, and nothing of the core reaches the call. */
@RunWith(RobolectricTestRunner::class)
class LostCoreTest {
    private val office = Office()
    private val phone = office.phone

    @After
    fun always() = Office.assertNothingPersonalLogged()

    private fun part(name: String): Any? = CoreHost::class.java.getDeclaredField(name).apply { isAccessible = true }.get(office.app.core)

    /** Kept from the garbage collector, which would end the core's thread. */
    private var engine: Any? = null

    /** As the core says it when its thread ends; the thread itself goes on here, which is worse. */
    private fun fail() {
        engine = part("engine")
        (part("phone") as CorePhone).failed("a test")
        phone.waitUntil("the core is given up") { office.app.core.state is Core.Missing }
    }

    private fun isAPhone() {
        office.sees("Передача недоступна")
        office.guard()
        phone.tap("Клавиши")
        phone.tap("7")
        phone.waitUntil("a key by hand") { office.tones.takeLast(2) == listOf("c1 7 on", "c1 off") }
        phone.tap("Положить трубку")
        phone.waitUntil("hung up") { "c1 disconnect" in office.asked }
    }

    @Test
    fun inMidSequenceNothingMoreIsSent() {
        office.talk()
        phone.tap("Анна Петрова")
        office.until(3)
        fail()
        val sent = office.tones.count { it.endsWith(" on") }
        phone.pass(LATE_MS)
        assertEquals(sent, office.tones.count { it.endsWith(" on") })
        assertEquals("each of them is ended, once", 2 * sent, office.tones.size)
        isAPhone()
    }

    @Test
    fun aKeyUnderTheFingerFallsSilent() {
        office.talk()
        office.app.session.keyDown('5')
        phone.waitUntil("the key") { office.tones == listOf("c1 5 on") }
        fail()
        assertEquals(listOf("c1 5 on", "c1 off"), office.tones)
    }

    @Test
    fun aCoreThatIsGoneWhenItIsAskedIsGivenUp() {
        office.talk()
        (part("engine") as AutoCloseable).close()
        phone.tap("Анна Петрова")
        assertEquals(emptyList<String>(), office.tones)
        assertTrue(office.app.core.state is Core.Missing)
        isAPhone()
    }

    @Test
    fun aCoreThatHangsHoldsUpNothingAndSendsNothingLate() {
        office.talk()
        phone.tap("Без звука")
        phone.waitUntil("muted") { office.app.calls.audio.muted }
        val released = CountDownLatch(1)
        phone.stuck = mapOf("mute" to released)
        phone.tap("Анна Петрова")
        // In the consultation the core opens the microphone, and does not come back from it.
        phone.waitUntil("it hangs") { phone.telecom.requests.count { it.name == "mute" } == 2 }
        office.app.session.returnToClient()
        phone.ungranted = setOf("disconnectCall")
        phone.tap("Положить трубку")
        phone.waitUntil("hung up without it", seconds = 1) { "c1 disconnect" in office.asked }
        phone.pass(SIGN_PAUSE_MS)
        released.countDown()
        phone.pass(LATE_MS)
        assertEquals("not twice", 1, office.asked.count { it == "c1 disconnect" })
        office.assertSilentAfter("c1 disconnect")
    }

    private companion object {
        const val LATE_MS = 2500L

        /** ADR 2: only then the return code could go out. */
        const val SIGN_PAUSE_MS = 1200L
    }
}
