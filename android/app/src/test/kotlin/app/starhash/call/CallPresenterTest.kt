package app.starhash.call

import app.starhash.core.Active
import app.starhash.core.AfterHangUp
import app.starhash.core.CallFacts
import app.starhash.core.CallState
import app.starhash.core.Consultation
import app.starhash.core.CoreOffer
import app.starhash.core.Disconnected
import app.starhash.core.EndedBy
import app.starhash.core.HangUpMeaning
import app.starhash.core.Holding
import app.starhash.core.Ringing
import app.starhash.core.Snapshot
import app.starhash.core.Stage
import app.starhash.core.TargetView
import app.starhash.incall.Body
import app.starhash.incall.CallPresenter
import app.starhash.incall.Ended
import app.starhash.incall.HangUp
import app.starhash.incall.Offer
import app.starhash.incall.Opened
import app.starhash.incall.Scene
import app.starhash.incall.Tile
import app.starhash.incall.Waiting
import app.starhash.telecom.CallInfo
import app.starhash.telecom.callable
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertNull
import org.junit.Test

/** Facts in, screen out. */
class CallPresenterTest {
    private val presenter = CallPresenter { "($it)" }
    private val tile = Tile(1, "Анна", "204", "", false)

    private fun call(id: String, state: CallState, name: String? = "Ольга", number: String? = "+79452104836") = CallInfo(
        CallFacts(id, state, incoming = true, emergency = false),
        name, number, forwardedFrom = null, sim = null, talkingSince = 1_000,
        endedAt = if (state is Disconnected) 61_000 else null,
    )

    private fun transfer(call: String, stage: Stage, hangUp: HangUpMeaning = HangUpMeaning.CONNECTS_IF_NOT_BUSY) =
        Snapshot(call, stage, TargetView(1u, "Анна", "204"), emptyList(), hangUp, null)

    private fun present(scene: Scene) = checkNotNull(presenter.present(scene))

    @Test
    fun withoutCallsThereIsNothingToShow() = assertNull(presenter.present(Scene()))

    @Test
    fun aRingingCallNeedsNothingButTheFramework() {
        val ui = present(Scene(listOf(call("a", Ringing))))
        assertEquals("Ольга" to "(+79452104836)", ui.header.name to ui.header.number)
        assertEquals(Body.Ringing(null), ui.body)
        assertNull(ui.controls)
        assertNull(ui.hangUp)
    }

    @Test
    fun aNumberIsNotSaidTwiceAndAHiddenOneIsEmpty() {
        val unnamed = present(Scene(listOf(call("a", Ringing, name = null)))).header
        assertEquals("(+79452104836)" to null, unnamed.name to unnamed.number)
        val hidden = present(Scene(listOf(call("a", Ringing, name = null, number = null)))).header
        assertEquals("" to null, hidden.name to hidden.number)
    }

    @Test
    fun aSecondCallKnocksAndDoesNotTakeTheScreen() {
        val ui = present(Scene(listOf(call("a", Active), call("b", Ringing, name = "Игорь")), tiles = listOf(tile)))
        assertEquals(Waiting("b", "Игорь", "(+79452104836)"), ui.waiting)
        assertEquals(Body.Talking(Offer.YES, listOf(tile)), ui.body)
    }

    @Test
    fun theTalkIsShownBeforeTheCallOnHold() {
        val scene = Scene(listOf(call("a", Holding), call("b", Active)))
        assertEquals("b", presenter.shown(scene)?.id)
        assertEquals(Body.Held, present(Scene(listOf(call("a", Holding)))).body)
    }

    @Test
    fun whyThereIsNoTransferIsSaid() {
        val scene = Scene(listOf(call("a", Active)), tiles = listOf(tile), offer = CoreOffer.YES)
        fun offer(scene: Scene) = (present(scene).body as Body.Talking).offer
        assertEquals(Offer.YES, offer(scene))
        assertEquals(Offer.NOT_INCOMING, offer(scene.copy(offer = CoreOffer.NOT_INCOMING)))
        assertEquals(Offer.EMERGENCY, offer(scene.copy(offer = CoreOffer.EMERGENCY)))
        assertEquals(Offer.NO_COLLEAGUES, offer(scene.copy(tiles = emptyList())))
        assertEquals(Offer.LIST_BROKEN, offer(scene.copy(tiles = emptyList(), listBroken = true)))
        assertEquals(Offer.CORE_MISSING, offer(scene.copy(coreMissing = true, offer = null)))
        assertEquals("still loading", Offer.YES, offer(scene.copy(tiles = null, offer = null)))
    }

    @Test
    fun aTransferBelongsToItsCallAlone() {
        val scene = Scene(listOf(call("b", Active)), transfer = transfer("a", Consultation))
        assertEquals(HangUp.ENDS_TALK, present(scene).hangUp)
        assertEquals(Body.Talking::class, present(scene).body::class)
        val own = present(scene.copy(transfer = transfer("b", Consultation)))
        assertEquals(HangUp.CONNECTS_IF_NOT_BUSY, own.hangUp)
        assertEquals(Body.Consultation::class, own.body::class)
    }

    @Test
    fun theKeypadStaysOpenOverATransferUntilTheCallIsOver() {
        val open = Opened(keypad = true, keysTyped = "5")
        val scene = Scene(listOf(call("a", Active)), transfer = transfer("a", Consultation), opened = open)
        val body = present(scene).body as Body.Keypad
        assertEquals("5", body.typed)
        assertEquals(Body.Consultation::class, body.under!!::class)
        assertNull(present(scene.copy(transfer = null)).body.let { (it as Body.Keypad).under })
        val over = Scene(ended = call("a", Disconnected(EndedBy.US)), transfer = transfer("a", AfterHangUp(true)), opened = open)
        assertEquals(Body.AfterHangUp::class, present(over).body::class)
    }

    @Test
    fun anEndedCallSaysHowLongAndHow() {
        val ui = present(Scene(ended = call("a", Disconnected(EndedBy.NETWORK))))
        assertEquals(Ended(60, dropped = true), ui.header.ended)
        assertNull(ui.header.talkingSince)
        assertEquals(Body.Over, ui.body)
        assertNull(ui.hangUp)
        listOf(EndedBy.OTHER, EndedBy.US).forEach { by ->
            assertEquals("$by", Ended(60, dropped = false), present(Scene(ended = call("a", Disconnected(by)))).header.ended)
        }
    }

    @Test
    fun callBackNeedsAPlainNumber() {
        val scene = Scene(ended = call("a", Disconnected(EndedBy.US)), transfer = transfer("a", AfterHangUp(true)), stageSince = 5)
        assertEquals(true, (present(scene).body as Body.AfterHangUp).canCallBack)
        assertEquals(60_005, (present(scene).body as Body.AfterHangUp).watchUntil)
        val hidden = scene.copy(ended = call("a", Disconnected(EndedBy.US), number = null))
        assertEquals(false, (present(hidden).body as Body.AfterHangUp).canCallBack)
    }

    @Test
    fun onlyPlainNumbersCanBePlaced() {
        assertEquals("+79452104836", callable("+7 (945) 210-48-36"))
        assertNotNull(callable("112"))
        for (wrong in listOf(null, "", "12", "*100#", "*#204#", "+7945#", "1,204", "7w1", "++7945", "7945+1", "٣٤٥")) assertNull(wrong, callable(wrong))
    }
}
