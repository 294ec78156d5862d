package app.starhash.incall

import android.animation.ValueAnimator
import android.annotation.SuppressLint
import android.content.Context
import android.os.SystemClock
import android.view.HapticFeedbackConstants
import android.view.View
import android.view.ViewGroup
import android.view.WindowInsets
import android.view.accessibility.AccessibilityNodeInfo
import android.view.animation.AnimationUtils
import android.widget.LinearLayout
import android.widget.ScrollView
import app.starhash.R
import app.starhash.ui.Guarded
import app.starhash.ui.dp
import app.starhash.ui.showIf

/**
 * The whole call screen: draws the last [CallUi] and nothing else; state is touched only through [intents].
 *
 * One skeleton for every stage (header, picture and heading, middle, dock); only the middle changes. What is anchored to
 * the bottom never scrolls. What gives way in a small window is decided by [Fit] from the size this view gets.
 */
@SuppressLint("ViewConstructor")
class CallScreen(context: Context, private val intents: CallIntents) : ViewGroup(context) {
    private var ui: CallUi? = null
    private var fit: Fit? = null
    private var drawnBody: Body? = null

    private val header = HeaderView(context)
    private val picture = PictureView(context)
    private val heading = HeadingView(context)
    private val quiet = QuietButton(context)
    private val upper = Guarded(context)
    private val scroll = ScrollView(context)
    private val line = View(context).apply { setBackgroundColor(context.getColor(R.color.line)) }
    private val waiting = WaitingCard(context, intents)
    private val dock = Dock(context, intents)
    private var ringing: RingingView? = null
    private var middle: Middle? = null
    private var middleKind = -1

    private val tick = Runnable {
        draw()
        keepTicking()
    }

    init {
        setBackgroundColor(context.getColor(R.color.surface))
        val wide = LinearLayout.LayoutParams.MATCH_PARENT
        val wrap = LinearLayout.LayoutParams.WRAP_CONTENT
        upper.addView(picture, LinearLayout.LayoutParams(wide, wrap).apply { setMargins(dp(SIDE), 0, dp(SIDE), 0) })
        upper.addView(heading, LinearLayout.LayoutParams(wide, wrap))
        upper.addView(quiet, LinearLayout.LayoutParams(wrap, wrap))
        quiet.setPadding(dp(16), 0, dp(16), 0)
        scroll.isFillViewport = true
        scroll.addView(upper, ViewGroup.LayoutParams(wide, wrap))
        scroll.setOnScrollChangeListener { _, _, _, _, _ -> showLine() }
        listOf(header, scroll, line, waiting, dock).forEach(::addView)
    }

    /** Draws [snapshot]. May be called as often as one likes; an equal snapshot changes nothing. */
    fun render(snapshot: CallUi) {
        val before = ui?.body
        val knocking = ui?.waiting?.callId
        val next = snapshot.named(context.getString(R.string.app_hidden_number))
        ui = next
        if (before != null && before::class != next.body::class) stageChanged(before, next.body)
        // The number was asked back: the second tap of a double tap must not be the answer.
        if ((before as? Body.NumberField)?.ask == false && (next.body as? Body.NumberField)?.ask == true) shut(GUARD_MS)
        if (before != null && knocking != next.waiting?.callId) cardChanged()
        draw()
        if (isAttachedToWindow) keepTicking()
    }

    /** The card of a second call covers tiles and keys or lets them go: a tap meant for the one is not for the other. */
    private fun cardChanged() = listOf(waiting, upper).forEach { it.shutUntil(SystemClock.uptimeMillis() + GUARD_MS) }

    private fun stageChanged(from: Body, to: Body) {
        // «Ответить» lies where the red bar appears: the second tap of a double tap would hang up on the client.
        if (from is Body.Ringing) dock.shutUntil(SystemClock.uptimeMillis() + GUARD_MS)
        shut(if (to is Body.AfterHangUp) GUARD_AFTER_MS else GUARD_MS)
        when (to) {
            is Body.Consultation -> performHapticFeedback(HapticFeedbackConstants.CLOCK_TICK)
            is Body.BrokenOff -> performHapticFeedback(HapticFeedbackConstants.REJECT)
            is Body.AfterHangUp -> post { heading.performAccessibilityAction(AccessibilityNodeInfo.ACTION_ACCESSIBILITY_FOCUS, null) }
            else -> Unit
        }
    }

    /** Slots and what stands in the middle after a transfer ignore touches for [ms]; the red bar does not. */
    private fun shut(ms: Long) {
        val until = SystemClock.uptimeMillis() + ms
        dock.shutSlotsUntil(until)
        // Tiles that appear under a finger still on its way to a slot would start another transfer.
        if (drawnBody.let { it is Body.Returning || it is Body.BrokenOff || it is Body.Consultation }) upper.shutUntil(until)
    }

    private fun draw() {
        val ui = ui ?: return
        val fit = fit ?: return
        val now = SystemClock.elapsedRealtime()
        val isRinging = ui.body is Body.Ringing
        listOf(header, scroll, line, dock).forEach { it.showIf(!isRinging) }
        waiting.showIf(ui.waiting != null)
        ui.waiting?.let { waiting.show(it, fit) }
        if (isRinging) {
            val view = ringing ?: RingingView(context, fit, intents).also {
                ringing = it
                addView(it, 0)
            }
            view.show(ui)
        } else {
            ringing?.let(::removeView)
            ringing = null
            header.show(ui.header, now, fit)
            stage(ui, now, fit)
        }
        drawnBody = ui.body
        showLine()
    }

    private fun stage(ui: CallUi, now: Long, fit: Fit) {
        val shown = context.picture(ui, now)
        val pictured = shown != null && fit.picture(ui)
        picture.showIf(pictured)
        shown?.let { picture.show(it, fit.compactPicture) }
        heading.show(context.heading(ui.body, fit), pictured, fit)
        val slots = context.slots(ui, now, fit)
        dock.show(ui, slots, fit)
        val question = slots?.third?.takeIf { fit.slot3InMiddle }
        quiet.showIf(question != null)
        question?.let { quiet.show(it) { act -> act(intents) } }
        val kind = middleKind(ui.body)
        if (kind != middleKind) {
            replaceMiddle(middleFor(context, ui.body, fit, intents))
            middleKind = kind
        }
        middle?.show(ui)
        if (drawnBody?.let { it::class != ui.body::class } == true) stageMotion()
    }

    private fun replaceMiddle(next: Middle) {
        middle?.let(upper::removeView)
        middle = next
        upper.addView(next, LinearLayout.LayoutParams(LinearLayout.LayoutParams.MATCH_PARENT, 0, 1f))
        scroll.scrollTo(0, 0)
    }

    /** The middle alone rises into place. It can be touched all the time. */
    private fun stageMotion() {
        scroll.scrollTo(0, 0)
        val view = middle ?: return
        view.animate().cancel()
        view.alpha = 1f
        view.translationY = 0f
        if (!ValueAnimator.areAnimatorsEnabled()) return
        view.alpha = 0f
        view.translationY = dp(RISE).toFloat()
        view.animate().alpha(1f).translationY(0f).setDuration(RISE_MS)
            .setInterpolator(AnimationUtils.loadInterpolator(context, android.R.interpolator.fast_out_slow_in))
    }

    private fun showLine() {
        line.alpha = if (scroll.canScrollVertically(1) || scroll.canScrollVertically(-1)) 1f else 0f
    }

    private fun keepTicking() {
        removeCallbacks(tick)
        val ui = ui ?: return
        val body = ui.body
        val origin = (body as? Body.AfterHangUp)?.watchUntil ?: ui.header.talkingSince ?: return
        val past = Math.floorMod(SystemClock.elapsedRealtime() - origin, SECOND)
        postDelayed(tick, SECOND - past)
    }

    override fun onAttachedToWindow() {
        super.onAttachedToWindow()
        requestApplyInsets()
        draw()
        keepTicking()
    }

    override fun onDetachedFromWindow() {
        super.onDetachedFromWindow()
        removeCallbacks(tick)
    }

    override fun onApplyWindowInsets(insets: WindowInsets): WindowInsets {
        val bars = insets.getInsets(WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout())
        setPadding(bars.left, bars.top, bars.right, bars.bottom)
        return WindowInsets.CONSUMED
    }

    private fun suit(width: Int, height: Int) {
        val density = resources.displayMetrics.density
        val next = Fit((width / density).toInt(), (height / density).toInt(), resources.configuration.fontScale)
        if (next == fit) return
        fit = next
        middleKind = -1
        ringing?.let(::removeView)
        ringing = null
        draw()
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val width = MeasureSpec.getSize(widthSpec)
        val height = MeasureSpec.getSize(heightSpec)
        val roomW = width - paddingLeft - paddingRight
        val roomH = height - paddingTop - paddingBottom
        suit(roomW, roomH)
        setMeasuredDimension(width, height)
        val landscape = fit?.landscape == true
        val columns = columns(roomW)
        ringing?.measure(exactly(if (landscape) roomW else columns.first), exactly(roomH))
        dock.measure(exactly(columns.second), atMost(roomH))
        waiting.measure(exactly(columns.first - dp(2 * SIDE)), atMost(roomH))
        header.measure(exactly(columns.first), atLeast(dp(fit?.headerHeight ?: 0), columns.first))
        line.measure(exactly(columns.first), exactly(dp(1)))
        val above = header.measuredHeight + if (heightOf(waiting) > 0) heightOf(waiting) + dp(GAP) else 0
        val below = if (landscape) 0 else heightOf(dock)
        scroll.measure(exactly(columns.first), exactly((roomH - above - below).coerceAtLeast(0)))
    }

    /** Widths of the (left) column and, in landscape, the right one. */
    private fun columns(room: Int): Pair<Int, Int> {
        if (fit?.landscape != true) return minOf(room, dp(Fit.MAX_COLUMN)).let { it to it }
        val left = minOf((room * LEFT_PART).toInt(), dp(Fit.MAX_COLUMN))
        return left to minOf(room - left, dp(Fit.MAX_COLUMN))
    }

    private fun heightOf(view: View) = if (view.visibility == GONE) 0 else view.measuredHeight

    private fun exactly(size: Int) = MeasureSpec.makeMeasureSpec(size, MeasureSpec.EXACTLY)

    private fun atMost(size: Int) = MeasureSpec.makeMeasureSpec(size, MeasureSpec.AT_MOST)

    /** The header's own height, but not less than [least]: a large font may need more. */
    private fun atLeast(least: Int, width: Int): Int {
        header.measure(exactly(width), MeasureSpec.makeMeasureSpec(0, MeasureSpec.UNSPECIFIED))
        return exactly(maxOf(least, header.measuredHeight))
    }

    override fun onLayout(changed: Boolean, l: Int, t: Int, r: Int, b: Int) {
        val landscape = fit?.landscape == true
        val room = width - paddingLeft - paddingRight
        val (leftW, rightW) = columns(room)
        val all = if (landscape) leftW + rightW else leftW
        val x = paddingLeft + (room - all) / 2
        val top = paddingTop
        val bottom = height - paddingBottom
        ringing?.place(if (landscape) paddingLeft else x, top)
        header.place(x, top)
        scroll.place(x, top + header.measuredHeight)
        val dockX = if (landscape) x + leftW else x
        dock.place(dockX, bottom - heightOf(dock))
        waiting.place(x + dp(SIDE), bottom - (if (landscape) dp(GAP) else heightOf(dock)) - heightOf(waiting))
        line.place(x, scroll.bottom - 1)
        showLine()
    }

    private fun View.place(x: Int, y: Int) = layout(x, y, x + measuredWidth, y + measuredHeight)

    companion object {
        /** A double tap on a tile ends where «Cancel» appears, a stray one where «Connect» wakes up (the design). */
        const val GUARD_MS = 400L
        const val GUARD_AFTER_MS = 700L
        private const val SECOND = 1000L
        private const val RISE_MS = 150L
        private const val RISE = 8
        private const val SIDE = 16
        private const val GAP = 8
        private const val LEFT_PART = 0.55f
    }
}

/** Where the network hides who calls, everybody reads the same words. */
private fun CallUi.named(hidden: String) = copy(
    header = header.copy(name = header.name.ifEmpty { hidden }),
    waiting = waiting?.let { it.copy(name = it.name.ifEmpty { hidden }) },
)
