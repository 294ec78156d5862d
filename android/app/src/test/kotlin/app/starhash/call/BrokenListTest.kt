package app.starhash.call

import app.starhash.core.Consultation
import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.experimental.LazyApplication

/** The file of colleagues was damaged before the app started: a client can still be passed on, to a number. */
@RunWith(RobolectricTestRunner::class)
@LazyApplication(LazyApplication.LazyLoad.ON)
class BrokenListTest {
    @Test
    fun theCallScreenSaysSoAndANumberStillWorks() {
        // Where Robolectric will put the app's data (AndroidTestEnvironment).
        val data = RuntimeEnvironment.getTempDirectory().createIfNotExists("app.starhash-dataDir").toFile()
        val file = File(data, "files/colleagues.json")
        file.parentFile?.mkdirs()
        file.writeText("{\"version\": 1, \"coll")
        val office = Office(withColleague = false)
        office.ring()
        office.phone.tap("Ответить")
        office.sees("Список коллег не читается")
        office.guard()
        office.phone.tap("Номер")
        "204".forEach { office.phone.tap(it.toString()) }
        office.phone.tap("Передать клиента")
        office.phone.waitUntil("consultation") { office.stage is Consultation }
        assertEquals("*#204#", office.tones.filter { it.endsWith("on") }.joinToString("") { it.split(' ')[1] })
    }
}
