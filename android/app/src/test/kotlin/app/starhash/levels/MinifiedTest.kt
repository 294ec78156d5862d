package app.starhash.levels

import app.starhash.core.bindings.RustBuffer
import app.starhash.core.bindings.UniffiRustCallStatus
import app.starhash.core.bindings.UniffiVTableCallbackInterfacePhone
import com.sun.jna.Structure
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Test

/** In `cargo xtask minified` the app's classes are those R8 made, and no others. */
class MinifiedTest {
    @Test
    fun noClassOfTheAppIsThereAsItWasBeforeR8() {
        val unminified = System.getProperty("starhash.unminified")
        assumeTrue("only in `cargo xtask minified`", unminified != null)
        val before = File(unminified).walk().filter { it.extension == "class" }.map { it.relativeTo(File(unminified)).path }.toList()
        assertTrue("classes before R8: ${before.size}", before.size > 300)
        val found = before.mapNotNull(ClassLoader::getSystemResource).map(Any::toString)
        assertEquals(emptyList<String>(), found.filterNot { it.startsWith("jar:") && "/classes.jar!/" in it })
        assertTrue("most have other names: ${found.size} of ${before.size}", found.size < before.size / 2)
    }

    /** What JNA does with a structure whenever one is passed: it looks for the fields of `FieldOrder` in the class. */
    @Test
    fun jnaFindsTheFieldsOfWhatGoesOverTheBorder() {
        val structures = listOf(RustBuffer.ByValue::class, UniffiRustCallStatus::class, UniffiVTableCallbackInterfacePhone.UniffiByValue::class)
        val faults = structures.mapNotNull { type ->
            runCatching { Structure.newInstance(type.java).size() }.exceptionOrNull()?.let { "${type.java.simpleName}: $it" }
        }
        assertEquals("", faults.joinToString("\n"))
    }
}
