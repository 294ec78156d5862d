package app.starhash.onboarding

import app.starhash.R
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** Which rows a phone gets, from facts alone. */
class StepsTest {
    private fun rowOf(facts: Facts, step: Step) = rows(facts).singleOrNull { it.step == step }

    private fun deed(facts: Facts, step: Step) = rowOf(facts, step)?.button?.deed

    @Test
    fun whereAllIsWellNothingIsLeftAndTheWayBackIsShown() {
        val rows = rows(ready)
        assertEquals(0, rows.left)
        val expected = listOf(Step.ROLE, Step.NOTIFICATIONS, Step.FULL_SCREEN, Step.CALLS, Step.CONTACTS, Step.WAY_BACK)
        assertEquals(expected, rows.map { it.step })
        assertEquals(listOf(Deed.Open(Page.DefaultApps)), rows.mapNotNull { it.button?.deed })
    }

    @Test
    fun aFreshPhoneHasOneStepAndWaitsWithWhatTheRoleBrings() {
        assertEquals(1, rows(fresh).left)
        assertEquals(Deed.AskRole, deed(fresh, Step.ROLE))
        for (step in listOf(Step.NOTIFICATIONS, Step.CALLS, Step.CONTACTS)) {
            assertEquals(State.WITH_ROLE, rowOf(fresh, step)?.state)
            assertNull("$step is not asked for by itself", deed(fresh, step))
        }
        assertNull(rowOf(fresh, Step.WAY_BACK))
    }

    @Test
    fun whatTheRoleDidNotBringIsAskedForAndThenLeadsToTheSettings() {
        val missing = ready.copy(calls = Permission.TO_ASK, contacts = Permission.BLOCKED, notifications = Notifications.ToAsk)
        assertEquals(3, rows(missing).left)
        assertEquals(Deed.AskPermission(Step.CALLS), deed(missing, Step.CALLS))
        assertEquals(Deed.Open(Page.AppInfo), deed(missing, Step.CONTACTS))
        assertEquals(Deed.AskPermission(Step.NOTIFICATIONS), deed(missing, Step.NOTIFICATIONS))
    }

    @Test
    fun aSecondRefusalOrOneThatNobodySawLeadsToTheSettings() {
        assertEquals(Deed.AskRole, deed(fresh.copy(roleRefusals = 1), Step.ROLE))
        val refused = fresh.copy(roleRefusals = 2)
        assertEquals(Deed.Open(Page.DefaultApps), deed(refused, Step.ROLE))
        assertEquals(R.string.setup_role_refused, rowOf(refused, Step.ROLE)?.text)
    }

    @Test
    fun theRestrictionIsExplainedOnceItMayHaveRefusedTheRole() {
        val file = fresh.copy(restrictable = true)
        assertNull(rowOf(file, Step.RESTRICTED))
        val refused = file.copy(roleRefusals = 1)
        assertEquals(listOf(Step.RESTRICTED, Step.ROLE), rows(refused).take(2).map { it.step })
        assertEquals(Deed.Open(Page.AppInfo), deed(refused, Step.RESTRICTED))
        assertEquals(State.BY_HAND, rowOf(refused, Step.RESTRICTED)?.state)
        assertNull("from a shop or by adb", rowOf(refused.copy(restrictable = false), Step.RESTRICTED))
        assertNull("the role is there", rowOf(refused.copy(role = Role.HELD), Step.RESTRICTED))
        assertNull("nothing can give it", rowOf(refused.copy(role = Role.UNAVAILABLE), Step.RESTRICTED))
    }

    @Test
    fun eachLackOfNotificationsHasItsPage() {
        assertEquals(Deed.Open(Page.AppNotifications), deed(ready.copy(notifications = Notifications.Off), Step.NOTIFICATIONS))
        val channel = ready.copy(notifications = Notifications.ChannelOff("incoming"))
        assertEquals(Deed.Open(Page.Channel("incoming")), deed(channel, Step.NOTIFICATIONS))
        assertEquals(Deed.Open(Page.FullScreen), deed(ready.copy(fullScreen = false), Step.FULL_SCREEN))
        assertNull("below Android 14", rowOf(ready.copy(fullScreen = null), Step.FULL_SCREEN))
    }

    @Test
    fun onAManagedPhoneTheAdministratorDecides() {
        fun text(role: Role, management: Management) = rowOf(fresh.copy(role = role, management = management), Step.ROLE)?.text
        assertEquals(R.string.setup_role_managed, text(Role.FREE, Management.ORGANISATION))
        assertEquals(R.string.setup_role_locked, text(Role.FREE, Management.LOCKED))
        assertEquals(R.string.setup_role_unavailable, text(Role.UNAVAILABLE, Management.NOBODY))
        assertEquals(R.string.setup_role_held_managed, text(Role.HELD, Management.ORGANISATION))
        assertEquals("asking would be in vain", Deed.Open(Page.DefaultApps), deed(fresh.copy(management = Management.LOCKED), Step.ROLE))
    }

    @Test
    fun whereThereIsNoRoleNothingWaitsForIt() {
        val tablet = fresh.copy(role = Role.UNAVAILABLE)
        assertEquals(listOf(Step.ROLE), rows(tablet).map { it.step })
        assertEquals(0, rows(tablet).left)
        assertTrue(rows(tablet).hopeless)
        assertFalse(rows(fresh).hopeless || rows(ready).hopeless)
    }

    /** AOSP calls the role available in a work profile: having it there brings no personal call. */
    @Test
    fun aCopyInAProfileSaysWhatToDoAndOffersNothingInVain() {
        for (role in listOf(Role.FREE, Role.UNAVAILABLE)) {
            val copy = fresh.copy(role = role, management = Management.PROFILE, roleRefusals = 2, restrictable = true)
            assertEquals(listOf(R.string.setup_role_profile), rows(copy).map { it.text })
            assertNull(deed(copy, Step.ROLE))
            assertTrue(rows(copy).hopeless)
        }
        val chosen = rows(ready.copy(management = Management.PROFILE))
        assertEquals(R.string.setup_role_held_profile, chosen.first().text)
        assertFalse(chosen.hopeless)
    }

    @Test
    fun whatSamsungShowsOfItselfCountsMoreThanTheTick() {
        val ticked = ready.copy(vendor = Vendor.SAMSUNG, ticked = setOf(Step.SAMSUNG))
        assertEquals(0, rows(ticked).left)
        val asleep = checkNotNull(rowOf(ticked.copy(asleep = true), Step.SAMSUNG))
        assertEquals(State.TO_DO to Deed.Open(Page.AppInfo), asleep.state to asleep.button?.deed)
        assertNull("nobody can tick away what the app sees", asleep.tick)
    }

    @Test
    fun aMakersSwitchesAreTheUsersWordAndNeverTheApps() {
        for ((vendor, step) in listOf(Vendor.XIAOMI to Step.XIAOMI, Vendor.SAMSUNG to Step.SAMSUNG)) {
            val before = ready.copy(vendor = vendor)
            assertEquals(State.BY_HAND, rowOf(before, step)?.state)
            assertEquals(1, rows(before).left)
            val after = before.copy(ticked = setOf(step))
            assertEquals(State.TICKED, rowOf(after, step)?.state)
            assertEquals(0, rows(after).left)
            assertEquals("the page can still be reached", deed(before, step), deed(after, step))
        }
        assertNull(rowOf(ready.copy(vendor = Vendor.SAMSUNG), Step.XIAOMI))
        assertNull(rowOf(ready.copy(vendor = Vendor.XIAOMI), Step.SAMSUNG))
    }

    @Test
    fun makersAreKnownHoweverTheyWriteThemselves() {
        assertEquals(listOf(Vendor.XIAOMI, Vendor.XIAOMI, Vendor.SAMSUNG, Vendor.OTHER), listOf("Xiaomi", "POCO", "samsung", "Google").map(Vendor::of))
    }

    companion object {
        /** Just installed. */
        val fresh = Facts(
            role = Role.FREE, roleRefusals = 0, management = Management.NOBODY, restrictable = false,
            notifications = Notifications.ToAsk, fullScreen = true, calls = Permission.TO_ASK, contacts = Permission.TO_ASK,
            vendor = Vendor.OTHER, asleep = false, ticked = emptySet(),
        )

        /** Nothing is missing. */
        val ready = fresh.copy(
            role = Role.HELD, notifications = Notifications.Allowed, calls = Permission.GRANTED, contacts = Permission.GRANTED,
        )
    }
}
