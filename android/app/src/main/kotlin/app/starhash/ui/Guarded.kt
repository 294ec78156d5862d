package app.starhash.ui

import android.content.Context
import android.view.MotionEvent
import android.widget.LinearLayout

/** A column whose touches can be shut for a moment: a late or double tap must not land on what has just appeared. */
open class Guarded(context: Context) : LinearLayout(context) {
    private var openAt = 0L
    private var swallowing = false

    init {
        orientation = VERTICAL
    }

    /** Gestures that begin before [uptimeMillis] are swallowed whole. */
    fun shutUntil(uptimeMillis: Long) {
        openAt = maxOf(openAt, uptimeMillis)
    }

    override fun dispatchTouchEvent(event: MotionEvent): Boolean {
        if (event.actionMasked == MotionEvent.ACTION_DOWN) swallowing = event.eventTime < openAt
        return swallowing || super.dispatchTouchEvent(event)
    }
}
