package app.starhash.bench

/** What is of interest at start-up, the most special first; everything else is the platform's or the desk's. */
private val PARTS = listOf(
    "app.starhash.core.bindings", "app.starhash.core", "app.starhash.telecom", "app.starhash.incall", "app.starhash.dialer",
    "app.starhash.onboarding", "app.starhash.ui", "com.sun.jna", "app.starhash",
)

/** The desk's own classes, which no phone has. */
private val DESK = listOf("app.starhash.host", "app.starhash.bench")

/** When what happened, and how many classes of each part were begun by then, on which thread. [threads]: by number. */
internal class StartUpTable(private val marks: Map<Long, String>, classes: List<Begun>, private val threads: Map<Long, String>) {
    private val begun = marks.keys.min()
    private val classes = classes.filter { it.nanos >= begun }

    fun print() {
        for ((nanos, what) in marks) println(line("%6d ms  %s", (nanos - begun) / NS_IN_MS, what))
        println("\n" + line(ROW, "classes begun", "thread", "by then"))
        var from = Long.MIN_VALUE
        for ((until, what) in marks.entries.drop(1)) {
            val here = classes.filter { it.nanos in from until until }.groupBy { part(it.name) to threads.getOrDefault(it.thread, "another") }
            for ((key, found) in here.entries.filter { it.key.first != null }.sortedBy { "${it.key}" }) {
                println(line(ROW, "${found.size} of ${key.first}", key.second, what))
            }
            from = until
        }
    }

    private fun part(name: String): String? = PARTS.firstOrNull { name.startsWith("$it.") }?.takeUnless { DESK.any { name.startsWith("$it.") } }

    private companion object {
        const val NS_IN_MS = 1_000_000
        const val ROW = "%-36s %-12s %s"
    }
}
