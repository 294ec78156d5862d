package app.starhash.host

import android.app.Activity
import android.app.Application
import android.content.Intent
import android.content.pm.ActivityInfo
import android.content.pm.PackageManager
import android.graphics.Insets
import android.os.Looper
import android.telecom.Call
import android.telecom.DisconnectCause
import android.telecom.InCallService
import android.view.View
import android.view.WindowInsets
import android.view.WindowManagerGlobal
import app.starhash.telecom.StarhashInCallService
import com.android.internal.telecom.IInCallService
import java.time.Duration
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import org.robolectric.Robolectric
import org.robolectric.RuntimeEnvironment
import org.robolectric.Shadows.shadowOf
import org.robolectric.android.controller.ActivityController
import org.robolectric.android.controller.ServiceController
import org.robolectric.shadows.ShadowChoreographer
import org.robolectric.shadows.ShadowSystemClock

/**
 * The phone on the desk: the system around the real app. It turns the main loop with the time that really passes,
 * binds the call screen when a call comes, opens and closes activities, and is touched. All of it on the main thread,
 * which is the thread of the test.
 *
 * [heard] plays the network and is told on the app's thread what the app asks of Telecom; without it the network
 * grants everything at once.
 */
class DeskPhone(heard: ((Request) -> Unit)? = null) {
    val telecom = DeskTelecom(heard ?: { request ->
        stuck[request.name]?.await()
        check(request.name !in refused) { "${request.name}: the call is just gone" }
        queue += { grant(request) }
    })
    val app: Application = RuntimeEnvironment.getApplication()
    /** Requests (`unholdCall`…) that the network does not grant by itself. */
    var ungranted = emptySet<String>()
    /** Requests (`playDtmfTone`…) that Telecom answers with an exception. */
    @Volatile
    var refused = emptySet<String>()
    /** Requests (`mute`…) that do not return to the thread that makes them before they are released. */
    @Volatile
    var stuck = emptyMap<String, CountDownLatch>()

    /** What the app asked of other apps: never carried out, the newest last. */
    val outside = mutableListOf<Intent>()
    private val activities = ArrayDeque<ActivityController<out Activity>>()
    /** The one that is resumed. */
    private var shown: ActivityController<out Activity>? = null
    /** The one whose window has been given no keys yet. */
    private var unfocused: ActivityController<out Activity>? = null
    /** Those that could not be seen when a setting changed: they learn of it when they are seen again. */
    private val outdated = mutableSetOf<ActivityController<out Activity>>()
    private var service: ServiceController<StarhashInCallService>? = null
    private val queue = ConcurrentLinkedQueue<() -> Unit>()
    private var lastTurn = System.nanoTime()
    private var busyUntil = 0L
    private var idleSince = 0L

    init {
        ShadowChoreographer.setPaused(true)
        ShadowChoreographer.setFrameDelay(Duration.ofMillis(16))
        val asked = app.packageManager.getPackageInfo(app.packageName, PackageManager.GET_PERMISSIONS).requestedPermissions
        shadowOf(app).grantPermissions(*asked.orEmpty())
    }

    /** The activity in front; null is the home screen. */
    val front: Activity? get() = activities.lastOrNull()?.get()

    /** The activity that can be seen: in front, with the screen on and, unless it shows itself there, unlocked. */
    val visible: Activity? get() = front?.takeIf { isOn && (!isLocked || showsWhenLocked(it)) }

    /** The screen is on. */
    var isOn = true
        private set

    /** The lock screen is in front of everything but a call. */
    var isLocked = false
        private set

    val isBound: Boolean get() = service != null

    /** The calls as the app's InCallService has them. */
    fun calls(): List<Call> = service?.get()?.calls.orEmpty()

    /** One turn of the main loop: what is due by now happens. */
    fun turn() {
        while (true) (queue.poll() ?: break)()
        val now = System.nanoTime()
        // Time first, then what is due by then: a phone that was held up is late, it does not live through the time it lost.
        // `idleFor` would, and let 120 ms that begin in there pass in no time at all.
        ShadowSystemClock.advanceBy(Duration.ofNanos(now - lastTurn))
        shadowOf(Looper.getMainLooper()).idle()
        lastTurn = now
        while (true) open(shadowOf(app).nextStartedActivity ?: break)
        closeFinished()
        focus()
        unbindWhenIdle(now)
        val end = System.nanoTime()
        if (end - now > STALL_NS) busyUntil = end
    }

    /** Lets the app draw what it has to show: a picture taken at once after a long turn would be of half a screen. */
    fun settle(): Sequence<Unit> = sequence {
        val asked = System.nanoTime()
        while (System.nanoTime() - maxOf(busyUntil, asked) < SETTLE_NS) yield(Unit)
    }

    /** Lets [millis] of real time pass. */
    fun pass(millis: Long) {
        val end = System.nanoTime() + millis * 1_000_000
        do {
            turn()
            Thread.sleep(PAUSE_MS)
        } while (System.nanoTime() < end)
    }

    /** Lets time pass until [done], at most [seconds]. */
    fun waitUntil(what: String, seconds: Int = 10, done: () -> Boolean) {
        val end = System.nanoTime() + seconds * 1_000_000_000L
        while (!done()) {
            check(System.nanoTime() < end) { "$what: not within $seconds s. On the screen: ${texts()}" }
            turn()
            Thread.sleep(PAUSE_MS)
        }
    }

    /** An incoming call, as [DeskTelecom.ring] describes it. */
    fun ring(id: String, number: String?, name: String? = null, forwardedFrom: String? = null) {
        bind()
        telecom.ring(id, number, name, forwardedFrom)
        turn()
    }

    /** A call of the employee's own, as [DeskTelecom.dial] describes it. */
    fun dial(id: String, number: String) {
        bind()
        telecom.dial(id, number)
        turn()
    }

    /** Touches what says [text], as soon as it can be seen, and lets the app react. */
    fun tap(text: String) = finish(Finger(this).tap(text))

    /** Presses a key of the in-call keypad. */
    fun key(key: String) = finish(Finger(this).key(key))

    private fun finish(steps: Sequence<Unit>) {
        for (step in steps + settle()) pass(PAUSE_MS)
    }

    /** What can be read on the screen now. */
    fun texts(): List<String> = window()?.let(Finder::texts).orEmpty()

    /** What Telecom does about [request] when the network has nothing against it. */
    private fun grant(request: Request) {
        val call = request.call ?: return
        if (request.name in ungranted) return
        when (request.name) {
            "answerCall" -> {
                telecom.active.filter { it != call }.forEach { telecom.state(it, Call.STATE_HOLDING) }
                telecom.state(call, Call.STATE_ACTIVE)
            }
            "holdCall" -> telecom.state(call, Call.STATE_HOLDING)
            "unholdCall" -> telecom.state(call, Call.STATE_ACTIVE)
            "disconnectCall" -> telecom.state(call, Call.STATE_DISCONNECTED, DisconnectCause.LOCAL)
            "rejectCall", "rejectCallWithReason" -> telecom.state(call, Call.STATE_DISCONNECTED, DisconnectCause.REJECTED)
        }
    }

    /** Binds the call screen, if it is not yet: Telecom does so before it adds a call. */
    private fun bind() {
        if (service != null) return
        val controller = Robolectric.buildService(StarhashInCallService::class.java).create()
        service = controller
        val binder = controller.get().onBind(Intent(InCallService.SERVICE_INTERFACE))
        telecom.bound(IInCallService.Stub.asInterface(checkNotNull(binder) { "the call screen refused to be bound" }))
        turn()
    }

    /** Telecom lets the call screen go two seconds after the last call (AOSP: getCallRemoveUnbindInCallServicesDelay). */
    private fun unbindWhenIdle(now: Long) {
        if (service == null) return
        if (telecom.hasCalls) {
            idleSince = 0
        } else if (idleSince == 0L) {
            idleSince = now
        } else if (now - idleSince > UNBIND_NS) {
            unbind()
        }
    }

    /** Telecom lets the call screen go: in the middle of a call too, when another app is made the phone app. */
    fun unbind() {
        val controller = service ?: return
        service = null
        idleSince = 0
        telecom.unbound()
        controller.get().onUnbind(Intent(InCallService.SERVICE_INTERFACE))
        controller.destroy()
    }

    /** Starts an activity as the system would: [intent] names one of ours, or goes to [outside]. */
    fun open(intent: Intent) {
        val info = intent.resolveActivityInfo(app.packageManager, 0)
        if (info == null || info.packageName != app.packageName) {
            outside += intent
            return
        }
        val type = Class.forName(info.name).asSubclass(Activity::class.java)
        val running = activities.find { it.get().javaClass == type }
        val below = activities.lastOrNull()
        // A call turns the screen on by itself (android:turnScreenOn beside showWhenLocked).
        if (info.flags and FLAG_SHOW_WHEN_LOCKED != 0) isOn = true
        if (running != null && info.launchMode != ActivityInfo.LAUNCH_MULTIPLE) {
            if (running === below && shown === below) {
                running.pause().newIntent(intent).resume()
            } else {
                activities.remove(running)
                activities += running
                running.newIntent(intent)
                settleFront()
            }
            return
        }
        shown?.pause()
        val controller = Robolectric.buildActivity(type, intent).create()
        giveInsets(controller.get())
        controller.start().postCreate(null).resume()
        reveal(controller)
        activities += controller
        shown?.let(::leave)
        shown = controller
        settleFront()
    }

    /** Brings the lifecycle of the activities in line with which one can be seen. */
    private fun settleFront() {
        val wanted = visible?.let { activities.last() }
        val old = shown?.takeIf { it !== wanted }
        if (old != null) {
            if (!old.get().isFinishing) old.pause()
            shown = null
        }
        if (wanted != null && shown == null) {
            shown = wanted
            wanted.restart().resume()
            wanted.get().window.decorView.visibility = View.VISIBLE
            unfocused = wanted
            if (outdated.remove(wanted)) reconfigure(wanted)
        }
        if (old != null && !old.get().isFinishing) leave(old)
    }

    /** Gives an activity its window. */
    private fun reveal(controller: ActivityController<out Activity>) {
        controller.visible().topActivityResumed(true)
        unfocused = controller
    }

    /** Gives a window the keys, as soon as it has been laid out. */
    private fun focus() {
        val controller = unfocused?.takeIf { it.get().window.decorView.isAttachedToWindow } ?: return
        unfocused = null
        if (controller === shown) controller.windowFocusChanged(true)
    }

    /** The last steps of an activity that can no longer be seen; its window goes too, as ActivityThread has it. */
    private fun leave(controller: ActivityController<out Activity>) {
        if (controller.get().hasWindowFocus()) controller.windowFocusChanged(false)
        controller.stop()
        controller.get().window.decorView.visibility = View.INVISIBLE
    }

    private fun showsWhenLocked(activity: Activity): Boolean =
        app.packageManager.getActivityInfo(activity.componentName, 0).flags and FLAG_SHOW_WHEN_LOCKED != 0

    /** The power key: off and locked, or on again with the lock screen. */
    fun power() {
        isOn = !isOn
        isLocked = true
        settleFront()
    }

    /** The lock screen goes away. */
    fun unlock() {
        check(isOn) { "the screen is off; press power first" }
        isLocked = false
        settleFront()
    }

    /** Opens the app from the home screen. */
    fun openApp() {
        check(isOn && !isLocked) { "the phone is locked; unlock it first" }
        open(checkNotNull(app.packageManager.getLaunchIntentForPackage(app.packageName)))
    }

    /** A change of the system's settings, as [RuntimeEnvironment.setQualifiers] writes them, and of the scale of fonts. */
    fun configure(qualifiers: List<String>, fontScale: Float?) {
        qualifiers.forEach(RuntimeEnvironment::setQualifiers)
        fontScale?.let(RuntimeEnvironment::setFontScale)
        app.onConfigurationChanged(app.resources.configuration)
        outdated += activities - setOfNotNull(shown)
        shown?.let(::reconfigure)
    }

    private fun reconfigure(controller: ActivityController<out Activity>) {
        val before = controller.get()
        controller.configurationChange(app.resources.configuration)
        giveInsets(controller.get())
        // Robolectric makes a new activity as far as onResume and leaves its window out.
        if (controller.get() !== before) reveal(controller)
        controller.get().window.decorView.requestApplyInsets()
    }

    private fun giveInsets(activity: Activity) =
        activity.window.decorView.setOnApplyWindowInsetsListener { decor, _ -> decor.onApplyWindowInsets(insets()) }

    /** Room for the status bar and the gesture area, as in design.md: 28 and 20 dp. */
    private fun insets(): WindowInsets {
        val density = app.resources.displayMetrics.density
        return WindowInsets.Builder()
            .setInsets(WindowInsets.Type.statusBars(), Insets.of(0, (28 * density).toInt(), 0, 0))
            .setInsets(WindowInsets.Type.navigationBars(), Insets.of(0, 0, 0, (20 * density).toInt()))
            .build()
    }

    private fun closeFinished() {
        val (finished, left) = activities.partition { it.get().isFinishing }
        if (finished.isEmpty()) return
        activities.clear()
        activities += left
        for (controller in finished) {
            if (controller === shown) controller.pause().stop()
            controller.destroy()
        }
        if (shown in finished) shown = null
        settleFront()
    }

    /** The window in front: of a dialog, if one is open. */
    fun window(): View? = front?.let { WindowManagerGlobal.getInstance().windowViews.lastOrNull { it.isShown } }

    companion object {
        /** ActivityInfo.FLAG_SHOW_WHEN_LOCKED, hidden: `android:showWhenLocked`. */
        private const val FLAG_SHOW_WHEN_LOCKED = 0x800000

        /** How long the main thread may sleep between two turns. */
        const val PAUSE_MS = 4L

        /** A turn that took longer leaves frames to catch up with. */
        private const val STALL_NS = 50_000_000L
        private const val SETTLE_NS = 100_000_000L
        private const val UNBIND_NS = 2_000_000_000L
    }
}
