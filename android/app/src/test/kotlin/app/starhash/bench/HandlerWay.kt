package app.starhash.bench

import android.os.Handler
import android.os.Looper
import app.starhash.host.DeskPhone

/**
 * How a dialer sends a code with nothing but the main thread's Handler, as Fossify Phone sounds its keys: begin the tone,
 * `postDelayed` its end, then `postDelayed` the next (telecom-facts.md, "playDtmfTone"). Its times are ours; each delay counts
 * from when the one before was really carried out.
 */
internal class HandlerWay(private val phone: DeskPhone) {
    private val call = phone.calls().first()
    private val handler = Handler(Looper.getMainLooper())
    private var done = false

    /** The main loop turns without a rest meanwhile: what is late is the way, not the desk. */
    fun send(): List<LongRange> {
        val before = phone.telecom.requests.size
        handler.post { begin(0) }
        while (!done) phone.turn()
        phone.pass(REST_MS)
        return tones(phone, before)
    }

    private fun begin(at: Int) {
        call.playDtmfTone(CODE[at])
        handler.postDelayed({ end(at) }, TONE_MS)
    }

    private fun end(at: Int) {
        call.stopDtmfTone()
        if (at == CODE.lastIndex) done = true else handler.postDelayed({ begin(at + 1) }, if (at == 1) PAUSE_MS else GAP_MS)
    }

    private companion object {
        const val CODE = "*#204#"
        const val TONE_MS = 120L
        const val GAP_MS = 120L
        const val PAUSE_MS = 900L
        const val REST_MS = 300L
    }
}
