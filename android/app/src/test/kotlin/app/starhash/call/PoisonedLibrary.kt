package app.starhash.call

import java.io.File

/** Copies of the core's library that cannot work. */
object PoisonedLibrary {
    private val real get() = File(System.getProperty("starhash.core.library"))

    /** All is there, for a processor that this machine does not have (ELF: e_machine). */
    fun forAnotherMachine(): File = copy { bytes ->
        val arm = bytes[E_MACHINE].toInt() and 0xFF == AARCH64
        bytes[E_MACHINE] = if (arm) X86_64.toByte() else AARCH64.toByte()
    }

    /** It loads, but one function of the core goes by another name, as in a library of another version. */
    fun withoutAFunction(): File = copy { bytes ->
        // 1:1 between bytes and characters.
        val text = String(bytes, Charsets.ISO_8859_1)
        var at = text.indexOf(FUNCTION)
        check(at >= 0) { "the core has no $FUNCTION any more" }
        while (at >= 0) {
            bytes[at] = 'x'.code.toByte()
            at = text.indexOf(FUNCTION, at + 1)
        }
    }

    private fun copy(poison: (ByteArray) -> Unit): File {
        val file = File.createTempFile("poisoned", ".so")
        file.deleteOnExit()
        file.writeBytes(real.readBytes().also(poison))
        return file
    }

    private const val E_MACHINE = 18
    private const val X86_64 = 62
    private const val AARCH64 = 183
    private const val FUNCTION = "uniffi_starhash_core_fn_method_engine_control"
}
