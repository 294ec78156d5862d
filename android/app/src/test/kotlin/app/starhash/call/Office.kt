package app.starhash.call

import android.content.Intent
import app.starhash.App
import app.starhash.core.Colleague
import app.starhash.core.Core
import app.starhash.core.Stage
import app.starhash.host.DeskPhone
import app.starhash.host.Request
import app.starhash.incall.CallScreen
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.robolectric.shadows.ShadowLog

const val CLIENT = "+79452104836"
const val OFFICE = "+74950123000"
private const val FLOOR_MS = 70
private const val NS_IN_MS = 1_000_000

/** An employee's phone on a willing network: the real app, the real core, real touches, Telecom's real binders. */
class Office(withColleague: Boolean = true, core: Boolean = true) {
    val phone = DeskPhone()
    val app = phone.app as App

    init {
        if (core) phone.waitUntil("the core") { app.core.state == Core.Ready }
        if (withColleague) keep(Colleague(0u, "Анна Петрова", "204", null, "Бухгалтерия", false))
    }

    val stage: Stage? get() = app.core.snapshot?.stage

    /** What the app has asked of Telecom about calls, in order: `c1 answer`, `c1 * on`, `c1 off`… */
    val asked: List<String> get() = requests().map { it.second }

    private fun requests(): List<Pair<Request, String>> = phone.telecom.requests.mapNotNull { request ->
        val word = when (request.name) {
            "playDtmfTone" -> "${request.arg} on"
            "stopDtmfTone" -> "off"
            "answerCall" -> "answer"
            "disconnectCall" -> "disconnect"
            "rejectCall" -> "reject"
            "holdCall" -> "hold"
            "unholdCall" -> "unhold"
            else -> return@mapNotNull null
        }
        request to "${request.call} $word"
    }

    /** Those of them that are about tones. */
    val tones: List<String> get() = asked.filter { it.endsWith(" on") || it.endsWith(" off") }

    fun keep(colleague: Colleague) {
        var kept: Colleague? = null
        app.core.directory.save(colleague) { kept = it }
        phone.waitUntil("${colleague.name} is kept") { kept != null }
    }

    /** The colleagues as the core lists them. */
    fun colleagues(): List<Colleague> {
        var list: List<Colleague>? = null
        app.core.directory.list { list = it.orEmpty() }
        phone.waitUntil("the list") { list != null }
        return list.orEmpty()
    }

    fun ring(id: String = "c1") = phone.ring(id, CLIENT, "Ольга Крылова", OFFICE)

    /** A client's call, answered. */
    fun talk() {
        ring()
        phone.tap("Ответить")
        sees("Кому передать клиента?")
        guard()
    }

    /** design.md, "The skeleton": after a change of stage touches are ignored for 400 ms. */
    fun guard() = phone.pass(GUARD_MS)

    fun sees(text: String, seconds: Int = 10) = phone.waitUntil("«$text»", seconds) { phone.texts().any { it.startsWith(text) } }

    /** Lets the code go out until [count] of its tones have begun; the last of them still sounds. */
    fun until(count: Int) = phone.waitUntil("$count tones") { tones.count { it.endsWith(" on") } >= count }

    fun open(intent: Intent) {
        phone.open(intent)
        phone.pass(SETTLE_MS)
    }

    val onCallScreen: Boolean get() = phone.front?.window?.decorView?.let(::hasCallScreen) ?: false

    private fun hasCallScreen(view: android.view.View): Boolean =
        view is CallScreen || (view as? android.view.ViewGroup)?.let { group ->
            (0 until group.childCount).any { hasCallScreen(group.getChildAt(it)) }
        } ?: false

    /** Every tone begun is ended before the next begins, and neither a tone nor a gap is shorter than the floor. */
    fun assertTonesPaired(lastMayBeCut: Boolean = false) {
        val tones = requests().filter { it.second.endsWith(" on") || it.second.endsWith(" off") }
        assertEquals("a tone is left on: $asked", 0, tones.size % 2)
        tones.forEachIndexed { i, (_, word) -> assertTrue("tone $i in $asked", word.endsWith(if (i % 2 == 0) " on" else " off")) }
        val whole = if (lastMayBeCut) tones.dropLast(1) else tones
        whole.zipWithNext { (first, _), (second, word) ->
            val ms = (second.nanos - first.nanos) / NS_IN_MS
            assertTrue("$ms ms before $word", ms >= FLOOR_MS)
        }
    }

    /** Nothing of the kind [wrong] was asked after [since]. */
    fun assertSilentAfter(since: String) {
        val at = asked.indexOfLast { it == since }
        assertTrue("$since in $asked", at >= 0)
        assertEquals("after $since", emptyList<String>(), asked.drop(at + 1).filter { it.endsWith(" on") })
    }

    companion object {
        private const val SETTLE_MS = 100L
        private const val GUARD_MS = 450L

        /** product.md, "Privacy": numbers never reach a log, however they are written. Names neither. */
        fun assertNothingPersonalLogged() {
            val numbers = listOf("9452104836", "4950123000", "9453012208")
            val told = ShadowLog.getLogs().filter { line ->
                val text = "${line.msg} ${line.throwable ?: ""}"
                val digits = text.filter(Char::isDigit)
                numbers.any { it in digits } || "Крылова" in text || "Петрова" in text
            }
            assertTrue("in the log: ${told.map { it.tag }}", told.isEmpty())
        }
    }
}
