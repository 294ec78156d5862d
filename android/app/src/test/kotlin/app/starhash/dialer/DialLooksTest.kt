package app.starhash.dialer

import android.graphics.Rect
import android.view.View
import app.starhash.core.Colleague
import app.starhash.host.EveryWindow
import app.starhash.host.Faults
import app.starhash.host.Screens
import app.starhash.incall.Talk
import app.starhash.ui.KeyGrid
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** The dial pad in every window: all keys and the button on the screen and where they were, texts whole and readable. */
@RunWith(RobolectricTestRunner::class)
class DialLooksTest : EveryWindow() {
    override fun check(window: String, font: Float) {
        val pad = Pad()
        pad.sims("Билайн", "МегаФон", usual = "МегаФон")
        pad.anna()
        pad.office.keep(Colleague(0u, "Константин Константинопольский", "21", null, "Отдел по работе с клиентами", false))
        pad.open()
        val faults = mutableListOf<String>()
        val english = "en" in window
        var keys: Rect? = null
        for (typed in listOf("", "+79453012208", "*#204#", "*#205#", "*#21#", "204", "**21*+79453012208#", "*#0", "5")) {
            pad.number.say(typed)
            pad.phone.pass(Pad.SETTLE_MS)
            val root = checkNotNull(pad.phone.window())
            Screens.take("dial-${NAMES.getValue(typed)}-$window")
            faults += Faults.on(root).map { "$typed: $it" }
            Faults.shown(root).filterIsInstance<KeyGrid>().singleOrNull()?.let { grid ->
                val now = Rect().also(grid::getGlobalVisibleRect)
                if (font == 1f) assertEquals("$typed: the keys stay where they are", keys ?: now, now)
                keys = keys ?: now
            }
            val button = Faults.shown(root).filterIsInstance<DialButtonView>().single()
            assertTrue("$typed: the button says ${button.contentDescription}", button.contentDescription.startsWith(BUTTONS.getValue(typed)[if (english) 1 else 0]))
            assertTrue("$typed: keys and button are whole", whole(button) && Faults.shown(root).filterIsInstance<KeyGrid>().all(::whole))
        }
        pad.phone.front!!.finish()
        pad.office.ring()
        pad.office.app.session.answer()
        pad.phone.waitUntil("the talk") { pad.office.app.session.talk() == Talk.CLIENT }
        pad.open()
        Screens.take("dial-menu-$window")
        faults += Faults.on(checkNotNull(pad.phone.window())).map { "menu: $it" }
        assertEquals("", faults.joinToString("\n"))
    }

    private fun whole(view: View) = Rect().let { view.getGlobalVisibleRect(it) && it.height() == view.height && it.width() == view.width }

    private companion object {
        val BUTTONS = mapOf(
            "" to listOf("Позвонить", "Call"), "+79453012208" to listOf("Позвонить", "Call"),
            "*#204#" to listOf("Позвонить: Анна Петрова", "Call Анна Петрова"), "*#205#" to listOf("Позвонить", "Call"),
            "*#21#" to listOf("Нет внешнего номера", "No outside number"), "204" to listOf("Позвонить: Анна Петрова", "Call Анна Петрова"),
            "**21*+79453012208#" to listOf("Отправить оператору", "Send to the operator"), "*#0" to listOf("Позвонить", "Call"),
            "5" to listOf("Позвонить", "Call"),
        )
        val NAMES = mapOf(
            "" to "empty", "+79453012208" to "number", "*#204#" to "guard", "*#205#" to "nobody", "*#21#" to "both", "204" to "extension",
            "**21*+79453012208#" to "forwarding", "*#0" to "growing", "5" to "short",
        )
    }
}
