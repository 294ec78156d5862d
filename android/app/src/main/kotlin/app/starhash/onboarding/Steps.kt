package app.starhash.onboarding

import app.starhash.R

/** What may be between the phone and its calls going through Starhash, in the order in which it is done. */
enum class Step { RESTRICTED, ROLE, NOTIFICATIONS, FULL_SCREEN, CALLS, CONTACTS, XIAOMI, SAMSUNG, WAY_BACK }

enum class State(val words: Int?) {
    /** The app has seen for itself that it is so. */
    DONE(R.string.setup_done),
    TO_DO(R.string.setup_to_do),

    /** The system gives it together with the role. */
    WITH_ROLE(R.string.setup_with_role),

    /** No app can look: the user has to do it, and say so. */
    BY_HAND(R.string.setup_by_hand),
    TICKED(R.string.setup_ticked),
    GOOD_TO_KNOW(null),
}

/** The one thing that the button of a row does. */
sealed interface Deed {
    data object AskRole : Deed
    data class AskPermission(val step: Step) : Deed
    data class Open(val page: Page) : Deed
}

/** A page of the system's settings. */
sealed interface Page {
    data object DefaultApps : Page
    data object AppInfo : Page
    data object AppNotifications : Page
    data class Channel(val id: String) : Page
    data object FullScreen : Page
    data object XiaomiPermissions : Page
    data object SamsungBattery : Page
}

data class Button(val words: Int, val deed: Deed)

/** One row of the page; texts as resources. [tick]: what the user confirms by ticking it. */
data class Row(
    val step: Step,
    val state: State,
    val title: Int,
    val text: Int,
    val button: Button? = null,
    val tick: Int? = null,
)

/** How many rows wait for the user. */
val List<Row>.left: Int get() = count { it.state == State.TO_DO || it.state == State.BY_HAND }

/** Nothing that the user does on this page brings calls here. */
val List<Row>.hopeless: Boolean get() = any { it.step == Step.ROLE && it.state == State.GOOD_TO_KNOW }

/** What the page shows of [facts]. Where the role cannot be had nothing else brings calls here: no other step is shown. */
fun rows(facts: Facts): List<Row> = if (withoutRole(facts)) listOf(role(facts)) else listOfNotNull(
    restricted(facts),
    role(facts),
    notifications(facts),
    facts.fullScreen?.let(::fullScreen),
    permission(facts, Step.CALLS, facts.calls, R.string.setup_calls, R.string.setup_calls_text),
    permission(facts, Step.CONTACTS, facts.contacts, R.string.setup_contacts, R.string.setup_contacts_text),
    vendor(facts),
    wayBack(facts),
)

/**
 * A profile's own phone app is not the one that personal calls go through, though the system would let it be chosen there: it
 * asks no more than whether the device has a voice (AOSP, DialerRoleBehavior.isAvailableAsUser).
 */
private fun withoutRole(facts: Facts) =
    facts.role == Role.UNAVAILABLE || facts.role == Role.FREE && facts.management == Management.PROFILE

/** Only after a refusal: before it the menu entry that helps is not there, and perhaps not needed. */
private fun restricted(facts: Facts): Row? {
    if (!facts.restrictable || facts.role != Role.FREE || facts.roleRefusals == 0) return null
    val button = Button(R.string.setup_open_app_info, Deed.Open(Page.AppInfo))
    return Row(Step.RESTRICTED, State.BY_HAND, R.string.setup_restricted, R.string.setup_restricted_text, button)
}

private val openDefaultApps = Button(R.string.setup_open_default_apps, Deed.Open(Page.DefaultApps))

private fun role(facts: Facts): Row {
    fun row(state: State, text: Int, button: Button?) = Row(Step.ROLE, state, R.string.setup_role, text, button)
    if (withoutRole(facts)) {
        val profile = facts.management == Management.PROFILE
        return row(State.GOOD_TO_KNOW, if (profile) R.string.setup_role_profile else R.string.setup_role_unavailable, null)
    }
    if (facts.role == Role.HELD) return row(State.DONE, heldText(facts.management), null)
    val refused = facts.roleRefusals >= Facts.UNSEEN
    val locked = facts.management == Management.LOCKED
    val button = if (refused || locked) openDefaultApps else Button(R.string.setup_take_role, Deed.AskRole)
    return row(State.TO_DO, freeText(facts.management, refused), button)
}

private fun heldText(management: Management): Int = when (management) {
    Management.NOBODY -> R.string.setup_role_held
    Management.PROFILE -> R.string.setup_role_held_profile
    Management.ORGANISATION, Management.LOCKED -> R.string.setup_role_held_managed
}

private fun freeText(management: Management, refused: Boolean): Int = when {
    management == Management.LOCKED -> R.string.setup_role_locked
    management == Management.ORGANISATION -> R.string.setup_role_managed
    refused -> R.string.setup_role_refused
    else -> R.string.setup_role_text
}

private fun notifications(facts: Facts): Row {
    fun row(state: State, text: Int, button: Button?) =
        Row(Step.NOTIFICATIONS, state, R.string.setup_notifications, text, button)
    return when (val now = facts.notifications) {
        Notifications.Allowed -> row(State.DONE, R.string.setup_notifications_text, null)
        Notifications.ToAsk -> permission(
            facts, Step.NOTIFICATIONS, Permission.TO_ASK, R.string.setup_notifications, R.string.setup_notifications_text,
        )
        Notifications.Off -> {
            val button = Button(R.string.setup_open_notifications, Deed.Open(Page.AppNotifications))
            row(State.TO_DO, R.string.setup_notifications_off, button)
        }
        is Notifications.ChannelOff -> {
            val button = Button(R.string.setup_open_notifications, Deed.Open(Page.Channel(now.channel)))
            row(State.TO_DO, R.string.setup_channel_off, button)
        }
    }
}

private fun fullScreen(allowed: Boolean): Row {
    val button = Button(R.string.setup_open_full_screen, Deed.Open(Page.FullScreen)).takeUnless { allowed }
    val state = if (allowed) State.DONE else State.TO_DO
    return Row(Step.FULL_SCREEN, state, R.string.setup_full_screen, R.string.setup_full_screen_text, button)
}

private fun permission(facts: Facts, step: Step, permission: Permission, title: Int, text: Int): Row = when (permission) {
    Permission.GRANTED -> Row(step, State.DONE, title, text)
    Permission.BLOCKED ->
        Row(step, State.TO_DO, title, R.string.setup_blocked, Button(R.string.setup_open_app_info, Deed.Open(Page.AppInfo)))
    Permission.TO_ASK ->
        if (facts.role == Role.FREE) {
            Row(step, State.WITH_ROLE, title, text)
        } else {
            Row(step, State.TO_DO, title, text, Button(R.string.setup_allow, Deed.AskPermission(step)))
        }
}

private fun vendor(facts: Facts): Row? {
    fun row(step: Step, title: Int, text: Int, button: Button, tick: Int) =
        Row(step, if (step in facts.ticked) State.TICKED else State.BY_HAND, title, text, button, tick)
    return when (facts.vendor) {
        Vendor.XIAOMI -> row(
            Step.XIAOMI, R.string.setup_xiaomi, R.string.setup_xiaomi_text,
            Button(R.string.setup_open_permissions, Deed.Open(Page.XiaomiPermissions)), R.string.setup_xiaomi_tick,
        )
        Vendor.SAMSUNG -> if (facts.asleep) asleep else row(
            Step.SAMSUNG, R.string.setup_samsung, R.string.setup_samsung_text,
            Button(R.string.setup_open_battery, Deed.Open(Page.SamsungBattery)), R.string.setup_samsung_tick,
        )
        Vendor.OTHER -> null
    }
}

/** Seen by the app, whatever the user has ticked. */
private val asleep = Row(
    Step.SAMSUNG, State.TO_DO, R.string.setup_samsung, R.string.setup_samsung_asleep,
    Button(R.string.setup_open_app_info, Deed.Open(Page.AppInfo)),
)

private fun wayBack(facts: Facts): Row? {
    if (facts.role != Role.HELD) return null
    return Row(Step.WAY_BACK, State.GOOD_TO_KNOW, R.string.setup_way_back, R.string.setup_way_back_text, openDefaultApps)
}
