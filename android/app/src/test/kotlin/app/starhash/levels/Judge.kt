package app.starhash.levels

/** A line of guarded-api.txt: [place] (a `class.method` or class, any that begins so with `*`) may use [api] and its members, because [why]. */
data class Permit(val place: String, val api: String, val why: String) {
    fun covers(use: Use) = fits(place, use.place) && covers(use.api)

    fun covers(used: Api) = fits(api, used.owner) || used.name != null && fits(api, "${used.owner}.${used.name}")

    private fun fits(pattern: String, name: String) =
        if (pattern.endsWith("*")) name.startsWith(pattern.removeSuffix("*")) else name == pattern

    override fun toString() = "$place $api"

    companion object {
        fun read(lines: List<String>): List<Permit> = lines.filterNot { it.isBlank() || it.startsWith("#") }.map { line ->
            val words = line.split(Regex(" +"), limit = 3)
            require(words.size == 3) { "guarded-api.txt: «$line» is not «place api why»." }
            Permit(words[0], words[1], words[2])
        }
    }
}

/** Finds what a phone with the oldest Android, or any, does not let the app use. */
class Judge(private val api: PublicApi, private val permits: List<Permit>, private val classes: Classes) {
    /** One line for everything that is wrong about [uses]; [anywhere]: what is guarded in one place may have been moved to another. */
    fun problems(uses: List<Use>, anywhere: Boolean = false): List<String> =
        uses.filterNot { use -> permits.any { it.covers(use) || anywhere && it.covers(use.api) } }.mapNotNull(::problem).distinct()

    private fun problem(use: Use): String? {
        val since = api.since(use.api)
        return when {
            since != null && since > PublicApi.MIN_SDK ->
                "${use.place} uses ${use.api}, which Android has since $since; minSdk is ${PublicApi.MIN_SDK}. " +
                    "Ask Build.VERSION.SDK_INT first and name the place in guarded-api.txt."
            since != null -> null
            isPlatform(use.api) && !classes.has(use.api) -> "${use.place} uses ${use.api}, which no Android up to 35 has."
            else ->
                "${use.place} uses ${use.api}, which public-api.txt does not have. If developer.android.com documents it, add it " +
                    "there with its level; if not, it is hidden" + if (isPlatform(use.api)) "." else " or of the desk's JDK alone: Android does not have it."
        }
    }

    private fun isPlatform(api: Api) = api.owner.startsWith("android/") || api.owner.startsWith("com/android/")
}
