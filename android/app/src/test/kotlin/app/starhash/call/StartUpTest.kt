package app.starhash.call

import app.starhash.host.ChildJvm
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test

/** A call wakes the app up, in a JVM of its own: what is initialised where (`cargo xtask start-up` prints it). */
class StartUpTest {
    private class Line(val part: String, val thread: String, val by: String)

    private val ended = ChildJvm.run("app.starhash.bench.StartUpKt")
    private val lines = ended.output.lines()
    private val classes = lines.mapNotNull { COUNT.matchEntire(it)?.destructured?.let { (part, thread, by) -> Line(part, thread, by) } }

    @Test
    fun theMainThreadStartsWithoutJnaAndWithoutTheOnboarding() {
        assertEquals(ended.output, 0, ended.code)
        val beforeTheFrame = lines.filter { " ms  " in it }.map { it.substringAfter(" ms  ") }.takeWhile { it != FRAME } + FRAME
        assertTrue("the trace sees the call screen: ${ended.output}", classes.any { it.part == "app.starhash.incall" && it.thread == "main" })
        assertTrue("the trace sees JNA: ${ended.output}", classes.any { it.part == "com.sun.jna" && it.thread == "core-worker" })
        val wrong = classes.filter { it.by in beforeTheFrame && it.thread == "main" && it.part == "com.sun.jna" }
        assertEquals(ended.output, emptyList<String>(), wrong.map { it.part })
        val costly = classes.filter { it.part == "app.starhash.onboarding" || it.part == "app.starhash.dialer" }
        assertEquals(ended.output, emptyList<String>(), costly.map { it.part })
    }

    private companion object {
        const val FRAME = "the ringing screen's first frame"
        val COUNT = Regex("""\d+ of (\S+) +(\S+) +(.+)""")
    }
}
