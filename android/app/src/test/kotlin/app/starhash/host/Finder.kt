package app.starhash.host

import android.view.View
import android.view.ViewGroup
import android.widget.TextView

/** Finding views as a person does: by what they say. */
object Finder {
    /**
     * The visible, enabled view that says [text], by its text or its description; failing that, one that begins
     * with it (a tile is described as "Name, extension, …").
     */
    fun find(root: View, text: String): View? {
        val wanted = plain(text)
        val views = visible(root).filter(::enabled)
        return views.find { view -> said(view).any { it == wanted } } ?: views.find { view -> said(view).any { it.startsWith(wanted) } }
    }

    /** Everything that can be read on the screen. */
    fun texts(root: View): List<String> = visible(root).flatMap(::said).distinct()

    private fun visible(view: View): List<View> {
        if (view.visibility != View.VISIBLE || view.alpha == 0f || view.width == 0 || view.height == 0) return emptyList()
        val children = (view as? ViewGroup)?.run { (0 until childCount).map(::getChildAt) }.orEmpty()
        return listOf(view) + children.flatMap(::visible)
    }

    private fun enabled(view: View): Boolean = view.isEnabled && ((view.parent as? View)?.let(::enabled) ?: true)

    private fun said(view: View): List<String> =
        listOfNotNull((view as? TextView)?.text, view.contentDescription).map(::plain).filter(String::isNotEmpty)

    /** Without the signs that only keep a line from breaking (design.md: U+2011 and U+00A0 inside numbers). */
    fun plain(text: CharSequence) = text.toString().replace('\u00A0', ' ').replace('\u2011', '-').trim()
}
