package app.starhash.host

import android.graphics.Rect
import android.view.View
import android.view.ViewGroup
import android.widget.AdapterView
import android.widget.EditText
import android.widget.ScrollView
import android.widget.TextView
import app.starhash.incall.Contrast
import app.starhash.ui.dp

/** What must not be on any screen in any window: a text that is cut (a field scrolls) or pale, a target that is small or sticks out. */
object Faults {
    private const val TARGET = 48
    private const val CONTRAST = 4.5

    fun on(root: View): List<String> {
        val views = walk(root).filter(View::isShown).toList()
        val texts = views.filterIsInstance<TextView>().filter { it.text.isNotEmpty() }
        val touched = views.filter { it.isClickable && it !is ScrollView && it !is AdapterView<*> }
        return texts.filterNot { it is EditText }.filter(::cut).map { "«${it.text}» is cut" } +
            texts.map { it to Contrast.of(it) }.filter { it.second < CONTRAST }.map { "«${it.first.text}» has a contrast of ${it.second}" } +
            touched.filter { minOf(it.width, it.height) < it.dp(TARGET) }.map { "${named(it)} is ${it.width}x${it.height}" } +
            touched.filter(::sticksOut).map { "${named(it)} sticks out" }
    }

    private fun walk(view: View): Sequence<View> = sequence {
        yield(view)
        if (view is ViewGroup) for (i in 0 until view.childCount) yieldAll(walk(view.getChildAt(i)))
    }

    private fun named(view: View) = view.contentDescription ?: (view as? TextView)?.text ?: view.toString()

    private fun cut(view: TextView): Boolean {
        val layout = view.layout ?: return true
        val lines = 0 until layout.lineCount
        val room = view.width - view.compoundPaddingLeft - view.compoundPaddingRight
        val broken = lines.any { line ->
            val end = layout.getLineEnd(line)
            end in 1 until view.text.length && view.text[end - 1].isLetterOrDigit() && view.text[end].isLetterOrDigit()
        }
        return broken || layout.height > view.height || lines.any { layout.getLineMax(it) > room + 1 }
    }

    private fun sticksOut(view: View): Boolean {
        val place = IntArray(2).also(view::getLocationInWindow)
        val seen = Rect()
        return place[0] < 0 || place[0] + view.width > view.rootView.width || (view.getGlobalVisibleRect(seen) && seen.width() != view.width)
    }
}
