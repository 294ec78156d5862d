package app.starhash.call

import app.starhash.host.ChildJvm
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.JUnitCore
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/**
 * The library lacks a function. In a JVM of its own: JNA binds the functions once, so here it would either be bound to
 * the good library already or leave none of the later tests a core.
 */
class MissingSymbolTest {
    @Test
    fun theAppIsAPhone() {
        val library = "-Dstarhash.core.library=${PoisonedLibrary.withoutAFunction().path}"
        val ended = ChildJvm.run(JUnitCore::class.java.name, listOf(WithAMissingSymbol::class.java.name), listOf(library))
        assertEquals(ended.output, 0, ended.code)
        assertTrue(ended.output, Regex("""OK \([5-9]\d* tests\)""") in ended.output)
    }
}

/** Run by [MissingSymbolTest] alone. */
@RunWith(RobolectricTestRunner::class)
class WithAMissingSymbol : PlainPhoneTest()
