package app.starhash.host

import android.graphics.Canvas
import android.graphics.Color
import android.graphics.Paint
import java.time.LocalTime
import java.time.format.DateTimeFormatter

/** The system's own screens, as plain as can be: off, locked, home. */
object SystemPictures {
    private val clock = DateTimeFormatter.ofPattern("H:mm")

    /** What decides about the picture. */
    fun state(phone: DeskPhone): Any = when {
        !phone.isOn -> "off"
        phone.isLocked -> "locked ${LocalTime.now().format(clock)} ${phone.app.resources.configuration.locales}"
        else -> "home ${phone.app.resources.configuration}"
    }

    /** Draws the screen that is shown while no activity is. */
    fun draw(phone: DeskPhone, canvas: Canvas) {
        canvas.drawColor(Color.BLACK)
        if (!phone.isOn) return
        val density = phone.app.resources.displayMetrics.density
        val (x, y) = canvas.width / 2f to canvas.height / 2f
        canvas.drawColor(WALLPAPER)
        if (phone.isLocked) {
            canvas.drawText(LocalTime.now().format(clock), x, y - 120 * density, paint(56 * density))
            canvas.drawText(if (phone.app.resources.configuration.locales[0].language == "ru") "Коснитесь, чтобы разблокировать" else "Touch to unlock", x, canvas.height - 64 * density, paint(16 * density))
            return
        }
        val half = (ICON_DP * density / 2).toInt()
        val icon = phone.app.packageManager.getApplicationIcon(phone.app.packageName)
        icon.setBounds(canvas.width / 2 - half, canvas.height / 2 - half, canvas.width / 2 + half, canvas.height / 2 + half)
        icon.draw(canvas)
        canvas.drawText(phone.app.applicationInfo.loadLabel(phone.app.packageManager).toString(), x, y + half + 24 * density, paint(14 * density))
    }

    private fun paint(size: Float) = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = Color.WHITE
        textSize = size
        textAlign = Paint.Align.CENTER
    }

    private const val ICON_DP = 64
    private const val WALLPAPER = 0xFF1B2A3A.toInt()
}
