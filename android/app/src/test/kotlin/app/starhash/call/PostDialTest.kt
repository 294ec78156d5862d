package app.starhash.call

import android.telecom.Call
import app.starhash.host.Screens
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** What stands behind a `;` of a dialled number goes out when the employee says so, and only then. */
@RunWith(RobolectricTestRunner::class)
class PostDialTest {
    private val office = Office(withColleague = false)
    private val phone = office.phone
    private val answers get() = phone.telecom.requests.filter { it.name == "postDialContinue" }.map { it.call to it.arg }

    private fun waits(rest: String) {
        phone.dial("c1", "+78005553535")
        phone.telecom.state("c1", Call.STATE_ACTIVE)
        phone.telecom.postDialWait("c1", rest)
        office.sees("Отправить остаток номера?")
        office.guard()
    }

    @Test
    fun theRestIsSentByATapAndTheNextOneAskedAbout() {
        waits("2,4#;77")
        office.sees("2,4#")
        Screens.take("post-dial")
        assertEquals(emptyList<Any>(), answers)
        phone.tap("Отправить")
        assertEquals(listOf("c1" to true), answers)
        office.sees("Это исходящий звонок")
        phone.telecom.postDialWait("c1", "77")
        office.sees("77")
        office.guard()
        phone.tap("Не отправлять")
        assertEquals(listOf("c1" to true, "c1" to false), answers)
    }

    @Test
    fun nothingIsSentIntoACallThatIsOver() {
        waits("4#")
        phone.telecom.state("c1", Call.STATE_HOLDING)
        office.sees("Звонок на удержании")
        office.app.session.sendPostDial(true)
        phone.telecom.state("c1", Call.STATE_DISCONNECTED)
        phone.waitUntil("it is over") { phone.calls().isEmpty() }
        office.app.session.sendPostDial(true)
        assertEquals(emptyList<Any>(), answers)
    }
}
