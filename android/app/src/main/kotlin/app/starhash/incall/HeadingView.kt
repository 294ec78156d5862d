package app.starhash.incall

import android.content.Context
import android.widget.LinearLayout
import app.starhash.R
import app.starhash.ui.Type
import app.starhash.ui.describe
import app.starhash.ui.dp
import app.starhash.ui.label
import app.starhash.ui.medium
import app.starhash.ui.say
import app.starhash.ui.showIf

/** What is being done now. One node and a live region: a change of stage is read aloud without moving the focus. */
class HeadingView(context: Context) : LinearLayout(context) {
    private val overline = context.label(Type.SMALL, R.color.on_var)
    private val title = context.label(Type.TITLE, R.color.on, medium)
    private val state = context.label(Type.SMALL, R.color.on, medium)

    init {
        orientation = VERTICAL
        listOf(overline, title, state).forEach {
            it.importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_NO
            addView(it, LayoutParams(LayoutParams.MATCH_PARENT, LayoutParams.WRAP_CONTENT))
        }
        overline.minHeight = overline.lineHeight
        title.minHeight = title.lineHeight
        state.minHeight = state.lineHeight
        isScreenReaderFocusable = true
        isAccessibilityHeading = true
        importantForAccessibility = IMPORTANT_FOR_ACCESSIBILITY_YES
    }

    /** [underPicture]: the picture above already keeps its distance. */
    fun show(next: Heading?, underPicture: Boolean, fit: Fit) {
        showIf(next != null)
        if (next == null) return
        setPadding(dp(16), if (underPicture) dp(fit.stagePadding) else dp(4), dp(16), 0)
        overline.say(next.overline)
        overline.showIf(next.overline != null && fit.overline)
        title.say(next.title)
        state.say(next.state)
        state.showIf(next.state != null)
        accessibilityLiveRegion = if (next.urgent) ACCESSIBILITY_LIVE_REGION_ASSERTIVE else ACCESSIBILITY_LIVE_REGION_POLITE
        describe(next.spoken)
    }
}
