package app.starhash.incall

import android.animation.ValueAnimator
import android.content.Context
import android.graphics.Canvas
import android.graphics.Color
import android.graphics.DashPathEffect
import android.graphics.Paint
import android.os.SystemClock
import android.view.View
import app.starhash.R
import app.starhash.incall.SymbolUi.State
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dpf
import app.starhash.ui.icon
import app.starhash.ui.medium

private const val A_LINE = 7
private const val LIGHT_MS = 60f

/**
 * The code, symbol by symbol, as it goes out. One node for a screen reader: single symbols are never spoken, they would
 * sound into the tones. Codes longer than a line wrap at seven, and the symbols
 * shrink so that two lines stay above the dock.
 */
class SymbolsView(context: Context, private val lowWindow: Boolean) : View(context) {
    private var symbols = emptyList<SymbolUi>()
    private var changed = LongArray(0)
    private val paint = Paint(Paint.ANTI_ALIAS_FLAG)
    private val dash = DashPathEffect(floatArrayOf(dpf(3), dpf(2.5)), 0f)
    private val small get() = lowWindow || symbols.size > A_LINE
    private val columns get() = minOf(symbols.size, A_LINE)
    private val boxW get() = dpf(if (small) 36 else 44).coerceAtMost((width - dpf(4) * (columns - 1)) / columns)
    private val boxH get() = dpf(if (small) 44 else 56)
    private val lineH get() = boxH + dpf(if (small) 18 else 24)
    private val lines get() = (symbols.size + columns - 1) / columns.coerceAtLeast(1)

    init {
        isScreenReaderFocusable = true
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_YES
    }

    fun show(next: List<SymbolUi>) {
        val sent = next.count { it.state == State.SENT }
        describe(resources.getQuantityString(R.plurals.call_symbols_spoken, sent, sent, next.size))
        if (next == symbols) return
        val now = SystemClock.uptimeMillis()
        val still = next.size == symbols.size && ValueAnimator.areAnimatorsEnabled()
        changed = LongArray(next.size) { i -> if (still && next[i] != symbols[i]) now else changed.getOrElse(i) { 0 } }
        if (next.size != symbols.size) requestLayout()
        symbols = next
        invalidate()
    }

    override fun onMeasure(widthSpec: Int, heightSpec: Int) =
        setMeasuredDimension(MeasureSpec.getSize(widthSpec), (lineH * lines).toInt())

    override fun onDraw(canvas: Canvas) {
        if (symbols.isEmpty()) return
        // A short code does not stand further apart than a normal one.
        val step = if (columns > 1) minOf((width - boxW) / (columns - 1), boxW + dpf(13)) else 0f
        symbols.forEachIndexed { i, symbol ->
            val x = (i % columns) * step
            val y = (i / columns) * lineH
            val light = ((SystemClock.uptimeMillis() - changed[i]) / LIGHT_MS).coerceIn(0f, 1f)
            box(canvas, symbol, x, y, light)
            if (light < 1f) postInvalidateOnAnimation()
        }
    }

    private fun box(canvas: Canvas, symbol: SymbolUi, x: Float, y: Float, light: Float) {
        val state = symbol.state
        val on = when (state) {
            State.SENT -> R.color.on_primary
            State.NOW -> R.color.on_prim_cont
            State.TO_COME, State.NOT_SENT -> R.color.on_var
        }
        when (state) {
            State.SENT -> fill(canvas, x, y, R.color.primary, light)
            State.NOW -> {
                fill(canvas, x, y, R.color.prim_cont, light)
                frame(canvas, x, y, R.color.primary, 3f, null)
            }
            State.TO_COME -> frame(canvas, x, y, R.color.outline, 1f, null)
            State.NOT_SENT -> frame(canvas, x, y, R.color.outline, 1f, dash)
        }
        paint.style = Paint.Style.FILL
        paint.color = context.getColor(on)
        paint.textSize = dpf(if (small) Type.HEAD.size else Type.TITLE.size + 2)
        paint.typeface = medium
        paint.textAlign = Paint.Align.CENTER
        // The star of every font hangs high; a key's star stands in the middle.
        val drop = if (symbol.key == '*') paint.textSize * 0.17f else 0f
        canvas.drawText(symbol.key.toString(), x + boxW / 2, y + boxH / 2 - (paint.ascent() + paint.descent()) / 2 + drop, paint)
        val mark = when (state) {
            State.SENT -> R.drawable.ic_check to R.color.primary
            State.NOW -> R.drawable.ic_graphic_eq to R.color.primary
            State.NOT_SENT -> R.drawable.ic_close to R.color.end
            State.TO_COME -> return
        }
        val icon = context.icon(mark.first, mark.second, 18)
        canvas.save()
        canvas.translate(x + boxW / 2 - dpf(9), y + boxH + dpf(if (small) 0 else 4))
        icon.draw(canvas)
        canvas.restore()
    }

    private fun fill(canvas: Canvas, x: Float, y: Float, color: Int, light: Float) {
        val full = context.getColor(color)
        paint.style = Paint.Style.FILL
        paint.color = Color.argb((Color.alpha(full) * light).toInt(), Color.red(full), Color.green(full), Color.blue(full))
        canvas.drawRoundRect(x, y, x + boxW, y + boxH, dpf(12), dpf(12), paint)
    }

    private fun frame(canvas: Canvas, x: Float, y: Float, color: Int, widthDp: Float, effect: DashPathEffect?) {
        paint.style = Paint.Style.STROKE
        paint.strokeWidth = dpf(widthDp)
        paint.pathEffect = effect
        paint.color = context.getColor(color)
        val half = paint.strokeWidth / 2
        canvas.drawRoundRect(x + half, y + half, x + boxW - half, y + boxH - half, dpf(12) - half, dpf(12) - half, paint)
        paint.pathEffect = null
    }
}
