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
        canvas.drawColor(WALLPAPER)
        val dp = phone.app.resources.displayMetrics.density
        if (phone.isLocked) drawLocked(phone, canvas, dp) else drawHome(phone, canvas, dp)
    }

    private fun drawLocked(phone: DeskPhone, canvas: Canvas, dp: Float) {
        val isRussian = phone.app.resources.configuration.locales[0].language == "ru"
        val unlock = if (isRussian) "Коснитесь, чтобы разблокировать" else "Touch to unlock"
        val x = canvas.width / 2f
        canvas.drawText(LocalTime.now().format(clock), x, canvas.height / 2f - 120 * dp, paint(56 * dp))
        canvas.drawText(unlock, x, canvas.height - 64 * dp, paint(16 * dp))
    }

    private fun drawHome(phone: DeskPhone, canvas: Canvas, dp: Float) {
        val (x, y) = canvas.width / 2 to canvas.height / 2
        val half = (ICON_DP * dp / 2).toInt()
        // Not the package manager's: Robolectric has icons of other apps only.
        val icon = checkNotNull(phone.app.getDrawable(phone.app.applicationInfo.icon)) { "the app has no icon" }
        icon.setBounds(x - half, y - half, x + half, y + half)
        icon.draw(canvas)
        val label = phone.app.getString(phone.app.applicationInfo.labelRes)
        canvas.drawText(label, x.toFloat(), y + half + 24 * dp, paint(14 * dp))
    }

    private fun paint(size: Float) = Paint(Paint.ANTI_ALIAS_FLAG).apply {
        color = Color.WHITE
        textSize = size
        textAlign = Paint.Align.CENTER
    }

    private const val ICON_DP = 64
    private const val WALLPAPER = 0xFF1B2A3A.toInt()
}
