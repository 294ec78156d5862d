package app.starhash.host

import java.nio.channels.WritableByteChannel
import org.json.JSONObject

/** The phone as somebody has it before them: its screen is shown all the time, and it is touched by coordinates. */
class Live(private val phone: DeskPhone, private val wire: Wire, pictures: WritableByteChannel) {
    private val screen = LiveScreen(phone, FrameSender(pictures))
    private val hands = Hands(phone) { text -> wire.send("at" to "app", "do" to "tap", "text" to text) }
    private var told = emptyList<Any>()

    /** Shows and tells what has changed. */
    fun turn() {
        screen.turn()
        val configuration = phone.app.resources.configuration
        val window = listOf(
            phone.visible?.javaClass?.simpleName ?: "home",
            phone.isOn,
            phone.isLocked,
            configuration.isNightModeActive,
            // As it was asked for: 1.15f is 1.149999976… in the double of JSON.
            configuration.fontScale.toString().toDouble(),
            configuration.screenWidthDp > configuration.screenHeightDp,
            configuration.locales[0].language,
        )
        if (window == told) return
        told = window
        val names = listOf("front", "on", "locked", "night", "font_scale", "landscape", "lang")
        wire.send("at" to "app", "do" to "window", *names.zip(window).toTypedArray())
    }

    /** Does what [command] asks for; false: it is none of the live phone's. */
    fun obey(command: JSONObject): Boolean {
        when (command.getString("cmd")) {
            "pointer" -> {
                screen.touched()
                hands.pointer(command.getString("action"), command.getInt("x"), command.getInt("y"))
            }
            "press" -> hands.press(command.getString("key"))
            "type" -> hands.type(command.getString("text"))
            "power" -> phone.power()
            "unlock" -> phone.unlock()
            "open" -> phone.openApp()
            "configure" -> configure(command)
            else -> return false
        }
        return true
    }

    private fun configure(command: JSONObject) {
        val qualifiers = mutableListOf<String>()
        if (command.has("night")) qualifiers += if (command.getBoolean("night")) "+night" else "+notnight"
        if (command.has("landscape")) qualifiers += if (command.getBoolean("landscape")) "+land" else "+port"
        if (command.has("lang")) qualifiers += if (command.getString("lang") == "en") "+en-rUS" else "+ru-rRU"
        val scale = if (command.has("font_scale")) command.getDouble("font_scale") else null
        require(scale == null || scale in FONT_SCALES) { "fonts cannot be scaled by $scale; they can by $FONT_SCALES" }
        phone.configure(qualifiers, scale?.toFloat())
    }

    private companion object {
        /** What Android's settings offer (Android 14: up to 200 %). */
        val FONT_SCALES = 0.85..2.0
    }
}
