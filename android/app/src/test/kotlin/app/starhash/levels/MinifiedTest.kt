package app.starhash.levels

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
}
