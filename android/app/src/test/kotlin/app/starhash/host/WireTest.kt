package app.starhash.host

import java.io.ByteArrayOutputStream
import kotlin.concurrent.thread
import org.json.JSONObject
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

class WireTest {
    private val out = ByteArrayOutputStream()
    private val wire = Wire(out)

    private fun lines() = out.toString().lines().filter(String::isNotEmpty).map(::JSONObject)

    private fun said(name: String, call: String? = "c1", arg: Any? = null): String {
        out.reset()
        wire.send(Request(0, name, call, arg))
        return lines().single().apply { remove("t_us") }.toString()
    }

    @Test
    fun whateverThreadSpeaksTheLinesAreWholeAndInOrderOfTime() {
        val threads = List(4) { thread { repeat(500) { wire.send("clock" to true) } } }
        threads.forEach(Thread::join)
        val times = lines().map { it.getLong("t_us") }
        assertEquals(2000, times.size)
        assertEquals(times.sorted(), times)
    }

    @Test
    fun theTimeIsThatOfTheLine() {
        val before = System.nanoTime() / 1000
        wire.send("clock" to true)
        assertTrue(lines().single().getLong("t_us") in before..System.nanoTime() / 1000)
    }

    @Test
    fun requestsAreToldInTheWordsOfTheEvents() {
        assertEquals("""{"at":"binder","do":"tone_on","call":"c1","key":"#"}""", said("playDtmfTone", arg = '#'))
        assertEquals("""{"at":"binder","do":"tone_off","call":"c1"}""", said("stopDtmfTone"))
        val words = mapOf(
            "answerCall" to "answer", "holdCall" to "hold", "unholdCall" to "unhold",
            "disconnectCall" to "disconnect", "rejectCall" to "disconnect", "rejectCallWithReason" to "disconnect",
        )
        for ((name, word) in words) assertEquals("""{"at":"binder","do":"$word","call":"c1"}""", said(name))
        assertEquals("""{"at":"binder","do":"mute","on":true}""", said("mute", call = null, arg = true))
    }
}
