package app.starhash.host

import kotlin.system.exitProcess
import org.junit.runner.JUnitCore

/**
 * `HostMain [--lang ru|en] [--night] [--profile FILE] [--live SOCKET]`: the phone as a program. It obeys JSON lines on standard input
 * and tells what the app does on standard output; docs/desk-protocol.md describes both. End of input ends it.
 */
object HostMain {
    @JvmStatic
    fun main(args: Array<String>) {
        // Standard output belongs to the protocol: whatever else prints goes to the terminal.
        System.setOut(System.err)
        read(ArrayDeque(args.toList()))
        val result = JUnitCore.runClasses(HostSession::class.java)
        result.failures.forEach { System.err.println("The phone on the desk broke down: ${it.trimmedTrace}") }
        exitProcess(if (result.wasSuccessful()) 0 else 1)
    }

    /** Options become system properties, for [HostSession] lives in a class loader of its own. */
    private fun read(args: ArrayDeque<String>) {
        while (args.isNotEmpty()) {
            when (val option = args.removeFirst()) {
                "--night" -> System.setProperty(NIGHT, "+night")
                "--lang" -> System.setProperty(LANG, if (args.removeFirst() == "en") "+en-rUS" else "+ru-rRU")
                "--live" -> System.setProperty(LIVE, args.removeFirst())
                "--profile" -> System.setProperty(PROFILE, args.removeFirst())
                else -> throw IllegalArgumentException("unknown option $option")
            }
        }
    }

    const val NIGHT = "starhash.host.night"
    const val LANG = "starhash.host.lang"
    const val LIVE = "starhash.host.live"
    const val PROFILE = "starhash.host.profile"
}
