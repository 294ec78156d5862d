package app.starhash.call

import java.io.File
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.experimental.LazyApplication

/** Errors on their way between core and app, in both directions, as the employee sees them: also with the classes R8 made. */
@RunWith(RobolectricTestRunner::class)
@LazyApplication(LazyApplication.LazyLoad.ON)
class CoreErrorsTest {
    /** CoreException.Number: three cases of one enum. */
    @Test
    fun whatIsWrongWithANumberIsSaid() {
        val hand = ByHand()
        hand.open()
        hand.phone.tap("Добавить коллегу")
        hand.form("Анна", "*#204#")
        hand.sees("Можно только цифры и плюс в начале")
        hand.form("Анна", "двести")
        hand.sees("В номере должны быть цифры")
        hand.form("Анна", "123456789012345678901")
        hand.sees("Номер слишком длинный для АТС")
    }

    /** PhoneException.Failed, back into the core. */
    @Test
    fun aPhoneThatRefusesAToneEndsTheTransferAndNotTheCall() {
        val hand = ByHand()
        hand.talk()
        hand.phone.refused = setOf("playDtmfTone")
        hand.phone.tap("Анна Петрова")
        hand.sees("Телефон не принял тоны")
        assertEquals("the core goes on", null, hand.lost())
        assertEquals(false, hand.hungUp())
    }

    /** CoreException.Profile: without a profile there is no engine. */
    @Test
    fun aProfileThatCannotBeReadLeavesAPlainPhone() {
        fileOfTheApp("profile.toml").writeText("name = ")
        val hand = ByHand()
        hand.ring()
        hand.phone.tap("Ответить")
        hand.isAPlainPhone()
        val said = hand.lost().orEmpty()
        assertTrue("the core's own words: $said", said.startsWith("${ByHand.LOST}field=file, reason="))
    }

    /** CoreException.Directory: the list is lost, not the transfer. */
    @Test
    fun colleaguesThatCannotBeReadLeaveTheTransferToANumber() {
        fileOfTheApp("colleagues.json").writeText("{\"version\": 1, \"coll")
        val hand = ByHand()
        hand.ring()
        hand.phone.tap("Ответить")
        hand.sees("Список коллег не читается")
        hand.guard()
        hand.phone.tap("Номер")
        "204".forEach { hand.phone.tap(it.toString()) }
        hand.phone.tap("Передать клиента")
        hand.sees("Клиент слышит музыку")
        assertEquals("*#204#", hand.tones())
    }

    /** Where Robolectric will put it once there is an app (AndroidTestEnvironment). */
    private fun fileOfTheApp(name: String): File {
        val data = RuntimeEnvironment.getTempDirectory().createIfNotExists("app.starhash-dataDir").toFile()
        return File(data, "files/$name").also { it.parentFile?.mkdirs() }
    }
}
