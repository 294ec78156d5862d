package app.starhash.ui

import android.content.Context
import android.graphics.Canvas
import android.graphics.Paint
import android.view.View
import app.starhash.R

private const val STROKE = 4f
private const val CIRCLE = 360f
private const val TOP = -90f

/** Seconds left as a ring with the figure inside. */
class RingView(context: Context) : View(context) {
    private val paint = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        style = Paint.Style.STROKE
        strokeWidth = dpf(STROKE)
        strokeCap = Paint.Cap.ROUND
    }
    private val text = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        textAlign = Paint.Align.CENTER
        typeface = medium
        fontFeatureSettings = TABULAR
        textSize = dpf(Type.SMALL.size)
        color = context.getColor(R.color.on)
    }
    private var left = 0
    private var of = 1

    fun show(left: Int, of: Int) {
        this.left = left
        this.of = of
        invalidate()
    }

    override fun onDraw(canvas: Canvas) {
        val inset = paint.strokeWidth / 2
        val sweep = CIRCLE * left / of
        paint.color = context.getColor(R.color.line)
        canvas.drawArc(inset, inset, width - inset, height - inset, TOP, CIRCLE, false, paint)
        paint.color = context.getColor(R.color.primary)
        canvas.drawArc(inset, inset, width - inset, height - inset, TOP, sweep, false, paint)
        canvas.drawText(left.toString(), width / 2f, height / 2f - (text.ascent() + text.descent()) / 2, text)
    }
}
