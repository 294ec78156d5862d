package app.starhash.levels

import org.objectweb.asm.ClassReader
import org.objectweb.asm.tree.ClassNode

/** Class files by their internal names, and what inherits from what; [read] returns null for a class there is not. */
class Classes(private val read: (String) -> ByteArray?) {
    private val nodes = HashMap<String, ClassNode?>()

    private fun node(name: String): ClassNode? = nodes.getOrPut(name) {
        read(name)?.let { file ->
            ClassNode().also { ClassReader(file).accept(it, ClassReader.SKIP_CODE or ClassReader.SKIP_DEBUG) }
        }
    }

    /** The class and everything it inherits from, nearest first. */
    fun lineage(name: String): Sequence<String> = sequence {
        yield(name)
        val node = node(name) ?: return@sequence
        for (parent in listOfNotNull(node.superName) + node.interfaces) yieldAll(lineage(parent))
    }

    /** Whether the class is there, and has the member or inherits it. */
    fun has(api: Api): Boolean =
        node(api.owner) != null && (api.name == null || lineage(api.owner).any { declares(it, api) })

    fun declares(name: String, api: Api): Boolean {
        val node = node(name) ?: return false
        return node.methods.any { it.name == api.name && it.desc == api.descriptor } ||
            node.fields.any { it.name == api.name && it.desc == api.descriptor }
    }
}

/** Classes of the app and of its libraries, on a platform. [own] are their files by internal name, [classes] finds these and the platform's. */
class Program(private val own: Map<String, ByteArray>, val classes: Classes) {
    /** What these classes use that is not theirs. A method that is only inherited counts as that of the platform's class. */
    fun outside(): List<Use> = own.values.flatMap(Uses::of).mapNotNull { use -> beyond(use.api)?.let { use.copy(api = it) } }.distinct()

    private fun beyond(api: Api): Api? {
        if (api.owner !in own) return api
        if (api.name == null) return null
        val lineage = classes.lineage(api.owner).toList()
        if (lineage.any { it in own && classes.declares(it, api) }) return null
        return api.copy(owner = lineage.firstOrNull { it !in own && classes.has(api.copy(owner = it)) } ?: api.owner)
    }
}
