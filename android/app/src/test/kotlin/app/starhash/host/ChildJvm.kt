package app.starhash.host

import java.io.File
import java.lang.management.ManagementFactory

/** Another JVM like this one: for what happens once in a process, such as the loading of the core. */
object ChildJvm {
    class Ended(val code: Int, val output: String)

    /** Runs [main] to its end; a later one of [options] overrides what this JVM was started with. */
    fun run(main: String, arguments: List<String> = emptyList(), options: List<String> = emptyList()): Ended {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val own = ManagementFactory.getRuntimeMXBean().inputArguments
        val process = ProcessBuilder(listOf(java) + own + options + listOf("-cp", System.getProperty("java.class.path"), main) + arguments)
            .redirectErrorStream(true)
            .start()
        val output = process.inputStream.bufferedReader().readText()
        return Ended(process.waitFor(), output)
    }
}
