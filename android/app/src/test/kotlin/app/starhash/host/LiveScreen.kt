package app.starhash.host

import android.graphics.Bitmap
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.PixelFormat
import android.media.ImageReader
import android.view.View
import android.view.WindowManagerGlobal

/**
 * What the phone shows, drawn as often as it changes. Each window keeps its renderer, for ripples live there, and one
 * buffer: `UiAutomation.takeScreenshot` makes new ones for every picture, megabytes that nobody gives back.
 */
class LiveScreen(private val phone: DeskPhone, private val sender: FrameSender) {
    private val panes = LinkedHashMap<View, Pane>()
    private var shown: Any? = null
    private var bitmap = Bitmap.createBitmap(1, 1, Bitmap.Config.ARGB_8888)
    private var drawn = 0L
    private var restlessUntil = 0L

    /** A finger is on the screen: ripples run without anything being invalidated. */
    fun touched() {
        restlessUntil = System.nanoTime() + RIPPLE_NS
    }

    /** Draws if there is something new, and hands it on. */
    fun turn() {
        val now = System.nanoTime()
        if (now - drawn < FRAME_NS || sender.isBusy) return
        val windows = windows()
        val shows = shows(windows)
        if (shows == shown && now > restlessUntil && windows.none(View::isDirty)) return
        shown = shows
        drawn = now
        draw(windows)
        sender.send(bitmap)
    }

    /** From back to front; none while the screen is off, locked, or shows the home screen. */
    private fun windows(): List<View> {
        if (phone.visible == null) return emptyList()
        return WindowManagerGlobal.getInstance().windowViews.filter { it.isShown && it.width > 0 && it.height > 0 }
    }

    /** What decides about the picture beside the contents of the windows. */
    private fun shows(windows: List<View>): Any {
        val metrics = phone.app.resources.displayMetrics
        val system = if (windows.isEmpty()) SystemPictures.state(phone) else null
        return listOf(metrics.widthPixels, metrics.heightPixels, windows.map(System::identityHashCode), system)
    }

    private fun draw(windows: List<View>) {
        val metrics = phone.app.resources.displayMetrics
        if (bitmap.width != metrics.widthPixels || bitmap.height != metrics.heightPixels) {
            bitmap = Bitmap.createBitmap(metrics.widthPixels, metrics.heightPixels, Bitmap.Config.ARGB_8888)
        }
        val gone = panes.keys - windows.toSet()
        gone.forEach { panes.remove(it)?.close() }
        val canvas = Canvas(bitmap)
        if (windows.isEmpty()) return SystemPictures.draw(phone, canvas)
        canvas.drawColor(Color.BLACK)
        val place = IntArray(2)
        for (window in windows) {
            val pane = panes[window]?.takeIf { it.fits(window) } ?: Pane(window).also { panes.put(window, it)?.close() }
            window.getLocationOnScreen(place)
            canvas.drawBitmap(pane.draw(), place[0].toFloat(), place[1].toFloat(), null)
        }
    }

    /** One window and what it is drawn with. */
    private class Pane(private val window: View) {
        private val reader = ImageReader.newInstance(window.width, window.height, PixelFormat.RGBA_8888, 2)
        private val bitmap = Bitmap.createBitmap(window.width, window.height, Bitmap.Config.ARGB_8888)

        fun fits(window: View) = window.width == bitmap.width && window.height == bitmap.height

        fun draw(): Bitmap {
            val renderer = checkNotNull(window.threadedRenderer) { "the window has no renderer" }
            renderer.setSurface(reader.surface)
            renderer.setContentRoot(window.updateDisplayListIfDirty())
            renderer.createRenderRequest().syncAndDraw()
            reader.acquireNextImage().use { bitmap.copyPixelsFromBuffer(it.planes[0].buffer) }
            return bitmap
        }

        fun close() = reader.close()
    }

    private companion object {
        /** 60 pictures a second at most; the choreographer makes no more. */
        const val FRAME_NS = 16_000_000L

        /** A ripple has faded by then (Material: 225 ms in, 150 out, after a tap of some length). */
        const val RIPPLE_NS = 800_000_000L
    }
}
