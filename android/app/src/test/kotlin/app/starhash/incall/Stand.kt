package app.starhash.incall

import android.app.Activity
import android.graphics.Insets
import android.os.Looper
import android.view.View
import android.view.ViewGroup
import android.view.WindowInsets
import app.starhash.R
import app.starhash.ui.dp
import app.starhash.ui.edgeToEdge
import java.lang.reflect.Proxy
import java.time.Duration
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf

/** A call screen in a window of its own, under the bars of a phone, with every intent written down. */
class Stand(qualifiers: String = "", font: Float = 1f) {
    /** "transferTo", "keyDown 5"…, in the order they came. */
    val asked = mutableListOf<String>()
    val intents = recording()
    private val activity: Activity
    val screen: CallScreen

    init {
        if (qualifiers.isNotEmpty()) RuntimeEnvironment.setQualifiers(qualifiers)
        if (font != 1f) RuntimeEnvironment.setFontScale(font)
        val controller = Robolectric.buildActivity(Activity::class.java)
        activity = controller.get()
        activity.setTheme(R.style.Theme_Starhash)
        controller.create()
        activity.window.edgeToEdge()
        screen = CallScreen(activity, intents)
        activity.setContentView(screen)
        controller.start().resume().visible()
        settle()
        val bars = Insets.of(0, screen.dp(STATUS), 0, screen.dp(NAVIGATION))
        screen.dispatchApplyWindowInsets(WindowInsets.Builder().setInsets(WindowInsets.Type.systemBars(), bars).build())
    }

    private fun recording() = Proxy.newProxyInstance(CallIntents::class.java.classLoader, arrayOf(CallIntents::class.java)) { _, method, args ->
        asked += (listOf(method.name) + args.orEmpty().map { (it as? Tile)?.name ?: it }).joinToString(" ")
        null
    } as CallIntents

    fun show(ui: CallUi): Stand {
        screen.render(ui)
        settle()
        return this
    }

    /** Lets the longest animation and guard pass. */
    fun settle(ms: Long = 1000) = shadowOf(Looper.getMainLooper()).idleFor(Duration.ofMillis(ms))

    /** All that is shown, in reading order. */
    fun views(): List<View> = within(screen)

    fun within(view: View): List<View> = walk(view).filter(View::isShown).toList()

    private fun walk(view: View): Sequence<View> = sequence {
        yield(view)
        if (view is ViewGroup) for (i in 0 until view.childCount) yieldAll(walk(view.getChildAt(i)))
    }

    companion object {
        const val STATUS = 28
        const val NAVIGATION = 20
    }
}
