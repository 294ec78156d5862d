package app.starhash.call

import android.widget.EditText
import app.starhash.R
import app.starhash.host.DeskPhone
import app.starhash.host.Request
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.robolectric.shadows.ShadowLog

/**
 * An employee who knows only what can be seen, touched and heard. Nothing here names a class of the app that R8 renames, so
 * that `cargo xtask minified` can play the tests that use it with what R8 made of the app.
 */
class ByHand {
    val phone = DeskPhone()

    private fun requests(): List<Request> = phone.telecom.requests.filter { it.name.endsWith("DtmfTone") }

    /**
     * The tones sent so far, each ended before the next, and neither a tone nor a gap too short: `*#204#`. [cut]: the last one
     * was, by a core that is lost.
     */
    fun tones(cut: Boolean = false): String {
        val asked = requests()
        asked.forEachIndexed { i, request -> assertEquals("$asked", if (i % 2 == 0) "playDtmfTone" else "stopDtmfTone", request.name) }
        asked.dropLast(if (cut) 1 else 0).zipWithNext { first, second -> assertTrue("$asked", second.nanos - first.nanos >= FLOOR_NS) }
        return asked.filter { it.name == "playDtmfTone" }.joinToString("") { "${it.arg}" }
    }

    /** No tone sounds. */
    fun isSilent() = requests().size % 2 == 0

    fun hungUp() = phone.telecom.requests.any { it.name == "disconnectCall" }

    fun shows(text: String) = phone.texts().any { it.startsWith(text) }

    fun sees(text: String) = phone.waitUntil("«$text»") { shows(text) }

    /** What the app's log says of a core that it has given up. */
    fun lost(): String? = ShadowLog.getLogsForTag("CoreHost").firstOrNull { it.msg.startsWith(LOST) }?.msg

    /** The list of colleagues, with a core behind it; without one the failure says what the app's log says. */
    fun open() {
        phone.openApp()
        phone.waitUntil("the core") {
            lost()?.let(::error)
            shows("Добавить коллегу")
        }
    }

    fun form(name: String, number: String) {
        val form = checkNotNull(phone.front)
        form.findViewById<EditText>(R.id.colleague_name).setText(name)
        form.findViewById<EditText>(R.id.colleague_number).setText(number)
        phone.tap("Сохранить")
    }

    fun ring() = phone.ring("c1", CLIENT, "Ольга Крылова", OFFICE)

    /** A colleague typed in, a client's call answered, and touches heeded again. */
    fun talk() {
        open()
        phone.tap("Добавить коллегу")
        form("Анна Петрова", "204")
        sees("Анна Петрова")
        ring()
        phone.tap("Ответить")
        sees("Кому передать клиента?")
        guard()
    }

    fun consult() {
        talk()
        phone.tap("Анна Петрова")
        sees("Клиент слышит музыку")
        assertEquals("*#204#", tones())
        guard()
    }

    /** design.md, "The skeleton": after a change of stage touches are ignored for 400 ms. */
    fun guard() = phone.pass(GUARD_MS)

    /** Without the core: said, and the red button hangs up. */
    fun isAPlainPhone() {
        sees("Передача недоступна")
        guard()
        phone.tap("Положить трубку")
        phone.waitUntil("hung up", done = ::hungUp)
    }

    companion object {
        const val LOST = "the core is not available: "
        private const val GUARD_MS = 450L
        private const val FLOOR_NS = 70_000_000L
    }
}
