package app.starhash.call

import android.os.Handler
import android.os.Looper
import app.starhash.core.CallDoor
import app.starhash.core.Control
import app.starhash.core.Controls
import app.starhash.core.PlainKeys
import java.time.Duration
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** The red button and the keypad when the core is late, silent or gone. */
@RunWith(RobolectricTestRunner::class)
class ControlsTest {
    private val done = mutableListOf<String>()

    /** The call that Telecom has taken away. */
    private var gone: String? = null
    private val main = Handler(Looper.getMainLooper())
    private val door = object : CallDoor {
        override fun startTone(call: String, key: Char, allowed: () -> Boolean) = call != gone && allowed() && done.add("$key on")
        override fun stopTone(call: String) { done += "off" }
        override fun stopAllTones() { done += "all off" }
        override fun control(call: String, control: Control): Boolean = call != gone && done.add("$control")
        override fun setMuted(muted: Boolean) = Unit
    }
    private val controls = Controls(door, main)
    private val keys = PlainKeys(door, main)

    private fun pass(ms: Long) = shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(ms))

    @Test
    fun aCoreThatAnswersInTimeDoesItAlone() {
        controls.ask("c1", Control.HANG_UP) { true }
        pass(200)
        assertEquals(emptyList<String>(), done)
        controls.fromCore("c1", Control.HANG_UP)
        pass(1000)
        assertEquals(listOf("HANG_UP"), done)
    }

    @Test
    fun aSilentCoreIsOvertakenAfterThreeHundredMilliseconds() {
        controls.ask("c1", Control.HANG_UP) { true }
        pass(299)
        assertEquals(emptyList<String>(), done)
        pass(1)
        assertEquals(listOf("all off", "HANG_UP"), done)
        assertTrue("no tone of the core may come now", controls.overtaken)
        assertTrue(controls.fromCore("c1", Control.HANG_UP))
        assertEquals("not twice", listOf("all off", "HANG_UP"), done)
        assertFalse("it has caught up", controls.overtaken)
    }

    @Test
    fun aCallThatEndsBeforeItsTurnLeavesTheNextOneItsTones() {
        controls.ask("c1", Control.HANG_UP) { true }
        controls.ended("c1")
        pass(300)
        assertEquals("nothing is asked of it", emptyList<String>(), done)
        assertFalse(controls.overtaken)
    }

    @Test
    fun aCallThatEndsAfterWeActedLeavesTheNextOneItsTones() {
        controls.ask("c1", Control.HANG_UP) { true }
        pass(300)
        assertTrue(controls.overtaken)
        controls.ended("c1")
        assertFalse(controls.overtaken)
    }

    @Test
    fun aTapOnACallThatIsGoneLeavesTheNextOneItsTones() {
        gone = "c1"
        controls.ask("c1", Control.HANG_UP) { true }
        pass(300)
        assertFalse(controls.overtaken)
    }

    @Test
    fun aSecondTapIsTheSameWishUntilItIsCarriedOut() {
        var handedOn = 0
        val tap = { controls.ask("c1", Control.HANG_UP) { ++handedOn > 0 } }
        tap()
        pass(100)
        tap()
        assertEquals(1, handedOn)
        controls.fromCore("c1", Control.HANG_UP)
        pass(1000)
        assertEquals(listOf("HANG_UP"), done)
        assertFalse(controls.overtaken)
    }

    @Test
    fun aSecondTapAfterWeActedIsHandedOnAgain() {
        var handedOn = 0
        val tap = { controls.ask("c1", Control.HANG_UP) { ++handedOn > 0 } }
        tap()
        pass(300)
        tap()
        assertEquals(2, handedOn)
        controls.fromCore("c1", Control.HANG_UP)
        assertEquals("the first was done", listOf("all off", "HANG_UP"), done)
        controls.fromCore("c1", Control.HANG_UP)
        assertEquals(listOf("all off", "HANG_UP", "HANG_UP"), done)
        assertFalse(controls.overtaken)
    }

    @Test
    fun withoutACoreItIsDoneAtOnceAndOnce() {
        controls.ask("c1", Control.ANSWER) { false }
        pass(1000)
        assertEquals(listOf("all off", "ANSWER"), done)
        assertFalse(controls.overtaken)
    }

    @Test
    fun withoutACoreASecondTapIsDoneToo() {
        repeat(2) { controls.ask("c1", Control.ANSWER) { false } }
        assertEquals(listOf("all off", "ANSWER", "all off", "ANSWER"), done)
    }

    @Test
    fun whatTheCoreDoesUnaskedIsDone() {
        assertTrue(controls.fromCore("c1", Control.HANG_UP))
        assertEquals(listOf("HANG_UP"), done)
    }

    @Test
    fun quickKeysWaitForEachOtherAndAShortTapIsHeard() {
        keys.down("c1", '1')
        keys.up()
        keys.down("c1", '2')
        keys.up()
        assertEquals(listOf("1 on"), done)
        pass(119)
        assertEquals(listOf("1 on"), done)
        pass(1)
        assertEquals(listOf("1 on", "off"), done)
        pass(119)
        assertEquals(listOf("1 on", "off"), done)
        pass(1)
        assertEquals(listOf("1 on", "off", "2 on"), done)
        pass(120)
        assertEquals(listOf("1 on", "off", "2 on", "off"), done)
    }

    @Test
    fun aKeyHeldSoundsUntilItIsReleased() {
        keys.down("c1", '5')
        pass(2000)
        assertEquals(listOf("5 on"), done)
        keys.up()
        assertEquals(listOf("5 on", "off"), done)
    }

    @Test
    fun keysOfACallThatIsGoneDoNotHoldUpTheNextOne() {
        "123".forEach { keys.down("c1", it) }
        keys.up()
        gone = "c1"
        pass(2000)
        keys.down("c2", '9')
        assertEquals(listOf("1 on", "off", "9 on"), done)
    }

    @Test
    fun nothingSoundsOrWaitsAfterAControl() {
        keys.down("c1", '1')
        keys.down("c1", '2')
        keys.clear()
        pass(2000)
        assertEquals(listOf("1 on", "off"), done)
    }
}
