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

/** What may stand between the signs of a number and means nothing. */
private const val BETWEEN = " \u00a0()-./\u2010\u2011\u2012\u2013"

/** Digits of any script and wide signs as those of a dial pad; everything else as it is. */
private fun plain(sign: Char): Char = when {
    Character.isDigit(sign) -> '0' + Character.digit(sign, 10)
    sign in "\uff0a\u2217" -> '*'
    sign == '\uff03' -> '#'
    sign == '\uff0b' -> '+'
    else -> sign
}

/**
 * [written] without what no dial pad takes; Latin letters become the digits of their keys. [separators]: keeps what only makes it
 * readable.
 */
fun dialable(written: CharSequence, separators: Boolean = false): String = buildString {
    for (sign in written.map(::plain)) when {
        sign in "0123456789*#+,;" || separators && sign in BETWEEN -> append(sign)
        sign.code < ASCII && sign.isLetter() -> append(PhoneNumberUtils.convertKeypadLettersToDigits(sign.toString()))
    }
}

private const val ASCII = 128
private val NUMBER_IN_TEXT = Regex("[+*#0-9][0-9*#+,; ().\u00a0\u2010-\u2013-]*[0-9*#]|[0-9]")

/** What in [text] is most like something to dial, for a text that was shared; null where there is nothing. */
fun numberIn(text: CharSequence): String? =
    NUMBER_IN_TEXT.findAll(text.map(::plain).joinToString("")).map { it.value }.maxByOrNull { it.count(Char::isDigit) }

/** Everything after `tel:`, with what a lone `#` would hide in the fragment. */
fun telNumber(uri: Uri?): String? =
    uri?.takeIf { it.scheme == "tel" }?.let { Uri.decode(it.toString().substringAfter(':')) }?.takeIf(String::isNotBlank)

/** [number] spaced for reading; unchanged where the framework does not know its plan. */
fun readable(context: Context, number: String): String = PhoneNumberUtils.formatNumber(number, country(context)) ?: number

/** Whose plan of numbers is used: two capital letters. */
fun country(context: Context): String? {
    val telephony = context.getSystemService(TelephonyManager::class.java)
    return sequenceOf(telephony?.networkCountryIso, telephony?.simCountryIso, Locale.getDefault().country)
        .firstOrNull { !it.isNullOrEmpty() }?.uppercase(Locale.ROOT)
}
