package app.starhash.onboarding

/** What is known of the phone and of what was asked before, at one moment. Nothing in here can change anything. */
data class Facts(
    val role: Role,
    /** The role request was answered with a no so often; one that came back unseen counts as [UNSEEN]. */
    val roleRefusals: Int,
    val management: Management,
    /** Android 15 and newer keep the role from an app that came as a file, until the user allows it (telecom-facts.md). */
    val restrictable: Boolean,
    val notifications: Notifications,
    /** Null below Android 14, where nothing can switch it off. */
    val fullScreen: Boolean?,
    val calls: Permission,
    val contacts: Permission,
    val vendor: Vendor,
    /** The phone is a Samsung and keeps the app from working in the background. Its list of sleeping apps no app can read. */
    val asleep: Boolean,
    /** What the user says they have done. */
    val ticked: Set<Step>,
) {
    companion object {
        /** «Don't ask again»: the system answers without asking, and will do so from now on. */
        const val UNSEEN = 2
    }
}

enum class Role { HELD, FREE, UNAVAILABLE }

enum class Management {
    NOBODY,

    /** The phone or this profile belongs to an organisation. */
    ORGANISATION,

    /** …which also forbids changing default apps. */
    LOCKED,

    /** This copy of the app lives beside the phone's own apps: in the work profile, a private space, a clone. */
    PROFILE,
}

enum class Permission {
    GRANTED,

    /** Never asked for, or the question can be put again: it was closed without an answer, or answered with the first no. */
    TO_ASK,

    /** The system no longer asks: only its settings help. */
    BLOCKED,
}

sealed interface Notifications {
    data object Allowed : Notifications
    data object ToAsk : Notifications
    data object Off : Notifications

    /** All but this channel are on. */
    data class ChannelOff(val channel: String) : Notifications
}

enum class Vendor {
    XIAOMI,
    SAMSUNG,
    OTHER;

    companion object {
        private val xiaomi = setOf("xiaomi", "redmi", "poco")

        fun of(manufacturer: String): Vendor = when (manufacturer.lowercase()) {
            in xiaomi -> XIAOMI
            "samsung" -> SAMSUNG
            else -> OTHER
        }
    }
}
