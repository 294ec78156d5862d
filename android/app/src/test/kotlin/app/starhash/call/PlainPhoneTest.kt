package app.starhash.call

import android.content.Intent
import android.net.Uri
import android.telecom.Call
import android.telecom.DisconnectCause
import app.starhash.core.Consultation
import app.starhash.core.Core
import app.starhash.dialer.ColleaguesActivity
import app.starhash.dialer.DialPadActivity
import app.starhash.host.Screens
import java.io.File
import java.util.Timer
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.concurrent.schedule
import org.junit.After
import org.junit.AfterClass
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Before
import org.junit.BeforeClass
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.RuntimeEnvironment

private const val LIBRARY = "starhash.core.library"

/** Whatever has become of the library, the app is a phone and says what it cannot do. */
abstract class PlainPhoneTest {
    private val office by lazy { Office(withColleague = false, core = false) }
    private val phone get() = office.phone

    @After
    fun always() = Office.assertNothingPersonalLogged()

    @Test
    fun ringAnswerTalkKeypadHangUp() {
        phone.waitUntil("the core is given up") { office.app.core.state is Core.Missing }
        office.ring()
        listOf("Ольга Крылова", "Ответить", "Отклонить").forEach { office.sees(it) }
        phone.tap("Ответить")
        office.sees("Передача недоступна")
        office.guard()
        phone.tap("Клавиши")
        phone.tap("7")
        phone.tap("#")
        phone.waitUntil("both keys") { office.tones.size == 4 }
        assertEquals(listOf("c1 7 on", "c1 off", "c1 # on", "c1 off"), office.tones)
        office.assertTonesPaired()
        phone.tap("Положить трубку")
        phone.waitUntil("hung up") { "c1 disconnect" in office.asked }
        phone.waitUntil("the screen is closed") { phone.front == null }
    }

    @Test
    fun declineAndAMissedCall() {
        office.ring()
        phone.tap("Отклонить")
        assertEquals(listOf("c1 reject"), office.asked.filterNot { it.endsWith("off") })
        phone.waitUntil("the screen is closed") { phone.front == null }
        office.ring("c2")
        phone.telecom.state("c2", Call.STATE_DISCONNECTED, DisconnectCause.MISSED)
        phone.waitUntil("the screen is closed") { phone.front == null }
    }

    @Test
    fun aToneOfACallThatIsTakenAwayIsStopped() {
        phone.waitUntil("the core is given up") { office.app.core.state is Core.Missing }
        office.ring()
        phone.tap("Ответить")
        office.app.session.keyDown('5')
        phone.telecom.state("c1", Call.STATE_DISCONNECTED, DisconnectCause.ERROR)
        phone.waitUntil("it is gone") { phone.calls().isEmpty() }
        assertFalse("nor can one begin", office.app.calls.startTone("call-1", '5'))
        assertEquals(listOf("c1 5 on", "c1 off"), office.tones)
    }

    @Test
    fun keysThatStillWaitAreNotSentAfterAHangUp() {
        phone.waitUntil("the core is given up") { office.app.core.state is Core.Missing }
        phone.ungranted = setOf("disconnectCall")
        office.ring()
        phone.tap("Ответить")
        "123".forEach { key ->
            office.app.session.keyDown(key)
            office.app.session.keyUp(key)
        }
        office.app.session.hangUp()
        phone.pass(LATE_MS)
        assertEquals(listOf("c1 answer", "c1 1 on", "c1 off", "c1 disconnect"), office.asked)
    }

    @Test
    fun theListSaysWhatIsNotAvailable() {
        office.open(Intent(phone.app, ColleaguesActivity::class.java))
        office.sees("Передача клиентов недоступна")
        Screens.take("colleagues-plain-phone")
    }

    @Test
    fun theDialPadCallsNumbersAndAsksAboutEverythingElse() {
        phone.waitUntil("the core is given up") { office.app.core.state is Core.Missing }
        val dial = Intent(Intent.ACTION_DIAL).setClass(phone.app, DialPadActivity::class.java)
        office.open(dial.setData(Uri.parse("tel:*%23204%23")))
        office.sees("Этот код не проверить")
        phone.tap("Отправить оператору как есть…")
        office.guard()
        phone.tap("Не надо")
        assertEquals(emptyList<String>(), placed(phone.app))
        office.open(Intent(dial).setData(Uri.parse("tel:+79453012208")))
        phone.tap("Позвонить")
        assertEquals(listOf("tel:%2B79453012208"), placed(phone.app))
    }

    @Test
    fun aSecondCallIsAnswered() {
        office.ring()
        phone.tap("Ответить")
        office.guard()
        office.ring("c2")
        office.guard()
        phone.tap("Ответить на второй звонок")
        phone.waitUntil("answered") { "c2 answer" in office.asked }
    }

    private companion object {
        const val LATE_MS = 1000L
    }
}

@RunWith(RobolectricTestRunner::class)
class LibraryDeletedTest : PlainPhoneTest() {
    companion object {
        private val library = Library()

        @BeforeClass @JvmStatic
        fun delete() = library.become("deleted")

        @AfterClass @JvmStatic
        fun restore() = library.restore()
    }
}

@RunWith(RobolectricTestRunner::class)
class LibraryBrokenTest : PlainPhoneTest() {
    companion object {
        private val library = Library()

        @BeforeClass @JvmStatic
        fun poison() {
            val file = File.createTempFile("broken", ".so")
            file.writeText("not a library")
            file.deleteOnExit()
            library.become(file.path)
        }

        @AfterClass @JvmStatic
        fun restore() = library.restore()
    }
}

/** As if the installer had taken the library for another processor. */
@RunWith(RobolectricTestRunner::class)
class LibraryOfAnotherMachineTest : PlainPhoneTest() {
    companion object {
        private val library = Library()

        @BeforeClass @JvmStatic
        fun poison() = library.become(PoisonedLibrary.forAnotherMachine().path)

        @AfterClass @JvmStatic
        fun restore() = library.restore()
    }
}

/** A core that is never done loading: its profile is a pipe nobody writes to. */
@RunWith(RobolectricTestRunner::class)
class BeforeTheCoreIsLoadedTest {
    private val app = RuntimeEnvironment.getApplication()
    private val profile = File(app.filesDir, "profile.toml")

    private val released = AtomicBoolean()

    /** A main thread that waited for the core would wait for ever, and the test with it. */
    private val rescue = Timer(true).apply { schedule(RESCUE_MS) { release() } }

    @Before
    fun block() {
        app.onTerminate()
        check(ProcessBuilder("mkfifo", profile.path).start().waitFor() == 0) { "mkfifo" }
        app.onCreate()
    }

    @After
    fun always() {
        rescue.cancel()
        release()
    }

    /** Opening the pipe for writing lets the loading go on; with nothing in it that fails. */
    private fun release(text: String = "") {
        if (!released.getAndSet(true)) profile.outputStream().use { it.write(text.toByteArray()) }
    }

    @Test
    fun aCallThatBeganBeforeTheCoreWasThereIsPassedOn() {
        val office = Office(withColleague = false, core = false)
        office.ring()
        office.phone.tap("Ответить")
        office.guard()
        release(PROFILE)
        office.phone.waitUntil("the core") { office.app.core.state == Core.Ready }
        office.sees("Коллег пока нет")
        office.phone.tap("Номер")
        "204".forEach { office.phone.tap(it.toString()) }
        office.phone.tap("Передать клиента")
        office.phone.waitUntil("consultation") { office.stage is Consultation }
    }

    @Test
    fun theRingingScreenIsCompleteAndAnswers() {
        val office = Office(withColleague = false, core = false)
        office.ring()
        val complete = listOf("Ольга Крылова", "+7 945 210-48-36", "Переадресован с +7 495 012-30-00", "Ответить", "Отклонить")
        complete.forEach { office.sees(it) }
        office.phone.tap("Ответить")
        office.phone.waitUntil("answered") { "c1 answer" in office.asked }
        assertEquals(Core.Loading, office.app.core.state)
        office.guard()
        office.phone.tap("Положить трубку")
        office.phone.waitUntil("hung up") { "c1 disconnect" in office.asked }
        assertEquals(Core.Loading, office.app.core.state)
    }

    private companion object {
        const val RESCUE_MS = 60_000L
        const val PROFILE = """
            name = "a PBX"
            source = "a test"
            start = "*#"
            terminator = "#"
            return = "#"
            complete = "hangup"
        """
    }
}

/** Puts another file in the library's place for the apps of one test class. */
private class Library {
    private var real: String? = null

    fun become(path: String) {
        real = System.getProperty(LIBRARY)
        System.setProperty(LIBRARY, File(path).absolutePath)
    }

    fun restore() {
        val real = real
        if (real == null) System.clearProperty(LIBRARY) else System.setProperty(LIBRARY, real)
    }
}
