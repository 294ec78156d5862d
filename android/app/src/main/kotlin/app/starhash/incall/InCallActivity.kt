package app.starhash.incall

import android.app.Activity
import android.content.Intent
import android.os.Bundle
import app.starhash.App
import app.starhash.telecom.CallAction
import app.starhash.ui.edgeToEdge

/** Shows what the session says, over the lock screen too (manifest), and closes itself when there is nothing to show. */
class InCallActivity : Activity() {
    private val session get() = (application as App).session
    private lateinit var screen: CallScreen

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        window.edgeToEdge()
        screen = CallScreen(this, session)
        setContentView(screen)
        // A rotation brings the old intent again; what it asked for was done then.
        if (savedInstanceState == null) carryOut(intent)
    }

    override fun onNewIntent(intent: Intent) {
        super.onNewIntent(intent)
        carryOut(intent)
    }

    override fun onStart() {
        super.onStart()
        session.watch(::show)
    }

    override fun onStop() {
        session.unwatch(::show)
        super.onStop()
    }

    private fun show(ui: CallUi?) {
        if (ui == null) finishAndRemoveTask() else screen.render(ui)
    }

    /** «Ответить» in a notification has to open the screen as well, which only an activity may do from there. */
    private fun carryOut(intent: Intent) = CallAction.of(intent)?.carryOut(session)
}
