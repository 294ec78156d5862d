package app.starhash.host

import android.graphics.Bitmap
import androidx.test.platform.app.InstrumentationRegistry
import java.io.File

/** Pictures of the phone's screen, 1080x2340 as `robolectric.properties` sets it. */
object Screens {
    private val folder = File(System.getProperty("starhash.screens", "screens"))

    /** Takes the screen as it is now, shadows and ripples included, to `<name>.png` in the screens' folder. */
    fun take(name: String): Bitmap = take(File(folder, "$name.png"))

    fun take(file: File): Bitmap {
        val bitmap = InstrumentationRegistry.getInstrumentation().uiAutomation.takeScreenshot()
        file.absoluteFile.parentFile?.mkdirs()
        file.outputStream().use { bitmap.compress(Bitmap.CompressFormat.PNG, 100, it) }
        return bitmap
    }
}
