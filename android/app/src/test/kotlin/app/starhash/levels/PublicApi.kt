package app.starhash.levels

/**
 * Android's public API as far as the app uses it: public-api.txt, whose head says where it is from. [classes] tells
 * what inherits from what.
 */
class PublicApi(lines: List<String>, private val classes: Classes) {
    private val levels = LinkedHashMap<Api, Int>()
    val all: Set<Api> get() = levels.keys

    init {
        var owner = ""
        for (line in lines.filterNot { it.isBlank() || it.startsWith("#") }) {
            val words = line.trim().split(' ')
            if (!line.startsWith(" ")) owner = words[0]
            val api = if (line.startsWith(" ")) member(owner, words[0]) else Api(owner)
            val old = levels.put(api, words.getOrNull(1)?.toInt() ?: MIN_SDK)
            require(words.size <= 2 && old == null) { "public-api.txt: «$line» is too long, or stands there twice." }
        }
    }

    private fun member(owner: String, text: String): Api {
        val cut = text.indexOfAny(charArrayOf('(', ':'))
        require(cut > 0) { "public-api.txt: «$text» under $owner is neither a method nor a field." }
        return Api(owner, text.take(cut), text.drop(cut).removePrefix(":"))
    }

    /** The entries that make [api] public: its class, the member where it is declared, and that class. None if it is not public. */
    fun entries(api: Api): List<Api> {
        val owner = Api(api.owner).takeIf(levels::contains) ?: return emptyList()
        if (api.name == null) return listOf(owner)
        val declared = classes.lineage(api.owner).map { api.copy(owner = it) }.filter(levels::contains)
        return declared.minByOrNull(levels::getValue)?.let { listOf(owner, Api(it.owner), it) }.orEmpty()
    }

    /** The first level on which [api] may be used; null if it is not public. */
    fun since(api: Api): Int? = entries(api).maxOfOrNull(levels::getValue)

    companion object {
        /** The oldest Android the app runs on. */
        const val MIN_SDK = 30
    }
}
