package app.starhash.onboarding

import android.Manifest
import android.app.Activity
import android.app.ActivityManager
import android.app.NotificationChannel
import android.app.NotificationManager
import android.app.admin.DevicePolicyManager
import android.content.ComponentName
import android.content.Intent
import android.content.IntentFilter
import android.content.pm.PackageInstaller
import android.content.pm.PackageManager
import android.os.Build
import android.os.UserManager
import android.provider.Settings
import app.starhash.call.CLIENT
import app.starhash.call.Office
import app.starhash.dialer.ColleaguesActivity
import app.starhash.host.FullScreenShadow
import java.time.Duration
import java.util.concurrent.CopyOnWriteArraySet
import java.util.concurrent.CountDownLatch
import java.util.concurrent.atomic.AtomicInteger
import org.junit.After
import org.junit.Assert.assertArrayEquals
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowBuild
import org.robolectric.shadows.ShadowSystemClock

/** The page itself: what it asks of the system, where its buttons lead, and that it looks again on return. */
@RunWith(RobolectricTestRunner::class)
class SetupTest {
    private val installed = Installed()
    private val phone = installed.phone
    private val opened get() = phone.outside.map { it.action.orEmpty() }

    @After
    fun always() {
        FullScreenShadow.asked = {}
        Office.assertNothingPersonalLogged()
    }

    private fun roleAsked() = phone.outside.last { "ROLE" in it.action.orEmpty() }

    /** On the phone's clock alone: nothing has to happen meanwhile. */
    private fun later(millis: Long) = ShadowSystemClock.advanceBy(Duration.ofMillis(millis))

    private fun refuse() = shadowOf(phone.front).receiveResult(roleAsked(), Activity.RESULT_CANCELED, null)

    private fun refuseAfterReading() {
        phone.tap("Выбрать Starhash")
        later(READING_MS)
        refuse()
        installed.comeBack()
    }

    @Test
    fun theListLeadsHereUntilNothingIsLeftAndByItsSignAfterwards() {
        installed.openList()
        installed.sees("Настройка телефона: остался 1 шаг")
        phone.tap("Показать, что осталось")
        installed.sees("Остался 1 шаг")
        phone.tap("Выбрать Starhash")
        roleAsked()
        installed.giveRole()
        installed.comeBack()
        installed.sees("Больше ничего делать не нужно")
        installed.sees("Звонки открываются в Starhash")
        phone.tap("Назад")
        phone.waitUntil("the list") { phone.front is ColleaguesActivity }
        installed.settle()
        assertFalse(installed.shows("Настройка телефона"))
        phone.tap("Проверить настройки телефона")
        installed.sees("Как вернуть прежнее приложение")
        phone.tap("Открыть выбор приложений")
        assertEquals(Settings.ACTION_MANAGE_DEFAULT_APPS_SETTINGS, opened.last())
    }

    @Test
    fun aRefusalThatNobodySawLeadsToTheSettings() {
        installed.openPage()
        phone.tap("Выбрать Starhash")
        refuse()
        installed.comeBack()
        installed.sees("Система не разрешила")
        phone.tap("Открыть выбор приложений")
        assertEquals(Settings.ACTION_MANAGE_DEFAULT_APPS_SETTINGS, opened.last())
        installed.giveRole()
        installed.comeBack()
        installed.sees("Звонки открываются в Starhash")
    }

    @Test
    fun oneWhoReadAndRefusedIsAskedOnceMore() {
        installed.openPage()
        refuseAfterReading()
        assertFalse("it did not come from a file", installed.shows("Разрешить ограниченные настройки"))
        refuseAfterReading()
        installed.sees("Система не разрешила")
    }

    @Test
    fun anAppFromAFileIsTakenToItsInfo() {
        assumeTrue("only from Android 35 on", Build.VERSION.SDK_INT >= 35)
        installed.cameFrom(PackageInstaller.PACKAGE_SOURCE_LOCAL_FILE)
        installed.openPage()
        assertFalse(installed.shows("Разрешить ограниченные настройки"))
        refuseAfterReading()
        installed.sees("Разрешить ограниченные настройки")
        installed.sees("Выбрать Starhash")
        phone.tap("Открыть «О приложении»")
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, opened.last())
        assertEquals("package:app.starhash", phone.outside.last().dataString)
        installed.giveRole()
        installed.comeBack()
        assertFalse(installed.shows("Разрешить ограниченные настройки"))
    }

    /** Asks for contacts as the page does; the system answers after [millis], and would then ask again or not. */
    private fun askContacts(millis: Long, answer: IntArray, again: Boolean) {
        phone.tap("Разрешить")
        later(millis)
        val asked = shadowOf(phone.front).lastRequestedPermission
        assertArrayEquals(arrayOf(Manifest.permission.READ_CONTACTS), asked.requestedPermissions)
        shadowOf(phone.app.packageManager).setShouldShowRequestPermissionRationale(Manifest.permission.READ_CONTACTS, again)
        phone.front!!.onRequestPermissionsResult(asked.requestCode, asked.requestedPermissions, answer)
        installed.comeBack()
    }

    private fun withoutContacts() {
        installed.giveRole()
        installed.deny(Manifest.permission.READ_CONTACTS)
        installed.openPage()
        installed.sees("Остался 1 шаг")
    }

    private fun assertAskedAgain() = assertTrue("${phone.texts()}", installed.shows("Разрешить") && !installed.shows("В доступе отказано"))

    private fun assertSoughtInTheSettings() {
        installed.sees("В доступе отказано")
        phone.tap("Открыть «О приложении»")
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, opened.last())
    }

    @Test
    fun aQuestionThatWasClosedCanBeAskedAgainUntilTheSystemNoLongerAsks() {
        withoutContacts()
        askContacts(0, intArrayOf(), again = false)
        assertAskedAgain()
        repeat(2) {
            askContacts(READING_MS, denied, again = false)
            assertAskedAgain()
        }
        askContacts(0, denied, again = false)
        assertSoughtInTheSettings()
    }

    @Test
    fun whoRefusesIsAskedOnceMoreAndWhoTakesItBackLaterAnew() {
        withoutContacts()
        askContacts(READING_MS, denied, again = true)
        assertAskedAgain()
        askContacts(READING_MS, denied, again = true)
        assertAskedAgain()
        askContacts(READING_MS, denied, again = false)
        assertSoughtInTheSettings()
        installed.giveRole()
        installed.comeBack()
        installed.sees("Больше ничего делать не нужно")
        installed.deny(Manifest.permission.READ_CONTACTS)
        installed.comeBack()
        assertAskedAgain()
    }

    @Test
    fun notificationsThatAreOffLeadToTheirPages() {
        installed.giveRole()
        shadowOf(installed.notifications).setNotificationsEnabled(false)
        installed.openPage()
        installed.sees("Уведомления Starhash выключены")
        phone.tap("Открыть уведомления")
        assertEquals(Settings.ACTION_APP_NOTIFICATION_SETTINGS, opened.last())
        shadowOf(installed.notifications).setNotificationsEnabled(true)
        installed.notifications.createNotificationChannel(NotificationChannel("incoming", "Входящие", NotificationManager.IMPORTANCE_LOW))
        installed.comeBack()
        installed.sees("Одна из категорий уведомлений Starhash")
        phone.tap("Открыть уведомления")
        assertEquals(Settings.ACTION_CHANNEL_NOTIFICATION_SETTINGS, opened.last())
        assertEquals("incoming", phone.outside.last().getStringExtra(Settings.EXTRA_CHANNEL_ID))
    }

    @Test
    fun fullScreenThatIsOffLeadsToItsPage() {
        assumeTrue("only from Android 34 on", Build.VERSION.SDK_INT >= 34)
        installed.giveRole()
        installed.deny(Manifest.permission.USE_FULL_SCREEN_INTENT)
        installed.openPage()
        phone.tap("Открыть настройку")
        assertEquals(Settings.ACTION_MANAGE_APP_USE_FULL_SCREEN_INTENT, opened.last())
    }

    @Test
    fun onXiaomiTheUserTicksAndTheWordIsKept() {
        ShadowBuild.setManufacturer("Xiaomi")
        installed.giveRole()
        installed.openPage()
        installed.sees("Остался 1 шаг")
        phone.tap("Открыть разрешения")
        assertEquals("com.miui.securitycenter", phone.outside.last().component?.packageName)
        installed.comeBack()
        assertTrue("going there proves nothing", installed.shows("Сделайте сами"))
        phone.tap("Оба включены")
        installed.sees("Отмечено вами, приложение не проверяло")
        installed.sees("Больше ничего делать не нужно")
        phone.tap("Назад")
        installed.openPage()
        installed.sees("Отмечено вами, приложение не проверяло")
        phone.tap("Оба включены")
        installed.sees("Остался 1 шаг")
    }

    @Test
    fun aPageThatThePhoneLacksGivesWayToTheNext() {
        ShadowBuild.setManufacturer("samsung")
        installed.giveRole()
        installed.openPage()
        shadowOf(phone.app).checkActivities(true)
        val packages = shadowOf(phone.app.packageManager)
        val settings = ComponentName("com.android.settings", "AppInfo")
        packages.addActivityIfNotPresent(settings)
        packages.addIntentFilterForActivity(settings, IntentFilter(Settings.ACTION_APPLICATION_DETAILS_SETTINGS).apply {
            addCategory(Intent.CATEGORY_DEFAULT)
            addDataScheme("package")
        })
        phone.tap("Открыть настройки батареи")
        assertEquals(listOf(Settings.ACTION_APPLICATION_DETAILS_SETTINGS), opened)
    }

    @Test
    fun aPageThatIsNotForUsGivesWayToo() {
        val tried = mutableListOf<Intent>()
        openFirst(ways(phone.app, Page.XiaomiPermissions)) {
            tried += it
            if (tried.size < 3) throw SecurityException("not exported")
        }
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, tried.last().action)
        for (page in listOf(Page.DefaultApps, Page.AppInfo, Page.AppNotifications, Page.Channel("incoming"), Page.FullScreen, Page.SamsungBattery)) {
            assertEquals(Settings.ACTION_SETTINGS, ways(phone.app, page).last().action)
        }
    }

    @Test
    fun onAManagedPhoneTheAdministratorIsNamed() {
        val admin = ComponentName("com.example.mdm", "Admin")
        shadowOf(phone.app.getSystemService(DevicePolicyManager::class.java)).run {
            setActiveAdmin(admin)
            setDeviceOwner(admin)
        }
        installed.openPage()
        installed.sees("Телефоном управляет организация. Если выбрать не получится")
        val users = shadowOf(phone.app.getSystemService(UserManager::class.java))
        @Suppress("DEPRECATION") // its successor wants the admin who sets it
        users.setUserRestriction(android.os.Process.myUserHandle(), UserManager.DISALLOW_CONFIG_DEFAULT_APPS, true)
        installed.comeBack()
        installed.sees("Организация запретила менять приложение для звонков")
    }

    @Test
    fun aCopyInTheWorkProfileSaysThatPersonalCallsDoNotComeThere() {
        shadowOf(phone.app.getSystemService(UserManager::class.java)).setManagedProfile(true)
        installed.openList()
        assertFalse(installed.shows("Настройка телефона"))
        phone.tap("Проверить настройки телефона")
        installed.sees("Эта копия стоит в рабочем или другом дополнительном профиле")
        installed.sees("Звонки через Starhash здесь не пойдут")
        assertFalse("${phone.texts()}", installed.shows("Выбрать Starhash") || installed.shows("Открыть"))
    }

    @Test
    fun whatSamsungRestrictsIsSeenAndLeadsToTheAppsInfo() {
        ShadowBuild.setManufacturer("samsung")
        val manager = shadowOf(phone.app.getSystemService(ActivityManager::class.java))
        manager.setBackgroundRestricted(true)
        installed.giveRole()
        installed.openPage()
        installed.sees("Телефон не даёт Starhash работать в фоне")
        assertFalse("nothing to tick", installed.shows("Starhash в списке"))
        phone.tap("Открыть «О приложении»")
        assertEquals(Settings.ACTION_APPLICATION_DETAILS_SETTINGS, opened.last())
        manager.setBackgroundRestricted(false)
        installed.comeBack()
        installed.sees("Сделайте сами")
        installed.sees("Starhash в списке")
    }

    @Test
    fun anOldReadingThatComesLateIsNotShown() {
        assumeTrue("only from Android 34 on", Build.VERSION.SDK_INT >= 34)
        val late = CountDownLatch(1)
        val readings = AtomicInteger()
        FullScreenShadow.asked = { if (readings.incrementAndGet() == 1) late.await() }
        phone.open(Intent(phone.app, SetupActivity::class.java))
        phone.waitUntil("the first reading") { readings.get() == 1 }
        installed.giveRole()
        repeat(2) { phone.power() }
        phone.unlock()
        installed.sees("Звонки открываются в Starhash")
        late.countDown()
        installed.settle()
        assertTrue("${phone.texts()}", installed.shows("Звонки открываются в Starhash"))
    }

    @Test
    fun thePhoneIsNotAskedOnTheMainThread() {
        assumeTrue("only from Android 34 on", Build.VERSION.SDK_INT >= 34)
        val threads = CopyOnWriteArraySet<Thread>()
        FullScreenShadow.asked = { threads += Thread.currentThread() }
        installed.openList()
        installed.openPage()
        assertEquals(listOf("onboarding", "onboarding"), threads.map { it.name })
    }

    @Test
    fun aSystemThatAnswersWithAnExceptionTakesNothingAlong() = takesNothingAlong { throw IllegalStateException("a maker's own idea") }

    @Test
    fun aSystemThatLacksWhatAndroidHasTakesNothingAlong() = takesNothingAlong { throw NoSuchMethodError("canUseFullScreenIntent") }

    private fun takesNothingAlong(answer: () -> Unit) {
        assumeTrue("only from Android 34 on", Build.VERSION.SDK_INT >= 34)
        FullScreenShadow.asked = answer
        val uncaught = CopyOnWriteArraySet<Throwable>()
        val before = Thread.getDefaultUncaughtExceptionHandler()
        Thread.setDefaultUncaughtExceptionHandler { _, thrown -> uncaught += thrown }
        try {
            installed.openList()
            assertFalse(installed.shows("Настройка телефона"))
            phone.tap("Проверить настройки телефона")
            installed.sees("Прочитать настройки телефона не получилось")
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before)
        }
        assertEquals(emptySet<Throwable>(), uncaught)
    }

    @Test
    fun aCallComesThroughWhateverIsMissing() {
        installed.openPage()
        phone.ring("c1", CLIENT, "Ольга Крылова")
        phone.tap("Ответить")
        phone.waitUntil("answered") { phone.telecom.requests.any { it.name == "answerCall" } }
        assertNull(phone.telecom.requests.find { it.name == "disconnectCall" })
    }

    private companion object {
        val denied = intArrayOf(PackageManager.PERMISSION_DENIED)
        const val READING_MS = 1100L
    }
}
