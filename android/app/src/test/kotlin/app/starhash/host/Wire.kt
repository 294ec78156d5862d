package app.starhash.host

import java.io.OutputStream
import org.json.JSONObject

/**
 * The lines to the world around the phone: one JSON object each, with `t_us`, microseconds of `System.nanoTime()`
 * taken under the lock under which the line is written. Lines are therefore in time order, and a line says that
 * nothing older will follow.
 */
class Wire(private val out: OutputStream) {
    @Synchronized
    fun send(vararg fields: Pair<String, Any?>) {
        val line = JSONObject().put("t_us", System.nanoTime() / 1000)
        for ((name, value) in fields) line.putOpt(name, value)
        out.write("$line\n".toByteArray())
        out.flush()
    }

    /** What the app asks of Telecom, in the words of events.jsonl. */
    fun send(request: Request) {
        val call = "call" to request.call
        when (request.name) {
            "playDtmfTone" -> send("at" to "binder", "do" to "tone_on", call, "key" to request.arg.toString())
            "stopDtmfTone" -> send("at" to "binder", "do" to "tone_off", call)
            "answerCall" -> send("at" to "binder", "do" to "answer", call)
            "holdCall" -> send("at" to "binder", "do" to "hold", call)
            "unholdCall" -> send("at" to "binder", "do" to "unhold", call)
            "disconnectCall", "rejectCall", "rejectCallWithReason" -> send("at" to "binder", "do" to "disconnect", call)
            "mute" -> send("at" to "binder", "do" to "mute", "on" to request.arg)
        }
    }
}
