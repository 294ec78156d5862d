package app.starhash.onboarding

import android.Manifest
import android.app.NotificationManager
import android.app.role.RoleManager
import android.content.Intent
import android.content.pm.PackageInstaller
import android.os.Build
import app.starhash.dialer.ColleaguesActivity
import app.starhash.host.DeskPhone
import org.robolectric.Shadows.shadowOf

/** A phone on which the app has just been installed; what its system says can be changed. */
class Installed {
    val phone = DeskPhone()
    private val app = phone.app
    private val roles = shadowOf(app.getSystemService(RoleManager::class.java))
    private val brought = arrayOf(
        Manifest.permission.POST_NOTIFICATIONS,
        Manifest.permission.CALL_PHONE,
        Manifest.permission.READ_PHONE_STATE,
        Manifest.permission.READ_CONTACTS,
    )

    val notifications: NotificationManager = app.getSystemService(NotificationManager::class.java)

    init {
        @Suppress("DEPRECATION") // Robolectric has nothing else to say that the phone knows the role.
        roles.addAvailableRole(RoleManager.ROLE_DIALER)
        deny(*brought)
        cameFrom(PackageInstaller.PACKAGE_SOURCE_OTHER)
    }

    fun deny(vararg permissions: String) = shadowOf(app).denyPermissions(*permissions)

    /** As the system does it: permissions come along. */
    fun giveRole() {
        @Suppress("DEPRECATION")
        roles.addHeldRole(RoleManager.ROLE_DIALER)
        shadowOf(app).grantPermissions(*brought)
    }

    @Suppress("DEPRECATION")
    fun takeRole() = roles.removeHeldRole(RoleManager.ROLE_DIALER)

    /** Older systems do not say where an app came from. */
    fun cameFrom(source: Int) {
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE) return
        shadowOf(app.packageManager).setInstallSourceInfo(app.packageName, null, null, null, null, null, source)
    }

    fun openList() = open(ColleaguesActivity::class.java)
    fun openPage() = open(SetupActivity::class.java)

    private fun open(type: Class<*>) {
        phone.open(Intent(app, type))
        settle()
    }

    /** The user leaves for the system's settings and comes back. */
    fun comeBack() {
        phone.power()
        phone.power()
        phone.unlock()
        settle()
    }

    /** Facts are read on another thread, which is there once the activity is. */
    fun settle() {
        phone.turn()
        phone.waitUntil("the facts are read") { Thread.getAllStackTraces().keys.none { it.name == "onboarding" } }
        phone.pass(SETTLE_MS)
    }

    fun sees(text: String) = phone.waitUntil("«$text»") { shows(text) }
    fun shows(text: String) = phone.texts().any { it.startsWith(text) }

    private companion object {
        const val SETTLE_MS = 100L
    }
}
