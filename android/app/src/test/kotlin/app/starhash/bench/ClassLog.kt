package app.starhash.bench

import java.io.File
import java.lang.management.ManagementFactory
import java.nio.file.Files
import java.nio.file.Path
import javax.management.ObjectName

/** One class begins to be initialised: [nanos] as of `System.nanoTime()`, [thread] as the kernel numbers it. */
internal class Begun(val nanos: Long, val thread: Long, val name: String)

/** The JVM's own log of classes that begin to be initialised, from [start] on. */
internal class ClassLog {
    private val file = File.createTempFile("classes", ".log").apply { deleteOnExit() }

    fun start() {
        // What `jcmd VM.log` does; the time is that of System.nanoTime (HotSpot: os::javaTimeNanos).
        val words = arrayOf("output=${file.path}", "what=class+init=info", "decorators=timenanos,tid")
        ManagementFactory.getPlatformMBeanServer().invoke(
            ObjectName("com.sun.management:type=DiagnosticCommand"), "vmLog", arrayOf<Any>(words), arrayOf(Array<String>::class.java.name),
        )
    }

    fun read(): List<Begun> = file.readLines().mapNotNull { line ->
        val (nanos, thread, name) = LINE.find(line)?.destructured ?: return@mapNotNull null
        Begun(nanos.toLong(), thread.toLong(), name.replace('/', '.'))
    }

    private companion object {
        val LINE = Regex("""^\[(\d+)ns]\[(\d+)].* Initializing '([^']+)'""")
    }
}

/** The kernel's number of the thread that asks. */
internal fun threadNumber(): Long = Files.readSymbolicLink(Path.of("/proc/thread-self")).fileName.toString().toLong()

/** The kernel's number of the living thread called [name]. */
internal fun threadNumber(name: String): Long? = File("/proc/self/task").listFiles().orEmpty()
    .firstOrNull { runCatching { File(it, "comm").readText().trim() }.getOrNull() == name }?.name?.toLong()
