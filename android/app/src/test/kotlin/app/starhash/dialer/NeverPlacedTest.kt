package app.starhash.dialer

import app.starhash.core.Colleague
import app.starhash.core.DialFacts
import app.starhash.incall.Talk
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** For every string there is, with the core's own reading: what the big button does, whatever is typed and whatever goes on. */
@RunWith(RobolectricTestRunner::class)
class NeverPlacedTest {
    private val pad = Pad()
    private val core = pad.office.app.core
    private val presenter = DialPresenter(core::check, core::isOutside)
    private val colleagues = listOf(
        Colleague(1u, "Анна Петрова", "204", ANNA_OUTSIDE, "", false),
        Colleague(2u, "Борис", "112", null, "", false),
        Colleague(3u, "Вера", "21", null, "", false),
    )

    private fun scene(typed: String, talk: Talk): DialScene {
        val facts = DialFacts(talk != Talk.NONE, false, EMERGENCY, emptyList(), emptyList())
        return DialScene(typed, core.classify(typed, facts), colleagues = colleagues, emergency = EMERGENCY, talk = talk)
    }

    @Test
    fun noTransferCodeIsPlacedByTheBigButton() {
        var codes = 0
        for (typed in strings()) for (talk in Talk.entries) {
            val scene = scene(typed, talk)
            val reading = checkNotNull(scene.reading)
            val ui = presenter.present(scene)
            val button = ui.button
            if (reading.transferTo != null && typed !in DEVICE_INFO) {
                codes++
                assertFalse("$typed, $talk: $button", sends(button, typed))
                assertTrue("$typed, $talk: $button", button !is DialButton.SendIntoCall || talk == Talk.CLIENT)
            }
            if (typed in EMERGENCY) assertEquals(DialButton.Emergency(typed), button)
            if (reading.dialNumber == "204" || reading.dialNumber == "21") assertFalse("$typed, $talk: $button", sends(button, typed))
            // Nothing that puts the running call on hold in the middle of something.
            val help = button is DialButton.Call && core.check(button.number).ask
            if (!talk.takesAnotherCall && !help) assertFalse("$typed, $talk: $button", button is DialButton.Call || button is DialButton.CallColleague)
            // What is placed is what was typed, sign for sign, or a colleague's outside number.
            when (button) {
                is DialButton.Call -> assertEquals(typed, button.number)
                is DialButton.Request -> assertEquals(typed, button.code)
                is DialButton.CallColleague -> assertEquals(ANNA_OUTSIDE, button.outside)
                else -> Unit
            }
        }
        assertTrue("$codes transfer codes among them", codes > ENOUGH)
    }

    private fun sends(button: DialButton, typed: String) =
        button == DialButton.Call(typed) || button == DialButton.Request(typed) || button == DialButton.Emergency(typed) || button is DialButton.SecretCode

    /** All short ones over a few signs, and codes of every length around what the colleagues have. */
    private fun strings(): Sequence<String> = sequence {
        var shorter = listOf("")
        repeat(LONGEST) {
            shorter = shorter.flatMap { head -> SIGNS.map { head + it } }
            yieldAll(shorter)
        }
        for (number in listOf("204", "112", "21", "06", "89453012208", "+79453012208", "100")) for (start in listOf("*#", "*", "#", "**", "##", "")) {
            for (end in listOf("", "#", "#,1", "*", "#*#*", ";2")) yield(start + number + end)
        }
    }

    private companion object {
        const val SIGNS = "0124*#+,"
        const val LONGEST = 4
        const val ENOUGH = 100
        val EMERGENCY = listOf("112", "102")
        val DEVICE_INFO = setOf("*#06#", "*#07#")
    }
}
