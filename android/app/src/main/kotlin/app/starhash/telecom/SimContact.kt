package app.starhash.telecom

import android.content.Context
import android.net.Uri
import android.telecom.PhoneAccountHandle
import android.telecom.TelecomManager

/** The list of whichever SIM is first, as every dial pad knows it (AOSP Dialer, `SpecialCharSequenceMgr`); documented nowhere. */
private val FIRST: Uri = Uri.parse("content://icc/adn")

/**
 * The number in [place], from 1, of the contacts on [sim]; null where there is none or it may not be read. Asks another process:
 * not for the main thread.
 */
fun simContact(context: Context, sim: PhoneAccountHandle?, place: Int): String? = runCatching {
    val list = sim?.let { context.getSystemService(TelecomManager::class.java).getAdnUriForPhoneAccount(it) } ?: FIRST
    context.contentResolver.query(list, arrayOf("name", "number"), null, null, null)?.use { rows ->
        // By name: some makers' lists have more columns than were asked for.
        val number = rows.getColumnIndex("number")
        if (number >= 0 && place >= 1 && rows.moveToPosition(place - 1)) rows.getString(number) else null
    }
}.getOrNull()?.takeIf(String::isNotBlank)
