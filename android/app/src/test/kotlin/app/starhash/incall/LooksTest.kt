package app.starhash.incall

import android.graphics.Rect
import android.text.TextUtils
import android.view.View
import android.widget.TextView
import app.starhash.host.Screens
import app.starhash.ui.dp
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/** Every look in every window: what may never be lost is whole, what can be touched is large enough, texts are readable. */
@RunWith(RobolectricTestRunner::class)
class LooksTest {
    @Test
    fun light() = check("light")

    @Test
    fun night() = check("night", "+night")

    @Test
    fun english() = check("en", "+en-rUS")

    @Test
    fun lowWindow() = check("320", "+w320dp-h568dp")

    @Test
    fun lowWindowHugeFont() = check("320-font200", "+w320dp-h568dp", 2f)

    @Test
    fun hugeFont() = check("font200", font = 2f)

    @Test
    fun landscape() = check("land", "+w780dp-h360dp-land")

    /** The places of the mock-up, the design, "The skeleton": top and height in dp at 360x780. */
    @Test
    fun slotsStandWhereTheyStoodInTheStageBefore() {
        val stand = Stand()
        val places = Bodies.all().keys.filter { it.first() == '0' && it[1] in '3'..'6' }.map { name ->
            stand.show(Bodies.all().getValue(name))
            val slots = stand.views().filterIsInstance<SlotView>().map { it.place() }
            assertTrue("$name has slots", slots.isNotEmpty())
            name to slots
        }
        places.forEach { (name, slots) ->
            assertEquals("$name: lower edge of slot 2", 550, slots.last().bottom)
            if (slots.size == 2) {
                assertEquals("$name: slot 1", 402 to 478, slots[0].top to slots[0].bottom)
                assertEquals("$name: slot 2", 486, slots[1].top)
            }
        }
        val red = stand.show(Bodies.all().getValue("04-consultation")).views().filterIsInstance<RedBar>().single().place()
        assertEquals(688 to 752, red.top to red.bottom)
    }

    private fun View.place(): Rect = Rect().also {
        val at = IntArray(2).also(::getLocationInWindow)
        it.set(at[0] / dp(1), at[1] / dp(1), (at[0] + width) / dp(1), (at[1] + height) / dp(1))
    }

    private fun check(suffix: String, qualifiers: String = "", font: Float = 1f) {
        val stand = Stand(qualifiers, font)
        val faults = Bodies.all().keys.flatMap { name ->
            stand.show(Bodies.all().getValue(name))
            Screens.take("$name-$suffix")
            (whole(stand) + large(stand) + readable(stand)).map { "$name-$suffix: $it" }
        }
        assertEquals("", faults.joinToString("\n"))
    }

    /** Client's name, timer, slots, red bar and caption: never cut, never covered, never off the screen. */
    private fun whole(stand: Stand): List<String> {
        val never = stand.views().filter { it is HeaderView || it is SlotView || it is RedBar || it is LeaveButton || it is ControlsRow || it.javaClass.simpleName == "Answer" }
        val rects = never.map { view -> view to Rect().also { view.getGlobalVisibleRect(it) } }
        val hidden = rects.filter { (view, seen) -> seen.width() != view.width || seen.height() != view.height }
            .map { (view, _) -> "${view.javaClass.simpleName} is cut" }
        val overlapping = rects.flatMapIndexed { i, (a, ra) ->
            rects.drop(i + 1).filter { (_, rb) -> Rect.intersects(ra, rb) }.map { (b, _) -> "${a.javaClass.simpleName} overlaps ${b.javaClass.simpleName}" }
        }
        val texts = never.flatMap { stand.within(it) }.filterIsInstance<TextView>()
        return hidden + overlapping + texts.filter(::cut).map { "«${it.text}» is cut" } + texts.filter(::broken).map { "«${it.text}» is broken inside a word" }
    }

    private fun cut(view: TextView): Boolean {
        val layout = view.layout ?: return true
        val ellipsized = (0 until layout.lineCount).any { layout.getEllipsisCount(it) > 0 }
        return ellipsized || layout.height > view.height || (0 until layout.lineCount).any { layout.getLineMax(it) > view.width + 1 }
    }

    private fun broken(view: TextView): Boolean {
        val layout = view.layout ?: return false
        return (0 until layout.lineCount - 1).any { line ->
            val end = layout.getLineEnd(line)
            end > 0 && view.text[end - 1].isLetterOrDigit() && view.text[end].isLetterOrDigit()
        }
    }

    private fun large(stand: Stand): List<String> = stand.views().filter { it.isClickable }.mapNotNull { view ->
        val least = view.dp(48)
        "${name(view)} is ${view.width / view.dp(1)}x${view.height / view.dp(1)}".takeIf { view.width < least || view.height < least }
    }

    private fun name(view: View) = view.contentDescription ?: (view as? TextView)?.text ?: view.javaClass.simpleName

    /** Text 4.5:1; what is not available 3:1, for its form says so as well. */
    private fun readable(stand: Stand): List<String> = stand.views().filterIsInstance<TextView>().filterNot { TextUtils.isEmpty(it.text) }.mapNotNull { view ->
        val contrast = Contrast.of(view)
        val ghost = generateSequence(view.parent) { it.parent }.filterIsInstance<SlotView>().any { !it.isEnabled }
        "«${view.text}» has a contrast of %.2f".format(contrast).takeIf { contrast < if (ghost) 3.0 else 4.5 }
    }
}
