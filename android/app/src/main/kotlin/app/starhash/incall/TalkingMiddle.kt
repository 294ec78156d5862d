package app.starhash.incall

import android.content.Context
import android.text.TextUtils
import android.view.Gravity
import android.view.HapticFeedbackConstants
import android.widget.Button
import android.widget.ImageView
import android.widget.LinearLayout
import android.widget.Space
import app.starhash.R
import app.starhash.ui.Avatar
import app.starhash.ui.IconText
import app.starhash.ui.TABULAR
import app.starhash.ui.Type
import app.starhash.ui.dp
import app.starhash.ui.icon
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.say
import app.starhash.ui.shape
import app.starhash.ui.showIf
import app.starhash.ui.touchable
import app.starhash.ui.unbroken

private const val GAP = 8

/** Up to so many rows share the free height; more of them scroll at their own. */
private const val STRETCHED_ROWS = 3

/** The question, the way to a number, and the colleagues: one tap on a tile passes the client. */
class TalkingMiddle(context: Context, private val fit: Fit, private val intents: CallIntents) : Middle(context) {
    private val question = context.label(Type.BODY, R.color.on, medium)
    private val number = QuietPill(context, R.drawable.ic_tag, context.getString(R.string.call_number)) { intents.openNumberField() }
    private val notice = NoticeLine(context)
    private val why = CentreNote(context)
    private val grid = LinearLayout(context).apply { orientation = VERTICAL }
    private var shown: List<Tile>? = null

    init {
        setPadding(dp(16), 0, dp(16), dp(8))
        val row = LinearLayout(context).apply {
            gravity = Gravity.CENTER_VERTICAL
            minimumHeight = dp(48)
        }
        if (fit.tileAvatars) {
            val sign = ImageView(context).apply { setImageDrawable(context.icon(R.drawable.ic_phone_forwarded, R.color.primary, 22)) }
            row.addView(sign, LayoutParams(dp(22), dp(22)).apply { marginEnd = dp(8) })
        }
        question.isAccessibilityHeading = true
        question.setText(if (fit.shortLabels) R.string.call_to_whom_short else R.string.call_to_whom)
        number.contentDescription = context.getString(R.string.call_number_spoken)
        row.addView(question, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f))
        row.addView(number)
        addView(row, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { bottomMargin = dp(GAP) })
        addView(notice, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT).apply { bottomMargin = dp(GAP) })
        addView(why, LayoutParams(LayoutParams.MATCH_PARENT, 0, 1f))
        addView(grid, LayoutParams(LayoutParams.MATCH_PARENT, 0, 1f))
    }

    override fun show(ui: CallUi) {
        val body = ui.body as? Body.Talking ?: return
        val can = body.offer in setOf(Offer.YES, Offer.NO_COLLEAGUES, Offer.LIST_BROKEN)
        getChildAt(0).showIf(can)
        notice.show(body.notice)
        why.show(whyNot(body.offer))
        grid.showIf(body.offer == Offer.YES)
        if (body.tiles != shown) {
            shown = body.tiles
            lay(body.tiles)
        }
    }

    /** Why nobody, or nobody by a tap, can be passed on in this call. */
    private fun whyNot(offer: Offer): CentreNote.Look? {
        val (icon, text) = when (offer) {
            Offer.YES -> return null
            Offer.NOT_INCOMING -> R.drawable.ic_phone_forwarded to R.string.call_offer_not_incoming
            Offer.EMERGENCY -> R.drawable.ic_phone_forwarded to R.string.call_offer_emergency
            Offer.CORE_MISSING -> R.drawable.ic_warning to R.string.call_offer_core_missing
            Offer.LIST_BROKEN -> R.drawable.ic_warning to R.string.call_offer_list_broken
            Offer.NO_COLLEAGUES -> R.drawable.ic_phone_forwarded to R.string.call_offer_no_colleagues
        }
        return CentreNote.Look(icon, null, context.getString(text))
    }

    private fun lay(tiles: List<Tile>) {
        grid.removeAllViews()
        val rows = tiles.chunked(fit.tileColumns)
        val stretch = rows.size <= STRETCHED_ROWS && fit.tileAvatars
        // The grid takes the free height; one or two rows do not grow into towers.
        grid.weightSum = if (stretch) STRETCHED_ROWS.toFloat() else 0f
        rows.forEachIndexed { i, row ->
            val line = LinearLayout(context)
            row.forEachIndexed { k, tile ->
                line.addView(tileView(tile), LayoutParams(0, LayoutParams.MATCH_PARENT, 1f).apply { marginStart = if (k > 0) dp(GAP) else 0 })
            }
            repeat(fit.tileColumns - row.size) {
                line.addView(Space(context), LayoutParams(0, 0, 1f).apply { marginStart = dp(GAP) })
            }
            line.minimumHeight = dp(fit.tileHeight)
            val height = if (stretch) 0 else LayoutParams.WRAP_CONTENT
            grid.addView(
                line,
                LayoutParams(LayoutParams.MATCH_PARENT, height, if (stretch) 1f else 0f).apply { topMargin = if (i > 0) dp(GAP) else 0 },
            )
        }
    }

    private fun tileView(tile: Tile) = TileView(context, tile, fit) {
        performHapticFeedback(HapticFeedbackConstants.CONFIRM)
        intents.transferTo(tile)
    }
}

/** One colleague. */
class TileView(context: Context, tile: Tile, fit: Fit, press: () -> Unit) : LinearLayout(context) {
    private val extension = context.label(Type.HEAD, R.color.on_var).apply {
        say(unbroken(tile.number))
        fontFeatureSettings = TABULAR
        maxLines = 1
        ellipsize = TextUtils.TruncateAt.MIDDLE
        gravity = Gravity.END
    }
    private val name = context.label(Type.BODY, R.color.on, medium).apply {
        say(tile.name)
        maxLines = 2
        ellipsize = TextUtils.TruncateAt.END
    }

    init {
        background = context.touchable(context.shape(R.color.card, 20), R.color.on, 20)
        minimumHeight = dp(fit.tileHeight)
        if (fit.tileAvatars) full(tile, fit) else line()
        for (i in 0 until childCount) getChildAt(i).importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO_HIDE_DESCENDANTS
        val who = listOf(tile.name, tile.department, context.getString(R.string.call_extension_spoken, spelled(tile.number)))
            .filter(String::isNotEmpty).joinToString(", ")
        contentDescription = context.getString(R.string.call_tile_spoken, who)
        isFocusable = true
        setOnClickListener { press() }
    }

    /** Avatar and extension above, name and department below. */
    private fun full(tile: Tile, fit: Fit) {
        orientation = VERTICAL
        setPadding(dp(12), dp(12), dp(12), dp(12))
        val top = LinearLayout(context).apply { gravity = Gravity.CENTER_VERTICAL }
        val tint = Avatar.Tint.entries[Math.floorMod(tile.id, Avatar.Tint.entries.size)]
        top.addView(Avatar(context, 44, Type.BODY).apply { show(tile.name, tint) }, LayoutParams(dp(44), dp(44)))
        top.addView(Space(context), LayoutParams(0, 0, 1f))
        if (tile.pinned) {
            val pin = ImageView(context).apply { setImageDrawable(context.icon(R.drawable.ic_push_pin, R.color.on_var, 16)) }
            top.addView(pin, LayoutParams(dp(16), dp(16)).apply { marginEnd = dp(4) })
        }
        top.addView(extension)
        addView(top)
        addView(Space(context), LayoutParams(0, dp(4), 1f))
        addView(name)
        // Without a department its line stays empty, so that names stand on one line across a row.
        if (fit.department) {
            val department = context.label(Type.SMALL, R.color.on_var).apply {
                say(tile.department)
                maxLines = 1
                ellipsize = TextUtils.TruncateAt.END
            }
            addView(department)
        }
    }

    /** A low window or a huge font: name and extension side by side. */
    private fun line() {
        gravity = Gravity.CENTER_VERTICAL
        setPadding(dp(12), dp(6), dp(12), dp(6))
        addView(name, LayoutParams(0, LayoutParams.WRAP_CONTENT, 1f).apply { marginEnd = dp(8) })
        addView(extension)
        if (extension.text.length > LONG_NUMBER) extension.maxWidth = dp(120)
    }

    override fun getAccessibilityClassName(): CharSequence = Button::class.java.name

    private companion object {
        const val LONG_NUMBER = 6
    }
}

/** One line above the tiles: what has just happened. */
class NoticeLine(context: Context) : IconText(context, Type.SMALL, R.color.on_ter_cont, size = 20, gap = 12) {
    init {
        minimumHeight = dp(40)
        setPadding(dp(16), dp(6), dp(16), dp(6))
        background = context.shape(R.color.ter_cont, 20)
        accessibilityLiveRegion = ACCESSIBILITY_LIVE_REGION_POLITE
    }

    fun show(notice: Notice?) {
        showIf(notice != null)
        when (notice) {
            Notice.BACK_WITH_CLIENT -> say(R.drawable.ic_check, R.string.call_notice_back)
            Notice.REFUSED_BUSY -> say(R.drawable.ic_info, R.string.call_notice_busy)
            Notice.REFUSED_EMERGENCY -> say(R.drawable.ic_info, R.string.call_notice_emergency)
            Notice.REFUSED_NOT_NOW -> say(R.drawable.ic_info, R.string.call_notice_not_now)
            null -> Unit
        }
    }

    private fun say(image: Int, what: Int) = say(image, context.getString(what))
}
