package app.starhash.core

import app.starhash.call.Office
import app.starhash.core.bindings.InternalException
import app.starhash.core.bindings.NumberProblem
import app.starhash.core.bindings.RustBuffer
import app.starhash.core.bindings.UNIFFI_CALL_UNEXPECTED_ERROR
import app.starhash.core.bindings.UniffiCallbackInterfacePhoneMethod0
import app.starhash.core.bindings.UniffiLib
import app.starhash.core.bindings.UniffiRustCallStatus
import app.starhash.core.bindings.uniffiCallbackInterfacePhone
import com.sun.jna.Pointer
import org.junit.Assert.assertEquals
import org.junit.Assert.assertThrows
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner

/**
 * Real panics, in the very library that is loaded. They need no code of the core's own: UniFFI panics when it is given a
 * buffer without memory that claims to have some, which no binding ever makes.
 */
@RunWith(RobolectricTestRunner::class)
class PanicTest {
    private val office = Office()
    private val phone = office.phone

    private fun broken() = RustBuffer.create(capacity = 1u, len = 0u, data = null)

    @Test
    fun inACallItComesBackAsAnExceptionAndTheCoreGoesOn() {
        val panic = assertThrows(InternalException::class.java) { RustBuffer.free(broken()) }
        assertEquals("null RustBuffer had non-zero capacity", panic.message)
        assertEquals(NumberProblem.Empty, office.app.core.check(" ").problem)
        assertEquals(Core.Ready, office.app.core.state)
    }

    /** The first tone's answer is such a buffer: the engine's own thread panics while the tone sounds. */
    @Test
    fun onTheEnginesThreadItEndsTheToneAndThePhoneStaysAPhone() {
        val table = uniffiCallbackInterfacePhone.vtable
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
            uniffiCallbackInterfacePhone.register(UniffiLib)
            office.talk()
            phone.tap("Анна Петрова")
            phone.waitUntil("the core is given up") { office.app.core.state is Core.Missing }
        } finally {
            table.toneOn = real
            uniffiCallbackInterfacePhone.register(UniffiLib)
        }
        assertEquals(Core.Missing("null RustBuffer had non-zero capacity"), office.app.core.state)
        assertEquals(listOf("c1 * on", "c1 off"), office.tones)
        office.sees("Передача недоступна")
        office.guard()
        phone.tap("Положить трубку")
        phone.waitUntil("hung up") { "c1 disconnect" in office.asked }
        assertEquals("nothing more", 2, office.tones.size)
    }
}
