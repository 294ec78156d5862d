package app.starhash.core

import app.starhash.call.ByHand
import app.starhash.core.bindings.RustBuffer
import app.starhash.core.bindings.UNIFFI_CALL_UNEXPECTED_ERROR
import app.starhash.core.bindings.UniffiCallbackInterfacePhoneMethod0
import app.starhash.core.bindings.UniffiLib
import app.starhash.core.bindings.UniffiRustCallStatus
import app.starhash.core.bindings.UniffiVTableCallbackInterfacePhone
import com.sun.jna.Pointer
import java.io.File
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Modifier
import java.net.JarURLConnection
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/**
 * Real panics, in the very library that is loaded. They need no code of the core's own: UniFFI panics when it is given a
 * buffer without memory that claims to have some, which no binding ever makes. The classes named here keep their names
 * in R8's hands, native methods mention them; everything else is found by its type.
 */
@RunWith(RobolectricTestRunner::class)
class PanicTest {
    private val hand = ByHand()
    private val phone = hand.phone

    private fun broken() = RustBuffer.ByValue().apply { capacity = 1 }

    @Test
    fun inACallItComesBackAsAnExceptionAndTheCoreGoesOn() {
        hand.open()
        val status = UniffiRustCallStatus()
        theOnly<UniffiLib>().ffi_starhash_core_rustbuffer_free(broken(), status)
        val panic = assertThrows(InvocationTargetException::class.java) { theCheckOfAStatus().invoke(null, null, status) }.targetException
        assertTrue("an exception of the bindings: $panic", panic.javaClass.superclass == Exception::class.java)
        assertEquals(PANIC, panic.message)
        phone.tap("Добавить коллегу")
        hand.form("Анна", "двести")
        hand.sees("В номере должны быть цифры")
        assertEquals(null, hand.lost())
    }

    /** The first tone's answer is such a buffer: the engine's own thread panics while the tone sounds. */
    @Test
    fun onTheEnginesThreadItEndsTheToneAndThePhoneStaysAPhone() {
        hand.talk()
        val core = theOnly<UniffiLib>()
        val table = theOnly<UniffiVTableCallbackInterfacePhone.UniffiByValue>()
        val real = checkNotNull(table.toneOn)
        table.toneOn = object : UniffiCallbackInterfacePhoneMethod0 {
            override fun callback(
                uniffiHandle: Long,
                call: RustBuffer.ByValue,
                key: Byte,
                uniffiOutReturn: Pointer,
                uniffiCallStatus: UniffiRustCallStatus,
            ) {
                real.callback(uniffiHandle, call, key, uniffiOutReturn, uniffiCallStatus)
                uniffiCallStatus.code = UNIFFI_CALL_UNEXPECTED_ERROR
                uniffiCallStatus.error_buf = broken()
            }
        }
        try {
            core.uniffi_starhash_core_fn_init_callback_vtable_phone(table)
            phone.tap("Анна Петрова")
            phone.waitUntil("the core is given up") { hand.lost() != null }
        } finally {
            table.toneOn = real
            core.uniffi_starhash_core_fn_init_callback_vtable_phone(table)
        }
        assertEquals("${ByHand.LOST}$PANIC", hand.lost())
        phone.waitUntil("the tone's end", done = hand::isSilent)
        assertEquals("*", hand.tones(cut = true))
        hand.isAPlainPhone()
        assertEquals("nothing more", "*", hand.tones(cut = true))
    }

    /** What a static field of the bindings holds, whatever its name. */
    private inline fun <reified T> theOnly(): T = bindings().flatMap { it.declaredFields.toList() }
        .single { it.type == T::class.java && Modifier.isStatic(it.modifiers) }
        .run { isAccessible = true; get(null) as T }

    /** `uniffiCheckCallStatus`: the bindings' way from a call's status to an exception. */
    private fun theCheckOfAStatus() = bindings().flatMap { it.declaredMethods.toList() }.first {
        val both = Modifier.STATIC or Modifier.NATIVE
        it.modifiers and both == Modifier.STATIC && it.parameterCount == 2 && it.returnType == Void.TYPE &&
            it.parameterTypes[1] == UniffiRustCallStatus::class.java
    }.apply { isAccessible = true }

    private fun bindings(): List<Class<*>> {
        val own = UniffiLib::class.java
        val url = checkNotNull(own.getResource("UniffiLib.class"))
        val folder = own.name.substringBeforeLast('.')
        val names = when (val there = url.openConnection()) {
            is JarURLConnection -> there.jarFile.entries().toList().map { it.name }
                .filter { it.startsWith(folder.replace('.', '/') + "/") }.map { it.substringAfterLast('/') }
            else -> File(url.toURI()).resolveSibling(".").list().orEmpty().toList()
        }
        return names.filter { it.endsWith(".class") }.map { Class.forName("$folder.${it.removeSuffix(".class")}", false, own.classLoader) }
    }

    private companion object {
        const val PANIC = "null RustBuffer had non-zero capacity"
    }
}
