package app.starhash.incall

/**
 * What gives way when the window is low or the font large (the design, "What gives way"). Only sizes decide: the same
 * window always looks the same. The client's name, the timer, the slots and the red bar never give way.
 *
 * [widthDp], [heightDp]: the room between the system bars; [font]: the font scale of the system (1.0 = normal).
 */
data class Fit(private val widthDp: Int, private val heightDp: Int, private val font: Float) {
    val landscape = widthDp > heightDp
    private val low = heightDp < LOW
    private val large = font >= LARGE
    private val huge = font >= HUGE
    private val crowded = low && !landscape

    val controlLabels = !low && !large
    val department = !large && !low
    val tileAvatars = !low && !huge
    val tileColumns = if (huge) 1 else 2
    val tileHeight = if (low || huge) 64 else 123
    val headerHeight = if (low || huge) 52 else 76
    val headerAvatar = !low && !huge
    val headerNumber = !huge || widthDp >= NARROW
    val overline = !low && !huge
    private val picture = !huge
    val compactPicture = low
    val stagePadding = if (low) 2 else 8
    val aboveSlots = if (low) 4 else 8
    val smallSymbols = crowded
    val aboveRed = if (controlLabels) 4 else 8
    val hintCard = !low || huge
    val ringingIcon = if (low) 28 else 36
    val waitingDetails = !huge
    val controlsWhileWaiting = !(crowded && huge)
    val slot1 = if (low) 60 else 76
    val slot2 = if (low) 52 else 64
    val slotCaptions = !huge
    val slot3InMiddle = huge
    val shortLabels = huge
    val keypadText = !low && !huge
    val keyHeight = if (low || huge) 48 else 64
    val redDisc = if (huge) 52 else 76
    val oneSentenceRed = huge && widthDp < NARROW

    /** The picture gives way where the middle has something more urgent to show: symbols, a question, a second call. */
    fun picture(ui: CallUi): Boolean {
        val urgent = ui.waiting != null || ui.body is Body.Sending || ui.body is Body.BrokenOff ||
            (ui.body as? Body.Consultation)?.askRetry == true
        return picture && !(crowded && urgent)
    }

    companion object {
        /** 700 dp of screen, less 48 of bars. */
        private const val LOW = 652
        private const val NARROW = 340
        private const val LARGE = 1.3f
        private const val HUGE = 1.5f

        /** Columns never grow wider: on a tablet the rest stays empty. */
        const val MAX_COLUMN = 420
    }
}
