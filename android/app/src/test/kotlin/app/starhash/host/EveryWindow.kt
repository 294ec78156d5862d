package app.starhash.host

import org.junit.Test
import org.robolectric.RuntimeEnvironment

/** A screen looked at in every window: themes, languages, sizes of font and of screen. */
abstract class EveryWindow {
    /** Looks at the screen; [window] goes into the names of its pictures. The window is set already. */
    protected abstract fun check(window: String, font: Float)

    @Test
    fun light() = look("light")

    @Test
    fun nightInEnglish() = look("en-night", "+en-rUS-night")

    @Test
    fun hugeFont() = look("font200", font = 2f)

    @Test
    fun lowWindow() = look("320", "+w320dp-h568dp")

    @Test
    fun lowWindowHugeFont() = look("320-font200", "+w320dp-h568dp", 2f)

    @Test
    fun landscape() = look("land", "+w780dp-h360dp-land")

    private fun look(window: String, qualifiers: String = "", font: Float = 1f) {
        if (qualifiers.isNotEmpty()) RuntimeEnvironment.setQualifiers(qualifiers)
        if (font != 1f) RuntimeEnvironment.setFontScale(font)
        check(window, font)
    }
}
