package app.starhash.dialer

import android.app.Activity
import android.content.Intent
import android.net.Uri
import android.provider.ContactsContract.CommonDataKinds.Phone
import android.util.Log
import kotlin.concurrent.thread

private const val TAG = "Contacts"

/** A number of the phone's contacts and whose it is, as they stand there; empty where nothing stands. */
internal class Contact(name: String?, number: String?) {
    val name = written(name)
    val number = written(number)
}

/** Without the invisible marks (direction, soft hyphen…) that come along when a number is copied into the contacts. */
private fun written(text: String?): String = text.orEmpty().filterNot { it.category == CharCategory.FORMAT }.trim()

/**
 * Asks the phone's contacts app for one number. What it returns is open to us alone and without READ_CONTACTS. Both the address
 * and the type: the documentation matches by the type, some makers' apps by the address.
 */
internal fun pickNumber(): Intent = Intent(Intent.ACTION_PICK).setDataAndType(Phone.CONTENT_URI, Phone.CONTENT_TYPE)

/**
 * Reads the [row] that was picked on a thread of its own: the contacts are another process, and no quick one on some phones.
 * [then] gets it on the main thread, null where it cannot be read, unless the activity has gone meanwhile.
 */
internal fun Activity.readContact(row: Uri, then: (Contact?) -> Unit) {
    thread(name = "contact") {
        val contact = try {
            contentResolver.query(row, arrayOf(Phone.DISPLAY_NAME, Phone.NUMBER), null, null, null)?.use {
                if (it.moveToFirst()) Contact(it.getString(0), it.getString(1)) else null
            }
        } catch (refused: RuntimeException) {
            // Not opened to us (SecurityException), no such columns, a provider that failed: for the employee all the same.
            Log.w(TAG, "the contact cannot be read: ${refused.javaClass.simpleName}")
            null
        }
        runOnUiThread { if (!isDestroyed) then(contact) }
    }
}
