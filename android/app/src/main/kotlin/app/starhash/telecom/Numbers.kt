package app.starhash.telecom

import android.content.Context
import android.net.Uri
import android.telephony.PhoneNumberUtils
import android.telephony.TelephonyManager
import java.util.Locale

private val SEPARATORS = Regex("[\\s()./\u00a0\u2010-\u2015-]")
private val PLAIN = Regex("\\+?[0-9]{3,}")

/**
 * The number to place as a call, or null where [written] is anything but a plain number.
 *
 * Only digits and a leading `+` are ever placed: `*` and `#` could be a request to the network, and so could one or two
 * digits alone (telecom-facts.md, "What a dialled string becomes").
 */
fun callable(written: String?): String? =
    written?.replace(SEPARATORS, "")?.takeIf(PLAIN::matches)

/** Everything after `tel:`, with what a lone `#` would hide in the fragment. */
fun telNumber(uri: Uri?): String? =
    uri?.takeIf { it.scheme == "tel" }?.let { Uri.decode(it.toString().substringAfter(':')) }?.takeIf(String::isNotBlank)

/** [number] spaced for reading; unchanged where the framework does not know its plan. */
fun readable(context: Context, number: String): String {
    val telephony = context.getSystemService(TelephonyManager::class.java)
    val country = sequenceOf(telephony?.networkCountryIso, telephony?.simCountryIso, Locale.getDefault().country)
        .firstOrNull { !it.isNullOrEmpty() }
    return PhoneNumberUtils.formatNumber(number, country?.uppercase(Locale.ROOT)) ?: number
}
