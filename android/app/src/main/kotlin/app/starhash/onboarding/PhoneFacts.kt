package app.starhash.onboarding

import android.Manifest
import android.app.Activity
import android.app.ActivityManager
import android.app.NotificationManager
import android.app.admin.DevicePolicyManager
import android.app.role.RoleManager
import android.content.Context
import android.content.pm.PackageInstaller
import android.content.pm.PackageManager
import android.os.Build
import android.os.UserManager
import android.util.Log
import app.starhash.telecom.CHANNEL_INCOMING
import app.starhash.telecom.CHANNEL_ONGOING
import kotlin.concurrent.thread

private const val TAG = "PhoneFacts"

/** The one adapter that asks the phone. Every answer is a call to another process: [read] is not for the main thread. */
internal class PhoneFacts(private val activity: Activity) {
    private val kept = Kept(activity)
    private val manager get() = activity.getSystemService(NotificationManager::class.java)

    /** Of the main thread: how many readings were begun. */
    private var readings = 0

    /**
     * Called on the main thread, reads on a thread of its own; [then] gets the rows on the main thread, null where they cannot
     * be read, unless the activity has gone or a newer reading has begun meanwhile.
     */
    fun read(then: (List<Row>?) -> Unit) {
        val own = ++readings
        thread(name = "onboarding") {
            val rows = rowsOrNull()
            activity.runOnUiThread { if (own == readings && !activity.isDestroyed) then(rows) }
        }
    }

    /** A maker's system that answers with an exception, or lacks what Android has, must not take a running call along. */
    private fun rowsOrNull(): List<Row>? {
        val failed = try {
            return rows(read())
        } catch (refused: RuntimeException) {
            refused
        } catch (lacking: LinkageError) {
            lacking
        }
        Log.w(TAG, "the phone's settings cannot be read: ${failed.javaClass.simpleName}")
        return null
    }

    private fun read(): Facts {
        val role = role()
        if (role == Role.HELD) kept.roleTaken()
        val vendor = Vendor.of(Build.MANUFACTURER)
        return Facts(
            role = role,
            roleRefusals = kept.roleRefusals,
            management = management(),
            restrictable = restrictable(),
            notifications = notifications(),
            fullScreen = if (Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE) null else manager.canUseFullScreenIntent(),
            calls = permission(Step.CALLS),
            contacts = permission(Step.CONTACTS),
            vendor = vendor,
            asleep = vendor == Vendor.SAMSUNG && activity.getSystemService(ActivityManager::class.java).isBackgroundRestricted,
            ticked = kept.ticked,
        )
    }

    private fun role(): Role {
        val roles = activity.getSystemService(RoleManager::class.java)
        return when {
            !roles.isRoleAvailable(RoleManager.ROLE_DIALER) -> Role.UNAVAILABLE
            roles.isRoleHeld(RoleManager.ROLE_DIALER) -> Role.HELD
            else -> Role.FREE
        }
    }

    private fun management(): Management {
        val users = activity.getSystemService(UserManager::class.java)
        val policy = activity.getSystemService(DevicePolicyManager::class.java)
        val owned = policy?.activeAdmins.orEmpty().any { policy.isDeviceOwnerApp(it.packageName) || policy.isProfileOwnerApp(it.packageName) }
        return when {
            users.isManagedProfile || Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU && users.isProfile -> Management.PROFILE
            // From Android 14 on; older ones do not know the word and say no.
            users.hasUserRestriction(UserManager.DISALLOW_CONFIG_DEFAULT_APPS) -> Management.LOCKED
            owned -> Management.ORGANISATION
            else -> Management.NOBODY
        }
    }

    /**
     * Whether the system may hold the role back. Whether it does, and whether the user has lifted that, no app may ask.
     * Shops and adb say who they are; whoever opened a file says so or says nothing.
     */
    private fun restrictable(): Boolean {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.VANILLA_ICE_CREAM) return false
        val source = try {
            activity.packageManager.getInstallSourceInfo(activity.packageName).packageSource
        } catch (_: PackageManager.NameNotFoundException) {
            return false
        }
        return source != PackageInstaller.PACKAGE_SOURCE_STORE && source != PackageInstaller.PACKAGE_SOURCE_OTHER
    }

    private fun notifications(): Notifications {
        val permission = permission(Step.NOTIFICATIONS)
        return when {
            permission == Permission.TO_ASK -> Notifications.ToAsk
            permission == Permission.BLOCKED || !manager.areNotificationsEnabled() -> Notifications.Off
            else -> weakChannel()?.let { Notifications.ChannelOff(it) } ?: Notifications.Allowed
        }
    }

    /** A channel that is off, or too quiet to come up over other apps. They are made when the first call comes. */
    private fun weakChannel(): String? {
        fun importance(id: String) = manager.getNotificationChannel(id)?.importance ?: NotificationManager.IMPORTANCE_HIGH
        return when {
            importance(CHANNEL_INCOMING) < NotificationManager.IMPORTANCE_HIGH -> CHANNEL_INCOMING
            importance(CHANNEL_ONGOING) == NotificationManager.IMPORTANCE_NONE -> CHANNEL_ONGOING
            else -> null
        }
    }

    private fun permission(step: Step): Permission {
        val missing = permissions(step).filter { activity.checkSelfPermission(it) != PackageManager.PERMISSION_GRANTED }
        return when {
            missing.isEmpty() -> Permission.GRANTED.also { kept.allowed(step) }
            step in kept.blocked && missing.none(activity::shouldShowRequestPermissionRationale) -> Permission.BLOCKED
            else -> Permission.TO_ASK
        }
    }
}

/**
 * The system's word that [step] was refused once and may be asked for a second time. Before the first refusal and after the
 * last it says no.
 */
internal fun refusedOnce(activity: Activity, step: Step) = permissions(step).any(activity::shouldShowRequestPermissionRationale)

/** What has to be asked for. Notifications go without asking below Android 13. */
internal fun permissions(step: Step): List<String> = when (step) {
    Step.CALLS -> listOf(Manifest.permission.CALL_PHONE, Manifest.permission.READ_PHONE_STATE)
    Step.CONTACTS -> listOf(Manifest.permission.READ_CONTACTS)
    Step.NOTIFICATIONS ->
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.TIRAMISU) emptyList() else listOf(Manifest.permission.POST_NOTIFICATIONS)
    else -> emptyList()
}

private const val FILE = "onboarding"
private const val REFUSALS = "role_refusals"
private const val TICKED = "ticked"
private const val BLOCKED = "blocked"

/** What only this app remembers of the user's answers. */
internal class Kept(context: Context) {
    private val prefs by lazy { context.getSharedPreferences(FILE, Context.MODE_PRIVATE) }

    val roleRefusals: Int get() = prefs.getInt(REFUSALS, 0)
    val ticked: Set<Step> get() = steps(TICKED)

    /** What the system seemed no longer to ask for when it was asked for last. */
    val blocked: Set<Step> get() = steps(BLOCKED)

    /** [unseen]: it came back quicker than anybody reads. */
    fun roleRefused(unseen: Boolean) {
        val refusals = if (unseen) Facts.UNSEEN else roleRefusals + 1
        prefs.edit().putInt(REFUSALS, refusals).apply()
    }

    fun roleTaken() = prefs.edit().remove(REFUSALS).apply()
    fun tick(step: Step, done: Boolean) = keep(TICKED, if (done) ticked + step else ticked - step)
    fun block(step: Step) = keep(BLOCKED, blocked + step)

    /** Taken back later in the settings, it can be asked for anew. */
    fun allowed(step: Step) {
        if (step in blocked) keep(BLOCKED, blocked - step)
    }

    private fun steps(key: String): Set<Step> {
        val names = prefs.getStringSet(key, null).orEmpty()
        return Step.entries.filter { it.name in names }.toSet()
    }

    private fun keep(key: String, steps: Set<Step>) = prefs.edit().putStringSet(key, steps.map { it.name }.toSet()).apply()
}
