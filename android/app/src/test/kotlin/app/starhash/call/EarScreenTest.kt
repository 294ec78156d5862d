package app.starhash.call

import android.os.PowerManager
import app.starhash.incall.Body
import app.starhash.incall.CallUi
import app.starhash.incall.HangUp
import app.starhash.incall.Header
import app.starhash.telecom.Audio
import app.starhash.telecom.EarScreen
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowPowerManager

/** At the ear the screen is off, and only there. */
@RunWith(RobolectricTestRunner::class)
class EarScreenTest {
    private val office = Office()
    private val phone = office.phone

    init {
        val power = shadowOf(phone.app.getSystemService(PowerManager::class.java))
        power.setIsWakeLockLevelSupported(PowerManager.PROXIMITY_SCREEN_OFF_WAKE_LOCK, true)
    }

    /** The newest lock is the one of the bound call screen. */
    private val held: Boolean get() = ShadowPowerManager.getLatestWakeLock().isHeld

    @Test
    fun fromAnswerToTheEndUnlessOnSpeaker() {
        office.ring()
        assertFalse("a ringing phone is looked at", held)
        phone.tap("Ответить")
        phone.waitUntil("held") { held }
        office.guard()
        phone.tap("Динамик")
        phone.waitUntil("on the table") { !held }
        phone.tap("Динамик")
        phone.waitUntil("back at the ear") { held }
        phone.tap("Положить трубку")
        phone.waitUntil("the screen is back") { !held }
        assertTrue("c1 disconnect" in office.asked)
    }

    @Test
    fun aCallThatIsTakenFromUsLeavesTheScreenOn() {
        office.talk()
        assertTrue(held)
        phone.unbind()
        assertFalse("nobody else would let it go", held)
        phone.waitUntil("the screen is closed") { phone.front == null }
    }

    @Test
    fun onBluetoothThePhoneLiesOnTheTable() {
        var audio = Audio(route = Audio.Route.ELSEWHERE)
        val ear = EarScreen(phone.app) { audio }
        val talk = CallUi(Header("Ольга Крылова", null, null), Body.Held, hangUp = HangUp.ENDS_TALK)
        ear.show(talk)
        assertFalse(held)
        audio = Audio(route = Audio.Route.EARPIECE)
        ear.show(talk)
        assertTrue(held)
    }
}
