package app.starhash.telecom

import app.starhash.core.CallFacts
import app.starhash.core.Disconnected

/** One call as it was at one moment. Screens hold these and ids, never Telecom's own objects. */
data class CallInfo(
    /** Id, state, direction, emergency: what the core decides by. The id is ours and lasts as long as the call. */
    val facts: CallFacts,
    /** Contact or caller name as the framework gives it. */
    val name: String?,
    /** As the network gave it; null when hidden. Never to be logged. */
    val number: String?,
    /** The office number the client dialled: the network's hint, often absent. */
    val forwardedFrom: String?,
    val sim: String?,
    /** `SystemClock.elapsedRealtime()` at which the talk began. */
    val talkingSince: Long? = null,
    /** `SystemClock.elapsedRealtime()` at which it ended. */
    val endedAt: Long? = null,
    /** What stands behind a `;` of the dialled number: the phone sends it once somebody says so. */
    val postDial: String? = null,
) {
    val id: String get() = facts.id
    val alive: Boolean get() = facts.state !is Disconnected
}

data class Audio(val muted: Boolean = false, val route: Route = Route.EARPIECE) {
    val speaker: Boolean get() = route == Route.SPEAKER

    /** Where the call sounds; [ELSEWHERE]: Bluetooth, a headset, the car. */
    enum class Route { EARPIECE, SPEAKER, ELSEWHERE }
}
