package app.starhash.host

import app.starhash.dialer.ColleaguesActivity
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner

@RunWith(RobolectricTestRunner::class)
class ChainTest {
    @Test
    fun theLauncherActivityIsDrawnAsOnAPhone() {
        val activity = Robolectric.setupActivity(ColleaguesActivity::class.java)
        val picture = Screens.take("chain")
        assertEquals(1080 to 2340, picture.width to picture.height)
        assertEquals("app.starhash", activity.packageName)
    }
}
