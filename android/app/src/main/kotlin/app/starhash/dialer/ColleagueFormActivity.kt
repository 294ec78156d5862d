package app.starhash.dialer

import android.app.Activity

class ColleagueFormActivity : Activity()
