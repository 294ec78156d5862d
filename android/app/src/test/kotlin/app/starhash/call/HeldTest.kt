package app.starhash.call

import android.telecom.Call
import app.starhash.core.BrokenOff
import app.starhash.core.Client
import app.starhash.core.Idle
import app.starhash.incall.Tile
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Back to the talk without a tone: off a hold, and out of a transfer that was broken off. */
@RunWith(RobolectricTestRunner::class)
class HeldTest {
    private val office = Office()
    private val phone = office.phone

    @Test
    fun aCallHeldByTheNetworkIsTakenUpByATap() {
        office.talk()
        phone.telecom.state("c1", Call.STATE_HOLDING)
        office.sees("Звонок на удержании")
        office.guard()
        phone.tap("Продолжить разговор")
        office.sees("Кому передать клиента?")
        assertEquals(listOf("c1 answer", "c1 unhold"), office.asked)
    }

    @Test
    fun aBrokenOffTransferWithTheClientInTheTalkIsClosedByATap() {
        office.talk()
        // Before the second symbol: no finger on the screen is that quick.
        office.app.session.transferTo(Tile(1, "Анна Петрова", "204", "", false))
        office.app.session.keyDown('5')
        office.app.session.keyUp('5')
        phone.waitUntil("broken off") { (office.stage as? BrokenOff)?.client == Client.TALKING }
        office.guard()
        phone.tap("Продолжить разговор")
        office.sees("Кому передать клиента?")
        assertEquals(Idle, office.stage)
    }

    @Test
    fun aClientWhoIsHeardAgainEndsABrokenOffTransferWithoutATone() {
        office.talk()
        phone.tap("Анна Петрова")
        phone.waitUntil("the pause after the start code") { office.tones.size == 4 }
        phone.telecom.state("c1", Call.STATE_HOLDING)
        phone.waitUntil("broken off") { (office.stage as? BrokenOff)?.client == Client.ON_HOLD }
        phone.telecom.state("c1", Call.STATE_ACTIVE)
        office.guard()
        phone.tap("Я слышу клиента")
        office.sees("Кому передать клиента?")
        assertEquals(4, office.tones.size)
    }

    @Test
    fun aTransferThatIsRefusedIsSaid() {
        office.talk()
        phone.telecom.state("c1", Call.STATE_HOLDING)
        office.sees("Звонок на удержании")
        // The finger was on the tile already.
        office.app.session.transferTo(Tile(1, "Анна Петрова", "204", "", false))
        phone.pass(SETTLE_MS)
        phone.telecom.state("c1", Call.STATE_ACTIVE)
        office.sees("Сейчас не вышло")
        assertEquals(emptyList<String>(), office.tones)
    }

    private companion object {
        const val SETTLE_MS = 100L
    }
}
