package app.starhash.incall

import android.animation.ValueAnimator
import android.content.Context
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.DashPathEffect
import android.graphics.Paint
import android.graphics.Path
import android.text.TextPaint
import android.text.TextUtils
import android.view.View
import app.starhash.R
import app.starhash.incall.Picture.Link
import app.starhash.incall.Picture.Node
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.dpf
import app.starhash.ui.icon
import app.starhash.ui.medium
import app.starhash.ui.sp

private const val CROSS_FADE_MS = 200L
private const val EDGE = 46
private const val CODE_DOTS = 5

/** Who hears whom, drawn: client, you, colleague. One node with one sentence for a screen reader. */
class PictureView(context: Context) : View(context) {
    private var picture: Picture? = null
    private var before: Picture? = null
    private var fade = 1f
    private var animator: ValueAnimator? = null
    private var compact = false

    private val fill = Paint(Paint.ANTI_ALIAS_FLAG)
    private val stroke = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        style = Paint.Style.STROKE
        strokeCap = Paint.Cap.ROUND
        strokeJoin = Paint.Join.ROUND
    }
    private val text = TextPaint(Paint.ANTI_ALIAS_FLAG)
    private val path = Path()
    private val dashedCircle = DashPathEffect(floatArrayOf(dpf(3), dpf(2.5)), 0f)
    private val dashedLink = DashPathEffect(floatArrayOf(dpf(7), dpf(9)), 0f)
    private val dashedArc = DashPathEffect(floatArrayOf(dpf(11), dpf(9)), 0f)

    private val radius get() = dpf(if (compact) 20 else 24)

    /** Room for the arc above the nodes. */
    private val centreY get() = radius + dpf(if (compact) 6 else 11)

    init {
        isScreenReaderFocusable = true
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_YES
    }

    fun show(next: Picture, compact: Boolean) {
        describe(next.sentence)
        if (compact != this.compact) {
            this.compact = compact
            requestLayout()
        }
        val old = picture
        if (next == old) return
        picture = next
        val links = Triple(next.left, next.right, next.joined)
        if (old != null && links != Triple(old.left, old.right, old.joined) && ValueAnimator.areAnimatorsEnabled()) crossFade(old)
        invalidate()
    }

    private fun crossFade(old: Picture) {
        before = old
        animator?.cancel()
        animator = ValueAnimator.ofFloat(0f, 1f).setDuration(CROSS_FADE_MS).apply {
            addUpdateListener {
                fade = it.animatedValue as Float
                if (fade == 1f) before = null
                invalidate()
            }
            start()
        }
    }

    override fun onDetachedFromWindow() {
        super.onDetachedFromWindow()
        animator?.end()
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) {
        val texts = context.sp(Type.SMALL.line) + context.sp(Type.LABEL.line) + dpf(2)
        setMeasuredDimension(MeasureSpec.getSize(widthSpec), (centreY + radius + texts + dpf(1)).toInt())
    }

    override fun onDraw(canvas: Canvas) {
        val now = picture ?: return
        before?.let { links(canvas, it, 1 - fade) }
        links(canvas, now, if (before == null) 1f else fade)
        val rtl = layoutDirection == LAYOUT_DIRECTION_RTL
        val edge = dpf(EDGE)
        node(canvas, now.client, if (rtl) width - edge else edge, R.color.sec_cont, R.color.on_sec_cont)
        node(canvas, now.colleague, if (rtl) edge else width - edge, R.color.prim_cont, R.color.on_prim_cont)
        node(canvas, now.you, width / 2f, R.color.ter_cont, R.color.on_ter_cont, small = now.joined)
    }

    private fun tone(color: Int, alpha: Float = 1f): Int = context.getColor(color).let {
        Color.argb((Color.alpha(it) * alpha).toInt(), Color.red(it), Color.green(it), Color.blue(it))
    }

    private fun node(canvas: Canvas, node: Node, x: Float, color: Int, on: Int, small: Boolean = false) {
        val shrink = if (before == null) 1f else fade
        val r = if (small) radius - dpf(7) * shrink else radius
        if (node.on) {
            fill.color = tone(color)
            canvas.drawCircle(x, centreY, r, fill)
        } else {
            stroke.color = tone(R.color.outline)
            stroke.strokeWidth = dpf(1)
            stroke.pathEffect = dashedCircle
            canvas.drawCircle(x, centreY, r - dpf(0.5), stroke)
            stroke.pathEffect = null
        }
        val content = if (node.on) on else R.color.on_var
        if (node.initials == null) {
            val size = dpf(if (small) 18 else 24)
            glyph(canvas, R.drawable.ic_person, content, x, centreY, size)
        } else {
            write(canvas, node.initials, x, centreY + dpf(5), dpf(15), content, bold = true, room = r * 2)
        }
        if (node.music) {
            val reach = r * 0.88f
            fill.color = tone(R.color.surface)
            canvas.drawCircle(x + reach, centreY + r * 0.6f, dpf(12), fill)
            fill.color = tone(R.color.tertiary)
            canvas.drawCircle(x + reach, centreY + r * 0.6f, dpf(10), fill)
            glyph(canvas, R.drawable.ic_music_note, R.color.surface, x + reach, centreY + r * 0.6f, dpf(14))
        }
        val room = width / 3f
        val nameLine = centreY + radius + dpf(2) + context.sp(Type.SMALL.size)
        write(canvas, node.name, x, nameLine, context.sp(Type.SMALL.size), R.color.on, bold = true, room)
        val stateLine = nameLine + context.sp(Type.LABEL.line) + dpf(1)
        write(canvas, node.state, x, stateLine, context.sp(Type.LABEL.size), R.color.on_var, bold = false, room)
    }

    private fun glyph(canvas: Canvas, id: Int, color: Int, x: Float, y: Float, size: Float) {
        val drawable = context.icon(id, color, 24)
        val half = (size / 2).toInt()
        drawable.setBounds(x.toInt() - half, y.toInt() - half, x.toInt() + half, y.toInt() + half)
        drawable.draw(canvas)
    }

    private fun write(canvas: Canvas, what: String, x: Float, y: Float, size: Float, color: Int, bold: Boolean, room: Float) {
        text.textSize = size
        text.color = tone(color)
        text.typeface = if (bold) medium else app.starhash.ui.regular
        text.textAlign = Paint.Align.CENTER
        val shown = TextUtils.ellipsize(what, text, room, TextUtils.TruncateAt.END).toString()
        val half = text.measureText(shown) / 2
        // Long states of the outer nodes lean inwards rather than leave the screen.
        canvas.drawText(shown, x.coerceIn(minOf(half, width / 2f), maxOf(width - half, width / 2f)), y, text)
    }

    private fun links(canvas: Canvas, of: Picture, alpha: Float) {
        val gap = radius + dpf(7)
        val from = dpf(EDGE)
        val middle = width / 2f
        val rtl = layoutDirection == LAYOUT_DIRECTION_RTL
        link(canvas, if (rtl) of.right else of.left, from + gap, middle - gap, of.progress, alpha)
        link(canvas, if (rtl) of.left else of.right, middle + gap, width - from - gap, of.progress, alpha)
        if (of.joined) arc(canvas, from, width - from, alpha)
    }

    private fun link(canvas: Canvas, link: Link, a: Float, b: Float, progress: Float, alpha: Float) {
        stroke.strokeWidth = dpf(3)
        val centre = (a + b) / 2
        when (link) {
            Link.NONE -> Unit
            Link.KNOWN, Link.ASKED -> {
                stroke.color = tone(R.color.primary, alpha)
                stroke.strokeWidth = dpf(4)
                if (link == Link.ASKED) stroke.pathEffect = dashedLink
                val inner = dpf(if (link == Link.ASKED) 11 else 2)
                canvas.drawLine(a + inner, centreY, b - inner, centreY, stroke)
                stroke.pathEffect = null
                head(canvas, a + dpf(2), centreY, dpf(8))
                head(canvas, b - dpf(2), centreY, -dpf(8))
            }
            Link.CODE -> dots(canvas, a, b, progress, alpha)
            Link.DEAF, Link.LOST -> {
                stroke.color = tone(R.color.outline, alpha)
                canvas.drawLine(a, centreY, centre - dpf(11), centreY, stroke)
                canvas.drawLine(centre + dpf(11), centreY, b, centreY, stroke)
                if (link == Link.DEAF) {
                    canvas.drawLine(centre - dpf(4), centreY - dpf(9), centre - dpf(4), centreY + dpf(9), stroke)
                    canvas.drawLine(centre + dpf(4), centreY - dpf(9), centre + dpf(4), centreY + dpf(9), stroke)
                } else {
                    stroke.color = tone(R.color.end, alpha)
                    stroke.strokeWidth = dpf(4)
                    canvas.drawLine(centre - dpf(6), centreY - dpf(6), centre + dpf(6), centreY + dpf(6), stroke)
                    canvas.drawLine(centre - dpf(6), centreY + dpf(6), centre + dpf(6), centreY - dpf(6), stroke)
                }
            }
        }
    }

    private fun dots(canvas: Canvas, a: Float, b: Float, progress: Float, alpha: Float) {
        val lit = Math.round(progress * CODE_DOTS)
        val step = (b - a - dpf(10)) / (CODE_DOTS - 1)
        repeat(CODE_DOTS) { i ->
            val x = a + dpf(5) + step * i
            if (i < lit) {
                fill.color = tone(R.color.primary, alpha)
                canvas.drawCircle(x, centreY, dpf(4.5), fill)
            } else {
                stroke.color = tone(R.color.outline, alpha)
                stroke.strokeWidth = dpf(1.5)
                canvas.drawCircle(x, centreY, dpf(3.75), stroke)
            }
        }
    }

    /** An arrow head with its point at [x]; a positive [size] opens to the right. */
    private fun head(canvas: Canvas, x: Float, y: Float, size: Float) {
        path.rewind()
        path.moveTo(x + size, y - kotlin.math.abs(size))
        path.lineTo(x, y)
        path.lineTo(x + size, y + kotlin.math.abs(size))
        canvas.drawPath(path, stroke)
    }

    private fun arc(canvas: Canvas, from: Float, to: Float, alpha: Float) {
        stroke.color = tone(R.color.primary, alpha)
        stroke.strokeWidth = dpf(4)
        val startX = from + radius * 0.85f
        val endX = to - radius * 0.85f
        val y = centreY - radius * 0.85f
        val top = dpf(3) - (y - dpf(3))
        path.rewind()
        path.moveTo(startX, y)
        path.quadTo((from + to) / 2, top, endX, y)
        stroke.pathEffect = dashedArc
        canvas.drawPath(path, stroke)
        stroke.pathEffect = null
        path.rewind()
        val h = dp(9).toFloat()
        path.moveTo(startX + h * 0.9f, y - h)
        path.lineTo(startX - h * 0.1f, y)
        path.lineTo(startX + h * 1.1f, y + h * 0.45f)
        path.moveTo(endX - h * 0.9f, y - h)
        path.lineTo(endX + h * 0.1f, y)
        path.lineTo(endX - h * 1.1f, y + h * 0.45f)
        canvas.drawPath(path, stroke)
    }
}
