package app.starhash.telecom

import android.content.Intent
import android.os.Build
import android.os.OutcomeReceiver
import android.telecom.Call
import android.telecom.CallAudioState
import android.telecom.CallEndpoint
import android.telecom.CallEndpointException
import android.telecom.InCallService
import android.util.Log
import app.starhash.App
import app.starhash.incall.InCallActivity

private const val TAG = "InCallService"

/** CallEndpoint came with API 34; from there on it is the only word on routes, before it CallAudioState is. */
private val hasEndpoints = Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE

/** Telecom's way in while Starhash is the phone app: hands every call to [Calls] and shows the call screen. */
class StarhashInCallService : InCallService() {
    private val app get() = application as App
    private lateinit var notification: CallNotification
    private lateinit var ear: EarScreen
    private var endpoints = emptyList<CallEndpoint>()

    override fun onCreate() {
        super.onCreate()
        notification = CallNotification(this)
        ear = EarScreen(this) { app.calls.audio }
        app.calls.connected(this)
        app.session.watch(notification::show)
        app.session.watch(ear::show)
    }

    override fun onDestroy() {
        app.session.unwatch(notification::show)
        app.session.unwatch(ear::show)
        app.calls.disconnected()
        notification.remove()
        ear.show(null)
        super.onDestroy()
    }

    override fun onCallAdded(call: Call) {
        app.calls.added(call)
        showScreen()
    }

    override fun onCallRemoved(call: Call) = app.calls.removed(call)

    override fun onBringToForeground(showDialpad: Boolean) = showScreen()

    @Deprecated("Replaced by endpoints on API 34")
    override fun onCallAudioStateChanged(state: CallAudioState) {
        if (hasEndpoints) return
        val route = when (state.route) {
            CallAudioState.ROUTE_SPEAKER -> Audio.Route.SPEAKER
            CallAudioState.ROUTE_EARPIECE -> Audio.Route.EARPIECE
            else -> Audio.Route.ELSEWHERE
        }
        app.calls.audioChanged(Audio(state.isMuted, route))
    }

    override fun onMuteStateChanged(isMuted: Boolean) = app.calls.audioChanged(app.calls.audio.copy(muted = isMuted))

    override fun onCallEndpointChanged(endpoint: CallEndpoint) {
        val route = when (endpoint.endpointType) {
            CallEndpoint.TYPE_SPEAKER -> Audio.Route.SPEAKER
            CallEndpoint.TYPE_EARPIECE -> Audio.Route.EARPIECE
            else -> Audio.Route.ELSEWHERE
        }
        app.calls.audioChanged(app.calls.audio.copy(route = route))
    }

    override fun onAvailableCallEndpointsChanged(available: List<CallEndpoint>) {
        endpoints = available
    }

    /** Speaker on; off goes back to what is at the ear: Bluetooth, a headset or the phone itself. */
    fun setSpeaker(on: Boolean) {
        if (!hasEndpoints) {
            @Suppress("DEPRECATION") // the only way below API 34
            setAudioRoute(if (on) CallAudioState.ROUTE_SPEAKER else notSpeaker())
            return
        }
        val wanted = if (on) listOf(CallEndpoint.TYPE_SPEAKER) else AT_THE_EAR
        val endpoint = wanted.firstNotNullOfOrNull { type -> endpoints.find { it.endpointType == type } } ?: return
        requestCallEndpointChange(endpoint, mainExecutor, RouteAnswer)
    }

    @Suppress("DEPRECATION") // the only way below API 34
    private fun notSpeaker(): Int {
        val supported = callAudioState?.supportedRouteMask ?: 0
        val bluetooth = supported and CallAudioState.ROUTE_BLUETOOTH != 0
        return if (bluetooth) CallAudioState.ROUTE_BLUETOOTH else CallAudioState.ROUTE_WIRED_OR_EARPIECE
    }

    private fun showScreen() {
        startActivity(Intent(this, InCallActivity::class.java).addFlags(Intent.FLAG_ACTIVITY_NEW_TASK))
    }

    private companion object {
        val AT_THE_EAR = listOf(CallEndpoint.TYPE_BLUETOOTH, CallEndpoint.TYPE_WIRED_HEADSET, CallEndpoint.TYPE_EARPIECE)
    }
}

/** The new route arrives through onCallEndpointChanged; a refusal leaves the button as it was. */
private object RouteAnswer : OutcomeReceiver<Void, CallEndpointException> {
    override fun onResult(result: Void?) = Unit

    override fun onError(error: CallEndpointException) {
        Log.w(TAG, "audio route not changed: ${error.code}")
    }
}
