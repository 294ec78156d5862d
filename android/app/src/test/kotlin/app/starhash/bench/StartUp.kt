package app.starhash.bench

import android.app.Activity
import android.app.Application
import android.os.Bundle
import android.view.ViewTreeObserver
import app.starhash.App
import app.starhash.core.Core
import app.starhash.host.DeskPhone
import app.starhash.incall.InCallActivity
import app.starhash.telecom.Calls
import org.junit.Test
import org.junit.runner.JUnitCore
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.experimental.LazyApplication

/** `cargo xtask start-up`: a call wakes the app up; what is initialised when, and on which thread. */
fun main() {
    val result = JUnitCore.runClasses(StartUpSession::class.java)
    result.failures.forEach { System.err.println("The start-up broke down: ${it.trimmedTrace}") }
    kotlin.system.exitProcess(if (result.wasSuccessful()) 0 else 1)
}

/** Not one of the tests: only the first start in a JVM loads anything, so StartUpTest runs it in one of its own. */
@RunWith(RobolectricTestRunner::class)
@LazyApplication(LazyApplication.LazyLoad.ON)
class StartUpSession {
    private val marks = sortedMapOf<Long, String>()

    private fun mark(what: String) {
        marks[System.nanoTime()] = what
    }

    @Test
    fun aCallWakesTheAppUp() {
        val log = ClassLog()
        val main = threadNumber()
        log.start()
        val app = RuntimeEnvironment.getApplication() as App
        mark(CREATED)
        app.registerActivityLifecycleCallbacks(FirstFrame { mark(FRAME) })
        val phone = DeskPhone()
        phone.ring("c1", "+79452104836", "Ольга Крылова")
        phone.waitUntil("the first frame and the core", seconds = 60) {
            if (app.core.state is Core.Ready && READY !in marks.values) mark(READY)
            FRAME in marks.values && READY in marks.values
        }
        val classes = log.read()
        // The first thing that onCreate does.
        marks[checkNotNull(classes.find { it.name == Calls::class.java.name }) { "Calls are not in the log" }.nanos] = BEGUN
        StartUpTable(marks, classes, mapOf(main to "main", checkNotNull(threadNumber("core-worker")) to "core-worker")).print()
    }

    /** Tells when the call screen is about to be drawn for the first time (the desk has no surface to draw to). */
    private class FirstFrame(private val then: () -> Unit) : Application.ActivityLifecycleCallbacks {
        override fun onActivityResumed(activity: Activity) {
            if (activity !is InCallActivity) return
            val observer = activity.window.decorView.viewTreeObserver
            observer.addOnPreDrawListener(object : ViewTreeObserver.OnPreDrawListener {
                private var drawn = false

                override fun onPreDraw(): Boolean {
                    if (!drawn) then()
                    drawn = true
                    return true
                }
            })
        }

        override fun onActivityCreated(activity: Activity, state: Bundle?) = Unit
        override fun onActivityStarted(activity: Activity) = Unit
        override fun onActivityPaused(activity: Activity) = Unit
        override fun onActivityStopped(activity: Activity) = Unit
        override fun onActivitySaveInstanceState(activity: Activity, state: Bundle) = Unit
        override fun onActivityDestroyed(activity: Activity) = Unit
    }

    companion object {
        const val BEGUN = "Application.onCreate begins"
        const val CREATED = "Application.onCreate is over"
        const val FRAME = "the ringing screen's first frame"
        const val READY = "the core is ready"
    }
}
