package app.starhash.host

import android.app.Activity
import android.content.ComponentName
import android.content.Intent
import android.os.Bundle
import android.os.SystemClock
import android.telecom.Call
import android.telecom.Connection
import android.view.ViewGroup
import android.widget.Button
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** The desk itself, without what the app makes of it. */
@RunWith(RobolectricTestRunner::class)
class DeskPhoneTest {
    private val requests = mutableListOf<Request>()

    @Test
    fun aCallGoesThroughTelecomsBindersBothWays() {
        val phone = DeskPhone(requests::add)
        phone.ring("c1", "+79452104836", "Ольга Крылова", "+74950123000")
        val call = phone.calls().single()
        assertEquals(Call.STATE_RINGING, call.stateNow)
        assertEquals("tel:%2B79452104836", call.details.handle.toString())
        assertEquals("Ольга Крылова", call.details.contactDisplayName)
        assertEquals(arrayListOf("+74950123000"), call.details.extras.getStringArrayList(Connection.EXTRA_LAST_FORWARDED_NUMBER))

        requests.clear()
        val before = System.nanoTime()
        call.answer(0)
        call.playDtmfTone('*')
        call.stopDtmfTone()
        call.disconnect()
        val after = System.nanoTime()
        val own = requests.filter { it.name in setOf("answerCall", "playDtmfTone", "stopDtmfTone", "disconnectCall") }
        assertEquals(listOf("answerCall", "playDtmfTone", "stopDtmfTone", "disconnectCall"), own.map { it.name })
        assertEquals('*', own[1].arg)
        assertTrue("$own", own.all { it.call == "c1" && it.nanos in before..after })

        assertEquals("nothing happens before the network says so", Call.STATE_RINGING, call.stateNow)
        phone.telecom.state("c1", Call.STATE_ACTIVE)
        phone.waitUntil("active") { call.stateNow == Call.STATE_ACTIVE }
        phone.telecom.state("c1", Call.STATE_DISCONNECTED)
        phone.waitUntil("the call is gone") { phone.calls().isEmpty() }
    }

    @Test
    fun aWillingNetworkHoldsTheFirstCallWhenTheSecondIsAnswered() {
        val phone = DeskPhone()
        phone.ring("c1", "+79452104836")
        phone.calls()[0].answer(0)
        phone.turn()
        phone.ring("c2", "+79990001122")
        // Not in the same turn: a window that waits for its next frame holds up the main thread's messages.
        phone.waitUntil("the second call") { phone.calls().size == 2 }
        phone.calls()[1].answer(0)
        phone.waitUntil("held and active") { phone.calls().map { it.stateNow } == listOf(Call.STATE_HOLDING, Call.STATE_ACTIVE) }
    }

    @Test
    fun theCallScreenIsLetGoTwoSecondsAfterTheLastCall() {
        val phone = DeskPhone()
        phone.ring("c1", "+79452104836")
        phone.telecom.state("c1", Call.STATE_DISCONNECTED)
        phone.pass(1500)
        assertTrue(phone.isBound)
        phone.waitUntil("unbound", 3) { !phone.isBound }
    }

    class Touched : Activity() {
        val presses = mutableListOf<Long>()
        lateinit var button: Button

        override fun onCreate(state: Bundle?) {
            super.onCreate(state)
            button = Button(this)
            button.text = "Перезвонить на +7\u00A0945\u00A0210\u201148\u201136"
            button.setOnClickListener { presses += SystemClock.uptimeMillis() }
            setContentView(button, ViewGroup.LayoutParams(ViewGroup.LayoutParams.MATCH_PARENT, ViewGroup.LayoutParams.WRAP_CONTENT))
        }
    }

    @Test
    fun aTouchFindsWhatSaysTheTextAndOnlyWhileItIsEnabled() {
        val phone = DeskPhone()
        shadowOf(phone.app.packageManager).addActivityIfNotPresent(ComponentName(phone.app, Touched::class.java))
        phone.open(Intent(phone.app, Touched::class.java))
        phone.pass(50)
        val screen = phone.front as Touched
        phone.tap("Перезвонить на +7 945 210-48-36")
        assertEquals(1, screen.presses.size)
        screen.button.isEnabled = false
        val picture = Screens.take("desk")
        assertEquals(1080 to 2340, picture.width to picture.height)
        // Before API 35 it stands under the status bar.
        val at = IntArray(2).also(screen.button::getLocationInWindow)
        assertTrue("the button is drawn", picture.getPixel(at[0] + 60, at[1] + 70) != picture.getPixel(60, 2300))
        val error = assertThrows(IllegalStateException::class.java) {
            Finger(phone, patienceMs = 300).tap("Перезвонить").forEach { _ -> phone.turn() }
        }
        assertTrue(error.message, error.message!!.contains("cannot be touched"))
        assertEquals(1, screen.presses.size)
        screen.finish()
        phone.turn()
        assertNull(phone.front)
    }
}
