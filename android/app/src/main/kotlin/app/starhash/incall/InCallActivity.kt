package app.starhash.incall

import android.app.Activity

class InCallActivity : Activity()
