package app.starhash.host

import com.sun.jna.Library
import com.sun.jna.NativeLibrary
import java.io.File
import java.lang.reflect.Modifier
import kotlin.system.exitProcess
import org.junit.Test
import org.junit.runner.Description
import org.junit.runner.JUnitCore
import org.junit.runner.Request
import org.junit.runner.manipulation.Filter
import org.junit.runner.notification.Failure
import org.junit.runner.notification.RunListener

/**
 * Runs the tests whose `Class.method` contains one of [args] (all without any), in this JVM; `1/2`: every second class.
 * A class whose name already says no (`MyTest.` and `MyTest.it` name one) is not even loaded: it may not be able to.
 */
fun main(args: Array<String>) {
    if (System.getenv("STARHASH_CORE_FOR_ANDROID") != null) coreForAndroid()
    val part = args.singleOrNull()?.let(Regex("(\\d)/(\\d)")::matchEntire)?.destructured
    val patterns = if (part == null) args.toList() else emptyList()
    val classes = testClasses(patterns).filterIndexed { n, _ -> part == null || part.let { (own, all) -> n % all.toInt() == own.toInt() - 1 } }
    val request = Request.classes(*classes.toTypedArray()).filterWith(NameFilter(patterns))
    val report = Report()
    JUnitCore().apply { addListener(report) }.run(request)
    val idle = patterns.filter { pattern -> report.played.none { pattern in it } }
    idle.forEach { println("FAILED  no test's Class.method contains \"$it\"") }
    val strayed = core?.usesOwn() == false
    if (strayed) println("FAILED  the core took this machine's pthread_create, not that of android/native/desk")
    println("${report.passed} passed, ${report.failed} failed")
    exitProcess(if (report.passed > 0 && report.failed == 0 && idle.isEmpty() && !strayed) 0 else 1)
}

/** Held until the end: JNA unloads what is collected. */
private var core: NativeLibrary? = null

/**
 * A core made for Android takes names like `sysconf` from the libraries made for it (android/native/desk), not from this process,
 * where they mean something else. Loaded so before anything else, it stays so however it is loaded again.
 */
private fun coreForAndroid() {
    val flags = RTLD_NOW or RTLD_DEEPBIND
    core = NativeLibrary.getInstance(System.getProperty("starhash.core.library"), mapOf(Library.OPTION_OPEN_FLAGS to flags))
}

/** Whether the core's threads were started through the library made for it. */
private fun NativeLibrary.usesOwn() = getGlobalVariableAddress("shimmed_threads").getInt(0) > 0

/** Linux, `bits/dlfcn.h`. */
private const val RTLD_NOW = 2
private const val RTLD_DEEPBIND = 8

/** As everywhere: what is named …Test. */
private fun testClasses(patterns: List<String>): List<Class<*>> {
    val root = File(Report::class.java.protectionDomain.codeSource.location.toURI())
    return root.walk().filter { it.name.endsWith("Test.class") }
        .map { it.relativeTo(root).path.removeSuffix(".class").replace(File.separatorChar, '.') }
        .map { Class.forName(it, false, Report::class.java.classLoader) }
        .filter { type -> patterns.isEmpty() || patterns.any { '.' !in it || type.simpleName.endsWith(it.substringBefore('.')) } }
        .filterNot { Modifier.isAbstract(it.modifiers) }
        .sortedBy { it.name }
        .toList()
}

private class NameFilter(private val patterns: List<String>) : Filter() {
    override fun shouldRun(description: Description): Boolean =
        if (description.isTest) patterns.isEmpty() || patterns.any { it in name(description) }
        else description.children.any(::shouldRun)

    override fun describe() = patterns.joinToString()
}

private class Report : RunListener() {
    var passed = 0
    var failed = 0
    val played = mutableListOf<String>()
    private var start = 0L
    private var failure: Failure? = null
    private var skipped: Failure? = null

    override fun testStarted(description: Description) {
        start = System.nanoTime()
        played += name(description)
        failure = null
        skipped = null
    }

    override fun testAssumptionFailure(failure: Failure) {
        skipped = failure
    }

    override fun testFailure(failure: Failure) {
        if (failure.description.isTest) {
            this.failure = failure
        } else {
            // A class that could not even be set up has no testFinished.
            failed++
            println("FAILED  ${failure.description}\n${failure.trimmedTrace}")
        }
    }

    override fun testFinished(description: Description) {
        skipped?.let { return println("skipped         ${name(description)}: ${it.message}") }
        val time = "%6.2f s".format((System.nanoTime() - start) / 1e9)
        val failure = failure
        if (failure == null) passed++ else failed++
        println("${if (failure == null) "ok    " else "FAILED"} $time  ${name(description)}")
        failure?.let { println(it.trimmedTrace) }
    }

    override fun testIgnored(description: Description) = println("skipped         ${name(description)}")
}

private fun name(description: Description) = "${description.testClass.simpleName}.${description.methodName}"
