package app.starhash.host

import android.content.ComponentName
import android.net.Uri
import android.os.Binder
import android.os.Build
import android.os.Bundle
import android.os.ParcelUuid
import android.os.ResultReceiver
import android.telecom.Call
import android.telecom.CallAudioState
import android.telecom.CallEndpoint
import android.telecom.Connection
import android.telecom.DisconnectCause
import android.telecom.ParcelableCall
import android.telecom.ParcelableCall.ParcelableCallBuilder
import android.telecom.PhoneAccountHandle
import android.telecom.TelecomManager
import com.android.internal.telecom.IInCallAdapter
import com.android.internal.telecom.IInCallService
import java.lang.reflect.Proxy
import java.util.UUID
import java.util.concurrent.CopyOnWriteArrayList

/** One request of the app to Telecom, as it came through the binder; [nanos] is `System.nanoTime()` on arrival. */
data class Request(val nanos: Long, val name: String, val call: String?, val arg: Any?)

/** The call's state; `Call.Details` has it only since API 31. */
@Suppress("DEPRECATION")
val Call.stateNow: Int get() = state

/**
 * Telecom's side of the two binder interfaces between Telecom and the call screen. It only passes on: whether a call
 * is answered, held or ended after the app asked for it is up to [heard], which runs on the app's thread before the
 * request returns. The audio routes alone it keeps itself, for nobody else plays a part in them.
 */
class DeskTelecom(private val heard: (Request) -> Unit) {
    /** Every request since the start, in order. */
    val requests: List<Request> get() = log
    private val log = CopyOnWriteArrayList<Request>()
    private val calls = LinkedHashMap<String, ParcelableCall>()
    private var service: IInCallService? = null
    private var muted = false
    private var onSpeaker = false

    val hasCalls: Boolean get() = calls.isNotEmpty()

    /** The calls in which people talk. */
    val active: List<String> get() = calls.values.filter { it.state == Call.STATE_ACTIVE }.map { it.id }

    /** What the app gets as its adapter. */
    private val adapter = Proxy.newProxyInstance(
        IInCallAdapter::class.java.classLoader,
        arrayOf(IInCallAdapter::class.java),
    ) { proxy, method, args ->
        when (method.name) {
            "asBinder" -> binder
            "hashCode" -> System.identityHashCode(proxy)
            "equals" -> proxy === args[0]
            "toString" -> "Telecom"
            else -> request(method.name, args.orEmpty().toList())
        }
    } as IInCallAdapter
    private val binder = Binder()

    private fun request(name: String, args: List<Any?>) {
        val call = args.firstOrNull() as? String
        val request = Request(System.nanoTime(), name, call, if (call == null) args.firstOrNull() else args.getOrNull(1))
        log += request
        heard(request)
        when (name) {
            "mute" -> audio(muted = args[0] as Boolean)
            "setAudioRoute" -> audio(onSpeaker = args[0] == CallAudioState.ROUTE_SPEAKER)
            "requestCallEndpointChange" -> {
                audio(onSpeaker = args[0] == Endpoints.SPEAKER)
                (args[1] as ResultReceiver?)?.send(CallEndpoint.ENDPOINT_OPERATION_SUCCESS, Bundle())
            }
        }
    }

    /** Telecom binds to the call screen when the first call comes. */
    fun bound(service: IInCallService) {
        this.service = service
        service.setInCallAdapter(adapter)
        service.onCanAddCallChanged(true)
        audio()
    }

    /** A volume key silences the ringing (CallsManager); whether anything rang. */
    fun silenceRinging(): Boolean {
        val rings = calls.values.any { it.state == Call.STATE_RINGING }
        if (rings) service?.silenceRinger()
        return rings
    }

    fun unbound() {
        service = null
    }

    /**
     * An incoming call. [name] is the contact's, if the phone knows the number; [forwardedFrom] the network's hint
     * at who forwarded it, often absent (telecom-facts.md). A null [number] is one that the caller withheld.
     */
    fun ring(id: String, number: String?, name: String? = null, forwardedFrom: String? = null) {
        val extras = Bundle()
        forwardedFrom?.let { extras.putStringArrayList(Connection.EXTRA_LAST_FORWARDED_NUMBER, arrayListOf(it)) }
        add(
            ParcelableCallBuilder().setId(id).setState(Call.STATE_RINGING)
                .setCallDirection(Call.Details.DIRECTION_INCOMING)
                .setHandle(number?.let { Uri.fromParts("tel", it, null) })
                .setHandlePresentation(if (number == null) TelecomManager.PRESENTATION_RESTRICTED else TelecomManager.PRESENTATION_ALLOWED)
                .setContactDisplayName(name)
                .setExtras(extras),
        )
    }

    /** An outgoing call that is being put through. */
    fun dial(id: String, number: String, name: String? = null) = add(
        ParcelableCallBuilder().setId(id).setState(Call.STATE_DIALING)
            .setCallDirection(Call.Details.DIRECTION_OUTGOING)
            .setHandle(Uri.fromParts("tel", number, null))
            .setHandlePresentation(TelecomManager.PRESENTATION_ALLOWED)
            .setContactDisplayName(name),
    )

    private fun add(builder: ParcelableCallBuilder) {
        val call = builder
            .setCreationTimeMillis(System.currentTimeMillis())
            .setAccountHandle(SIM)
            .setCapabilities(CAPABILITIES)
            .setCannedSmsResponses(emptyList())
            .setConferenceableCallIds(emptyList())
            .setChildCallIds(emptyList())
            .createParcelableCall()
        calls[call.id] = call
        bound().addCall(call)
    }

    /** The call is in another [state] now, one of `Call.STATE_…`; an ended one is forgotten. */
    fun state(id: String, state: Int, cause: Int = DisconnectCause.UNKNOWN) = update(id) {
        setState(state)
        if (state == Call.STATE_ACTIVE && calls.getValue(id).connectTimeMillis == 0L) {
            setConnectTimeMillis(System.currentTimeMillis())
        }
        if (state == Call.STATE_DISCONNECTED) setDisconnectCause(DisconnectCause(cause))
    }

    fun update(id: String, change: ParcelableCallBuilder.() -> Unit) {
        val old = requireNotNull(calls[id]) { "there is no call $id" }
        val call = ParcelableCallBuilder.fromParcelableCall(old).apply(change).createParcelableCall()
        if (call.state == Call.STATE_DISCONNECTED) calls.remove(id) else calls[id] = call
        bound().updateCall(call)
    }

    /** The phone has come to a `;` in the number it dialled; [rest] is what follows. */
    fun postDialWait(id: String, rest: String) = bound().setPostDialWait(id, rest)

    private fun bound() = checkNotNull(service) { "no call screen is bound" }

    private fun audio(muted: Boolean = this.muted, onSpeaker: Boolean = this.onSpeaker) {
        this.muted = muted
        this.onSpeaker = onSpeaker
        val service = service ?: return
        val routes = CallAudioState.ROUTE_EARPIECE or CallAudioState.ROUTE_SPEAKER
        val route = if (onSpeaker) CallAudioState.ROUTE_SPEAKER else CallAudioState.ROUTE_EARPIECE
        service.onCallAudioStateChanged(CallAudioState(muted, route, routes))
        if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.UPSIDE_DOWN_CAKE) Endpoints.tell(service, muted, onSpeaker)
    }

    /** The routes as Android has them since 34; before, this class cannot be loaded. */
    private object Endpoints {
        private val EARPIECE = CallEndpoint("Earpiece", CallEndpoint.TYPE_EARPIECE, ParcelUuid(UUID.randomUUID()))
        val SPEAKER = CallEndpoint("Speaker", CallEndpoint.TYPE_SPEAKER, ParcelUuid(UUID.randomUUID()))

        fun tell(service: IInCallService, muted: Boolean, onSpeaker: Boolean) {
            service.onAvailableCallEndpointsChanged(listOf(EARPIECE, SPEAKER))
            service.onCallEndpointChanged(if (onSpeaker) SPEAKER else EARPIECE)
            service.onMuteStateChanged(muted)
        }
    }

    private companion object {
        val SIM = PhoneAccountHandle(ComponentName("com.android.phone", "TelephonyConnectionService"), "1")
        const val CAPABILITIES = Call.Details.CAPABILITY_HOLD or Call.Details.CAPABILITY_SUPPORT_HOLD or
            Call.Details.CAPABILITY_MUTE or Call.Details.CAPABILITY_RESPOND_VIA_TEXT
    }
}
