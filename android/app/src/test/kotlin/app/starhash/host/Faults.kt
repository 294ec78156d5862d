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

/** What must not be on any screen in any window: a text that is cut or pale, a target that is small or sticks out. */
object Faults {
    private const val READABLE = 4.5

    /** What is not available says so by its form as well. */
    private const val GHOST = 3.0

    fun on(root: View): List<String> {
        val views = shown(root)
        val texts = views.filterIsInstance<TextView>().filter { it.text.isNotEmpty() }
        val touched = views.filter { it.isClickable && it !is ScrollView && it !is AdapterView<*> }
        // A field may hold more than it shows: it scrolls.
        return texts.filterNot { it is EditText }.filter(::cut).map { "«${it.text}» is cut" } +
            texts.map { it to Contrast.of(it) }.filter { (view, contrast) -> contrast < if (ghost(view)) GHOST else READABLE }
                .map { (view, contrast) -> "«${view.text}» has a contrast of $contrast" } +
            touched.filter { minOf(it.width, it.height) < it.dp(TARGET) }.map { "${name(it)} is ${it.width}x${it.height}" } +
            touched.filter(::sticksOut).map { "${name(it)} sticks out" }
    }

    fun shown(root: View): List<View> = walk(root).filter(View::isShown).toList()

    private fun walk(view: View): Sequence<View> = sequence {
        yield(view)
        if (view is ViewGroup) for (i in 0 until view.childCount) yieldAll(walk(view.getChildAt(i)))
    }

    private fun name(view: View) = view.contentDescription ?: (view as? TextView)?.text ?: view.javaClass.simpleName

    private fun ghost(view: View): Boolean = generateSequence(view) { it.parent as? View }.any { !it.isEnabled }

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
        if (place[0] < 0 || place[0] + view.width > view.rootView.width) return true
        return view.getGlobalVisibleRect(seen) && (seen.width() != view.width || seen.height() != view.height && !scrolls(view))
    }

    private fun scrolls(view: View): Boolean = generateSequence(view.parent) { it.parent }.any { it is ScrollView || it is AdapterView<*> }

    private const val TARGET = 48
}
