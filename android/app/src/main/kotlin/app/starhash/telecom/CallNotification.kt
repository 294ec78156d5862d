package app.starhash.telecom

import android.app.Notification
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.PendingIntent
import android.app.Person
import android.app.Service
import android.content.Context
import android.content.Intent
import android.content.pm.ServiceInfo
import android.graphics.drawable.Icon
import android.os.Build
import android.os.SystemClock
import android.util.Log
import app.starhash.R
import app.starhash.incall.Body
import app.starhash.incall.CallUi
import app.starhash.incall.HangUp
import app.starhash.incall.InCallActivity
import app.starhash.incall.TargetUi

private const val TAG = "CallNotification"
private const val ID = 1
private const val ID_AFTER_CALL = 2
internal const val CHANNEL_INCOMING = "incoming"
internal const val CHANNEL_ONGOING = "ongoing"

/** What the notification says; equal values are not posted again, so a code being sent does not flood the system. */
private data class Notice(
    val kind: Kind,
    val name: String,
    val text: String,
    val since: Long?,
    val actions: List<CallAction>,
)

private enum class Kind { INCOMING, ONGOING, TRANSFER }

/**
 * The call's notification, as a foreground service while a call is there: on Android 12 and newer CallStyle throws without
 * one (telecom-facts.md). During a transfer it is not CallStyle, whose fixed «Завершить» would name the wrong thing.
 */
class CallNotification(private val service: Service) {
    private val manager = service.getSystemService(NotificationManager::class.java)
    private var posted: Notice? = null

    init {
        // Telecom rings and vibrates; the channel only has to come up over other apps.
        channel(CHANNEL_INCOMING, R.string.app_channel_incoming, NotificationManager.IMPORTANCE_HIGH)
        channel(CHANNEL_ONGOING, R.string.app_channel_ongoing, NotificationManager.IMPORTANCE_LOW)
    }

    fun show(ui: CallUi?) {
        val notice = ui?.let(::notice)
        if (notice == posted) return
        posted = notice
        if (notice == null) remove() else post(notice)
    }

    fun remove() {
        service.stopForeground(Service.STOP_FOREGROUND_REMOVE)
        // Where the foreground was refused, the notification is not the service's to take along.
        manager.cancel(ID)
    }

    private fun notice(ui: CallUi): Notice? {
        val name = ui.header.name.ifEmpty { service.getString(R.string.app_hidden_number) }
        val since = ui.header.talkingSince
        ui.waiting?.let { waiting ->
            val caller = waiting.name.ifEmpty { service.getString(R.string.app_hidden_number) }
            val answers = listOf(CallAction.DECLINE_WAITING, CallAction.ANSWER_WAITING)
            return Notice(Kind.INCOMING, caller, service.getString(R.string.app_second_call), null, answers)
        }
        return when (val body = ui.body) {
            is Body.Ringing -> {
                val from = body.forwardedFrom?.let { service.getString(R.string.call_forwarded_from, it) }
                val text = from ?: service.getString(R.string.call_incoming)
                Notice(Kind.INCOMING, name, text, null, listOf(CallAction.DECLINE, CallAction.ANSWER))
            }
            is Body.Sending -> transfer(R.string.app_sending_to, body.target, name, since, CallAction.CANCEL)
            is Body.Consultation ->
                transfer(R.string.app_calling, body.target, name, since, CallAction.CONNECT, CallAction.BACK_TO_CLIENT)
            is Body.Returning -> Notice(Kind.TRANSFER, service.getString(R.string.call_returning), name, since, emptyList())
            is Body.AfterHangUp, is Body.Over -> null
            else -> ongoing(ui, name, since)
        }
    }

    /**
     * The keypad hides the stage it covers, what hanging up means does not: «Завершить» only where that ends the talk.
     * While a code is being sent there is no way back yet, and its button would do nothing.
     */
    private fun ongoing(ui: CallUi, name: String, since: Long?): Notice? {
        val text = service.getString(R.string.app_in_call)
        return when (ui.hangUp) {
            null -> null
            HangUp.ENDS_TALK -> Notice(Kind.ONGOING, name, text, since, listOf(CallAction.HANG_UP))
            HangUp.LOSES_CLIENT, HangUp.CONNECTS_IF_NOT_BUSY -> {
                val waits = service.getString(R.string.call_broken_hold)
                val wayBack = ui.body is Body.BrokenOff || ui.hangUp == HangUp.CONNECTS_IF_NOT_BUSY
                Notice(Kind.TRANSFER, name, waits, since, if (wayBack) listOf(CallAction.BACK_TO_CLIENT) else emptyList())
            }
        }
    }

    private fun transfer(title: Int, target: TargetUi, client: String, since: Long?, vararg actions: CallAction): Notice {
        val text = service.getString(R.string.app_client_music, client)
        return Notice(Kind.TRANSFER, service.getString(title, whom(target)), text, since, actions.toList())
    }

    private fun post(notice: Notice) {
        try {
            service.startForeground(ID, build(notice, rich = true), ServiceInfo.FOREGROUND_SERVICE_TYPE_PHONE_CALL)
        } catch (refused: RuntimeException) {
            // Without the role a foreground service may be refused; the buttons must be there all the same.
            Log.w(TAG, "no foreground service: ${refused.javaClass.simpleName}")
            manager.notify(ID, build(notice, rich = false))
        }
    }

    private fun build(notice: Notice, rich: Boolean): Notification {
        val incoming = notice.kind == Kind.INCOMING
        val open = openScreen(service)
        val builder = Notification.Builder(service, if (incoming) CHANNEL_INCOMING else CHANNEL_ONGOING)
            .setSmallIcon(R.drawable.ic_call)
            .setContentTitle(notice.name)
            .setContentText(notice.text)
            .setContentIntent(open)
            .setCategory(Notification.CATEGORY_CALL)
            .setOngoing(true)
            .setOnlyAlertOnce(true)
        if (incoming) builder.setFullScreenIntent(open, true)
        notice.since?.let {
            builder.setUsesChronometer(true).setShowWhen(true)
                .setWhen(System.currentTimeMillis() - (SystemClock.elapsedRealtime() - it))
        }
        val callStyle = rich && notice.kind != Kind.TRANSFER && Build.VERSION.SDK_INT >= Build.VERSION_CODES.S
        if (callStyle) builder.setStyle(callStyle(notice)) else notice.actions.forEach { builder.addAction(it.button(service)) }
        return builder.build()
    }

    private fun callStyle(notice: Notice): Notification.CallStyle {
        val person = Person.Builder().setName(notice.name).setImportant(true).build()
        val (first, second) = notice.actions.map { it.pending(service) }.let { it.first() to it.last() }
        return if (notice.kind == Kind.INCOMING) {
            Notification.CallStyle.forIncomingCall(person, first, second)
        } else {
            Notification.CallStyle.forOngoingCall(person, first)
        }
    }

    private fun channel(id: String, name: Int, importance: Int) {
        val channel = NotificationChannel(id, service.getString(name), importance)
        channel.setSound(null, null)
        manager.createNotificationChannel(channel)
    }
}

/**
 * What is left of a transfer whose call is over: the way back to its screen, which is not among the recents, and the
 * client's number (product.md, "The promise", 3). Not the service's: Telecom ends that two seconds after the last call.
 */
class AfterCallNotification(private val context: Context) {
    private val manager = context.getSystemService(NotificationManager::class.java)
    private var posted: Left? = null

    private data class Left(val title: String, val client: String, val canCallBack: Boolean)

    init {
        // One from before the process was ended has nothing behind it any more.
        manager.cancel(ID_AFTER_CALL)
    }

    fun show(ui: CallUi?) {
        val left = ui?.let(::left)
        if (left == posted) return
        posted = left
        if (left == null) manager.cancel(ID_AFTER_CALL) else manager.notify(ID_AFTER_CALL, build(left))
    }

    private fun left(ui: CallUi): Left? {
        val name = ui.header.name.ifEmpty { context.getString(R.string.app_hidden_number) }
        val client = listOfNotNull(name, ui.header.number).joinToString(" · ")
        return when (val body = ui.body) {
            is Body.AfterHangUp ->
                Left(context.getString(R.string.app_being_connected, whom(body.target)), client, body.canCallBack)
            is Body.BrokenOff ->
                if (ui.hangUp == null) Left(context.getString(R.string.app_broken_off), client, body.canCallBack) else null
            else -> null
        }
    }

    private fun build(left: Left): Notification {
        // The call's own notification has made the channel: nothing is left of a call that never had one.
        val builder = Notification.Builder(context, CHANNEL_ONGOING)
            .setSmallIcon(R.drawable.ic_call)
            .setContentTitle(left.title)
            .setContentText(left.client)
            .setContentIntent(openScreen(context))
            .setOngoing(true)
        if (left.canCallBack) builder.addAction(CallAction.CALL_BACK.button(context))
        return builder.build()
    }
}

private fun whom(target: TargetUi) = if (target.name.isEmpty()) target.digits else "${target.name} · ${target.digits}"

private fun openScreen(context: Context): PendingIntent {
    val intent = Intent(context, InCallActivity::class.java)
    return PendingIntent.getActivity(context, 0, intent, PendingIntent.FLAG_IMMUTABLE)
}

private fun CallAction.button(context: Context): Notification.Action {
    val text = context.getText(
        when (this) {
            CallAction.ANSWER, CallAction.ANSWER_WAITING -> R.string.call_answer
            CallAction.DECLINE, CallAction.DECLINE_WAITING -> R.string.call_decline
            CallAction.HANG_UP -> R.string.call_hang_up
            CallAction.CONNECT -> R.string.call_connect
            CallAction.BACK_TO_CLIENT -> R.string.call_return_short
            CallAction.CANCEL -> R.string.call_cancel
            CallAction.CALL_BACK -> R.string.call_call_back_short
        },
    )
    return Notification.Action.Builder(null as Icon?, text, pending(context)).build()
}

/** Answering and calling back open the screen; everything else is done where the employee is. */
private fun CallAction.pending(context: Context): PendingIntent = when (this) {
    CallAction.ANSWER, CallAction.ANSWER_WAITING, CallAction.CALL_BACK -> screen(context)
    else -> broadcast(context)
}
