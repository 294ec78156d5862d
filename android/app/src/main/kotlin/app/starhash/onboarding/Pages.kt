package app.starhash.onboarding

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Build
import android.provider.Settings

/**
 * Opens [page], or what comes nearest to it on a phone that lacks it: some makers leave pages out, move them or keep them
 * to themselves.
 */
fun open(context: Context, page: Page) = openFirst(ways(context, page), context::startActivity)

/** The first of [ways] that [start] neither misses nor is refused. */
internal fun openFirst(ways: List<Intent>, start: (Intent) -> Unit) {
    for (way in ways) {
        try {
            return start(way)
        } catch (_: ActivityNotFoundException) {
            continue
        } catch (_: SecurityException) {
            continue
        }
    }
}

/** Best first; the last two are on every phone. */
internal fun ways(context: Context, page: Page): List<Intent> = own(context, page) + listOf(
    Intent(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, Uri.fromParts("package", context.packageName, null)),
    Intent(Settings.ACTION_SETTINGS),
)

private fun own(context: Context, page: Page): List<Intent> = when (page) {
    Page.AppInfo -> emptyList()
    Page.DefaultApps -> listOf(Intent(Settings.ACTION_MANAGE_DEFAULT_APPS_SETTINGS))
    Page.AppNotifications -> listOf(appNotifications(context))
    is Page.Channel -> listOf(
        Intent(Settings.ACTION_CHANNEL_NOTIFICATION_SETTINGS)
            .putExtra(Settings.EXTRA_APP_PACKAGE, context.packageName)
            .putExtra(Settings.EXTRA_CHANNEL_ID, page.id),
        appNotifications(context),
    )
    Page.FullScreen ->
        if (Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE) emptyList()
        else listOf(Intent(Settings.ACTION_MANAGE_APP_USE_FULL_SCREEN_INTENT, Uri.fromParts("package", context.packageName, null)))
    Page.XiaomiPermissions -> xiaomi(context)
    Page.SamsungBattery -> samsung()
}

private fun appNotifications(context: Context) =
    Intent(Settings.ACTION_APP_NOTIFICATION_SETTINGS).putExtra(Settings.EXTRA_APP_PACKAGE, context.packageName)

/** Documented nowhere: names as apps of the public use them; any of them may be missing or not for us. */
private fun xiaomi(context: Context): List<Intent> {
    fun editor() = Intent("miui.intent.action.APP_PERM_EDITOR").putExtra("extra_pkgname", context.packageName)
    return listOf(
        editor().setClassName("com.miui.securitycenter", "com.miui.permcenter.permissions.PermissionsEditorActivity"),
        editor(),
    )
}

/** The list of «never sleeping apps» (2; 0 and 1 are the sleeping and the deep sleeping ones), then battery settings at large. */
private fun samsung(): List<Intent> = listOf(
    Intent("com.samsung.android.sm.ACTION_OPEN_CHECKABLE_LISTACTIVITY").setPackage("com.samsung.android.lool").putExtra("activity_type", 2),
    Intent().setClassName("com.samsung.android.lool", "com.samsung.android.sm.battery.ui.BatteryActivity"),
    Intent(Settings.ACTION_IGNORE_BATTERY_OPTIMIZATION_SETTINGS),
)
