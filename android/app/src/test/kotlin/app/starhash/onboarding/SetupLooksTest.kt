package app.starhash.onboarding

import android.app.ActivityManager
import android.content.pm.PackageInstaller
import android.os.Build
import android.os.UserManager
import android.view.View
import android.widget.ScrollView
import android.widget.TextView
import app.starhash.host.EveryWindow
import app.starhash.host.Faults
import app.starhash.host.Screens
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowBuild

/** The page in every window: nothing cut, nothing too small to touch or too pale to read, everything within reach. */
@RunWith(RobolectricTestRunner::class)
class SetupLooksTest : EveryWindow() {
    /** A screen reader hears a card's words at once, in the order of the page, and each button and tick by itself. */
    @Test
    fun heardInOrder() {
        val installed = onXiaomi()
        installed.giveRole()
        installed.openPage()
        val heard = views(installed).filter { it.isFocusable && it !is ScrollView }.map { it.contentDescription ?: (it as TextView).text }.map { it.toString().substringBefore('.') }
        val expected = listOf(
            "Назад", "Starhash — приложение для звонков", "Уведомления", "Звонок во весь экран", "Звонки", "Контакты",
            "Xiaomi: два переключателя", "Оба включены", "Открыть разрешения", "Как вернуть прежнее приложение", "Открыть выбор приложений",
        ).filterNot { it == "Звонок во весь экран" && Build.VERSION.SDK_INT < Build.VERSION_CODES.UPSIDE_DOWN_CAKE }
        assertEquals(expected, heard)
    }

    private fun onXiaomi(): Installed {
        ShadowBuild.setManufacturer("Xiaomi")
        return Installed()
    }

    override fun check(window: String, font: Float) {
        val installed = onXiaomi()
        val faults = mutableListOf<String>()
        installed.openList()
        Screens.take("setup-banner-$window")
        faults += faultsOf(installed)
        installed.cameFrom(PackageInstaller.PACKAGE_SOURCE_LOCAL_FILE)
        Kept(installed.phone.app).roleRefused(unseen = true)
        installed.openPage()
        faults += look(installed, "setup-refused-$window")
        installed.giveRole()
        shadowOf(installed.notifications).setNotificationsEnabled(false)
        Kept(installed.phone.app).tick(Step.XIAOMI, true)
        installed.comeBack()
        faults += look(installed, "setup-role-$window")
        ShadowBuild.setManufacturer("samsung")
        shadowOf(installed.phone.app.getSystemService(ActivityManager::class.java)).setBackgroundRestricted(true)
        installed.comeBack()
        faults += look(installed, "setup-samsung-$window")
        shadowOf(installed.phone.app.getSystemService(UserManager::class.java)).setManagedProfile(true)
        installed.takeRole()
        installed.comeBack()
        faults += look(installed, "setup-profile-$window")
        assertEquals("", faults.joinToString("\n"))
    }

    /** At the top and, where there is more, at the end. */
    private fun look(installed: Installed, name: String): List<String> {
        val scroll = views(installed).filterIsInstance<ScrollView>().single()
        scroll.scrollTo(0, 0)
        installed.settle()
        Screens.take(name)
        val faults = faultsOf(installed)
        assertTrue("what is below can be reached", scroll.getChildAt(0).height <= scroll.height || scroll.canScrollVertically(1))
        scroll.scrollTo(0, scroll.getChildAt(0).height)
        installed.settle()
        if (scroll.scrollY > 0) Screens.take("$name-end")
        return faults + faultsOf(installed)
    }

    private fun faultsOf(installed: Installed) = Faults.on(checkNotNull(installed.phone.window()))

    private fun views(installed: Installed): List<View> = Faults.shown(checkNotNull(installed.phone.window()))
}
