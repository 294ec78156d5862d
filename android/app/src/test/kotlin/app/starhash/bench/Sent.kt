package app.starhash.bench

import kotlin.math.abs

/** How far from the ideal some codes were, in ms. */
internal class Sent(codes: List<List<LongRange>>) {
    /** The ends of the codes. */
    val late = Errors(codes.map { (it.last().last - it.first().first) / NS_IN_MS - WHOLE_MS })

    /** The lengths of their tones. */
    val error = Errors(codes.flatten().map { (it.last - it.first) / NS_IN_MS - TONE_MS })

    fun row(name: String) = line("%-26s %12.2f (%6.2f) %15.2f (%6.2f)", name, late.mean, late.worst, error.mean, error.worst)

    class Errors(all: List<Double>) {
        val mean = all.map(::abs).average()
        val worst = all.maxOf(::abs)
    }

    private companion object {
        const val NS_IN_MS = 1e6
        const val TONE_MS = 120.0
        const val WHOLE_MS = 2100.0
    }
}
