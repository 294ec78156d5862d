package app.starhash.dialer

import android.app.Activity
import android.os.Bundle
import android.widget.TextView
import app.starhash.R

class ColleaguesActivity : Activity() {
    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        setContentView(TextView(this).apply { setText(R.string.app_name); textSize = 34f })
    }
}
