package app.starhash.levels

import java.io.InputStream
import org.objectweb.asm.ClassReader
import org.objectweb.asm.ConstantDynamic
import org.objectweb.asm.Handle
import org.objectweb.asm.Type
import org.objectweb.asm.tree.AbstractInsnNode
import org.objectweb.asm.tree.ClassNode
import org.objectweb.asm.tree.FieldInsnNode
import org.objectweb.asm.tree.InvokeDynamicInsnNode
import org.objectweb.asm.tree.LdcInsnNode
import org.objectweb.asm.tree.MethodInsnNode
import org.objectweb.asm.tree.MethodNode
import org.objectweb.asm.tree.MultiANewArrayInsnNode
import org.objectweb.asm.tree.TypeInsnNode

/** A class (no [name]), method or field as class files name it: `android/view/View`, `getId`, `()I`. */
data class Api(val owner: String, val name: String? = null, val descriptor: String = "") {
    override fun toString() = if (name == null) owner else "$owner.${member()}"

    /** `getId()I`, `left:I`. */
    fun member() = if (descriptor.startsWith("(")) "$name$descriptor" else "$name:$descriptor"
}

/** [place], a class or `class.method`, uses [api]. */
data class Use(val place: String, val api: Api)

/**
 * What a class file refers to. Annotations and generic signatures are left out: nothing is loaded for them that code
 * does not ask for.
 */
class Uses private constructor(private val node: ClassNode) {
    private val found = LinkedHashSet<Use>()

    private fun all(): Set<Use> {
        (listOfNotNull(node.superName) + node.interfaces).forEach { type(node.name, Type.getObjectType(it)) }
        node.fields.forEach { type(node.name, Type.getType(it.desc)) }
        node.methods.forEach(::method)
        return found
    }

    private fun method(method: MethodNode) {
        val place = "${node.name}.${method.name}"
        types(place, method.desc)
        method.exceptions.forEach { type(place, Type.getObjectType(it)) }
        method.tryCatchBlocks.forEach { block -> block.type?.let { type(place, Type.getObjectType(it)) } }
        method.instructions.forEach { instruction(place, it) }
    }

    private fun instruction(place: String, code: AbstractInsnNode) {
        when (code) {
            is MethodInsnNode -> member(place, code.owner, code.name, code.desc)
            is FieldInsnNode -> member(place, code.owner, code.name, code.desc)
            is TypeInsnNode -> type(place, Type.getObjectType(code.desc))
            is MultiANewArrayInsnNode -> type(place, Type.getType(code.desc))
            is LdcInsnNode -> constant(place, code.cst)
            is InvokeDynamicInsnNode -> {
                types(place, code.desc)
                constant(place, code.bsm)
                code.bsmArgs.forEach { constant(place, it) }
            }
        }
    }

    private fun constant(place: String, constant: Any) {
        when (constant) {
            is Type -> if (constant.sort == Type.METHOD) types(place, constant.descriptor) else type(place, constant)
            is Handle -> member(place, constant.owner, constant.name, constant.desc)
            is ConstantDynamic -> {
                constant(place, constant.bootstrapMethod)
                repeat(constant.bootstrapMethodArgumentCount) { constant(place, constant.getBootstrapMethodArgument(it)) }
            }
        }
    }

    private fun member(place: String, owner: String, name: String, descriptor: String) {
        // An array has the methods of Object, and a clone of its own.
        if (owner.startsWith("[")) return type(place, Type.getObjectType(owner))
        found += Use(place, Api(owner, name, descriptor))
    }

    private fun types(place: String, descriptor: String) {
        type(place, Type.getReturnType(descriptor))
        Type.getArgumentTypes(descriptor).forEach { type(place, it) }
    }

    private fun type(place: String, type: Type) {
        if (type.sort == Type.ARRAY) return type(place, type.elementType)
        if (type.sort == Type.OBJECT) found += Use(place, Api(type.internalName))
    }

    companion object {
        fun of(classFile: InputStream): Set<Use> = of(ClassReader(classFile))

        fun of(classFile: ByteArray): Set<Use> = of(ClassReader(classFile))

        private fun of(reader: ClassReader): Set<Use> {
            val node = ClassNode()
            reader.accept(node, ClassReader.SKIP_DEBUG or ClassReader.SKIP_FRAMES)
            return Uses(node).all()
        }
    }
}
