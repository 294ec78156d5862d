package app.starhash.levels

import android.app.Notification
import android.app.PendingIntent
import android.app.Person
import android.content.Context
import android.telecom.ParcelableCall
import android.view.View
import app.starhash.App
import java.io.File
import java.util.zip.ZipFile
import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Assume.assumeTrue
import org.junit.Test
import org.objectweb.asm.ClassReader

/** The app's classes, and what R8 leaves of its libraries, use nothing that the oldest Android lacks or any hides. */
class ApiLevelTest {
    private val app = File(App::class.java.protectionDomain.codeSource.location.toURI()).walk()
        .filter { it.extension == "class" }.associate { it.readBytes().let { file -> name(file) to file } }
    private val shrunk = System.getProperty("starhash.shrunk")?.let { jar -> ZipFile(jar).use(::files) }
    private val permits = Permit.read(resource("guarded-api.txt"))

    private fun name(file: ByteArray) = ClassReader(file).className

    private fun files(zip: ZipFile) = zip.entries().asSequence().filter { it.name.endsWith(".class") }
        .associate { it.name.removeSuffix(".class") to zip.getInputStream(it).readBytes() }

    private fun resource(name: String) = checkNotNull(javaClass.getResource("/$name")) { "$name is not there" }.readText().lines()

    /** [own] on the newest platform and the desk's JDK, whose `java.*` stands for Android's. */
    private fun program(own: Map<String, ByteArray>) =
        Program(own, Classes { own[it] ?: ClassLoader.getSystemResourceAsStream("$it.class")?.use { file -> file.readBytes() } })

    private fun problems(own: Map<String, ByteArray>, anywhere: Boolean = false): List<String> {
        val program = program(own)
        return Judge(PublicApi(resource("public-api.txt"), program.classes), permits, program.classes)
            .problems(program.outside().filterNot { isLibrary(it.api) }, anywhere)
    }

    /** Judged as R8 leaves them, see [whatR8LeavesOfTheLibrariesUsesOnlyWhatTheOldestAndroidHas]. */
    private fun isLibrary(api: Api) = api.owner.startsWith("kotlin/") || api.owner.startsWith("com/sun/jna/")

    private fun assertNone(problems: List<String>, names: String = "") = assertTrue(problems.joinToString("\n", "$names\n"), problems.isEmpty())

    @Test
    fun theAppUsesOnlyWhatTheOldestAndroidHasOrGuardsIt() {
        assertTrue("classes of the app: ${app.size}", app.size > 300)
        assertNone(problems(app))
    }

    @Test
    fun whatR8LeavesOfTheLibrariesUsesOnlyWhatTheOldestAndroidHas() {
        assumeTrue("only in `cargo xtask minified`", shrunk != null)
        assertNone(problems(shrunk.orEmpty(), anywhere = true), "shrunk/mapping.txt tells what R8 renamed:")
    }

    @Test
    fun everyPermitIsOfUse() {
        val uses = program(app).outside() + shrunk?.let { program(it).outside() }.orEmpty()
        val known = if (shrunk == null) permits.filterNot { it.place.startsWith("com/sun/jna/") } else permits
        assertEquals(emptyList<Permit>(), known.filterNot { permit -> uses.any(permit::covers) })
    }

    @Test
    fun everyEntryOfThePublicApiIsOfUse() {
        assumeTrue("only in `cargo xtask minified`", shrunk != null)
        val used = listOf(app, shrunk.orEmpty()).flatMap { own ->
            val program = program(own)
            val api = PublicApi(resource("public-api.txt"), program.classes)
            program.outside().flatMap { api.entries(it.api) }
        }
        assertEquals(emptySet<Api>(), PublicApi(resource("public-api.txt"), program(app).classes).all - used.toSet())
    }

    /** The list could be wrong about what is old: the platform itself says what it has. */
    @Test
    fun theOldestPlatformHasEverythingThatIsNotGuarded() {
        assumeTrue("only in `cargo xtask test --sdk 30`", System.getProperty("starhash.sdk") == "${PublicApi.MIN_SDK}")
        val jar = File(System.getProperty("robolectric.dependency.dir")).listFiles().orEmpty().single { it.extension == "jar" }
        ZipFile(jar).use { platform ->
            val program = program(app)
            val old = Classes { name ->
                platform.getEntry("$name.class")?.let { platform.getInputStream(it).readBytes() }
                    ?: name.takeIf { it.startsWith("java/") }?.let { ClassLoader.getSystemResourceAsStream("$it.class")?.readBytes() }
            }
            val missing = program.outside().filter { it.api.owner.startsWith("android/") && !old.has(it.api) }
            assertTrue("guarded: ${missing.size}", missing.isNotEmpty())
            assertEquals(emptyList<Use>(), missing.filterNot { use -> permits.any { it.covers(use) } })
        }
    }

    /** What the test is for, done wrong. */
    @Suppress("unused")
    private class Wrong(context: Context) : View(context) {
        fun tooNew(person: Person, intent: PendingIntent) = Notification.CallStyle.forOngoingCall(person, intent)

        fun hiddenClass(call: ParcelableCall) = call.id

        fun hiddenMethod(builder: Notification.Builder) = builder.usesStandardHeader()

        fun inherited() = viewRootImpl

        fun ofTheDesk() = ProcessHandle.current().pid()

        fun windows() = java.awt.Point(1, 2).location
    }

    @Test
    fun whatIsTooNewHiddenOrOfTheJdkAloneIsFound() {
        val file = checkNotNull(javaClass.getResourceAsStream("ApiLevelTest\$Wrong.class")).readBytes()
        val found = problems(mapOf(name(file) to file))
        val place = "app/starhash/levels/ApiLevelTest\$Wrong"
        fun says(start: String, word: String) =
            assertTrue("$start … $word in\n${found.joinToString("\n")}", found.any { it.startsWith("$place.$start") && word in it })
        says("tooNew uses android/app/Notification\$CallStyle.forOngoingCall", "since 31; minSdk is 30")
        says("hiddenClass uses android/telecom/ParcelableCall.getId", "it is hidden.")
        says("hiddenMethod uses android/app/Notification\$Builder.usesStandardHeader", "it is hidden.")
        says("inherited uses android/view/View.getViewRootImpl", "it is hidden.")
        says("ofTheDesk uses java/lang/ProcessHandle.current", "Android does not have it")
        says("windows uses java/awt/Point", "Android does not have it")
    }
}
