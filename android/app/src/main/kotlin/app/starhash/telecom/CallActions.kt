package app.starhash.telecom

import android.app.PendingIntent
import android.content.BroadcastReceiver
import android.content.Context
import android.content.Intent
import app.starhash.App
import app.starhash.incall.CallIntents
import app.starhash.incall.InCallActivity

/** The buttons of the call notification. */
enum class CallAction(val carryOut: (CallIntents) -> Unit) {
    ANSWER(CallIntents::answer),
    DECLINE(CallIntents::decline),
    ANSWER_WAITING(CallIntents::answerWaiting),
    DECLINE_WAITING(CallIntents::declineWaiting),
    HANG_UP(CallIntents::hangUp),
    CONNECT(CallIntents::connect),
    BACK_TO_CLIENT(CallIntents::returnToClient),
    CANCEL(CallIntents::cancel),
    CALL_BACK(CallIntents::callBack);

    private val action get() = "app.starhash.$name"

    /** Done in the background. */
    fun broadcast(context: Context): PendingIntent {
        val intent = Intent(action, null, context, CallActions::class.java)
        return PendingIntent.getBroadcast(context, 0, intent, PendingIntent.FLAG_IMMUTABLE)
    }

    /** Done by the call screen, which opens for it. */
    fun screen(context: Context): PendingIntent {
        val intent = Intent(action, null, context, InCallActivity::class.java)
        return PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE)
    }

    companion object {
        fun of(intent: Intent): CallAction? = entries.find { it.action == intent.action }
    }
}

/** Not exported: only our own notification reaches it. */
class CallActions : BroadcastReceiver() {
    override fun onReceive(context: Context, intent: Intent) {
        CallAction.of(intent)?.carryOut?.invoke((context.applicationContext as App).session)
    }
}
