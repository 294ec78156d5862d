package app.starhash.telecom

import android.content.Context
import android.net.Uri
import android.telephony.PhoneNumberUtils
import android.telephony.TelephonyManager
import java.util.Locale

private val PLAIN = Regex("\\+?[0-9]{3,}")

/**
 * The number to place as a call, or null where [written] is anything but a plain number.
 *
 * Only digits and a leading `+` are ever placed: `*` and `#` could be a request to the network, and so could one or two
 * digits alone (telecom-facts.md, "What a dialled string becomes").
 */
fun callable(written: String?): String? =
    written?.filterNot { it in BETWEEN || it.isWhitespace() }?.takeIf(PLAIN::matches)

/** What may stand between the signs of a number and means nothing. */
private const val BETWEEN = " \u00a0()-./\u2010\u2011\u2012\u2013\u2014\u2015"

/** Digits of any script and wide signs as those of a dial pad; everything else as it is. */
private fun plain(sign: Char): Char = when {
    Character.isDigit(sign) -> '0' + Character.digit(sign, 10)
    sign in "\uff0a\u2217" -> '*'
    sign == '\uff03' -> '#'
    sign == '\uff0b' -> '+'
    else -> sign
}

/** An extension behind a number, as people and RFC 3966 write it: dialled after the answer. */
private val EXTENSION = Regex("[;, ]*(?:доб|внутр|ext)[а-яa-z]*[.:= ]*(?=[0-9])", RegexOption.IGNORE_CASE)

/** RFC 3966: what else may stand behind a number in a link. */
private val PARAMETER = Regex(";[a-z][a-z0-9-]*(=[^;]*)?", RegexOption.IGNORE_CASE)

/** «8-800-GOOGLE»: letters that stand for the keys they are on. */
private val KEY_WORD = Regex("(?<=[0-9-])[A-Z]{3,}")

/** [written] without what no dial pad takes. [separators]: keeps what only makes it readable. */
fun dialable(written: CharSequence, separators: Boolean = false): String {
    val plain = EXTENSION.replace(written.map(::plain).joinToString(""), ",").replace(PARAMETER, "")
    val digits = KEY_WORD.replace(plain) { PhoneNumberUtils.convertKeypadLettersToDigits(it.value) }
    return digits.filter { it in "0123456789*#+,;" || separators && it in BETWEEN }
}

/** Pauses only directly before what is sent after them: else they are the text's own commas. */
private val NUMBER_IN_TEXT = Regex("[+*#0-9](?:[0-9*#+ ().\u00a0\u2010-\u2013-]|[,;](?=[0-9*#]))*[0-9*#]|[0-9]")

/** So much of a shared text is looked at. */
private const val LONGEST_TEXT = 2_000

/** What in [text] is most like something to dial, for a text that was shared; null where there is nothing. */
fun numberIn(text: CharSequence): String? {
    val plain = EXTENSION.replace(text.take(LONGEST_TEXT).map(::plain).joinToString(""), ",")
    return NUMBER_IN_TEXT.findAll(plain).map { it.value }.maxByOrNull { it.count(Char::isDigit) }
}

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
