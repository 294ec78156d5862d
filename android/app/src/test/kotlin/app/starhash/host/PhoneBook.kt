package app.starhash.host

import android.app.Activity
import android.content.ContentProvider
import android.content.ContentUris
import android.content.ContentValues
import android.content.Intent
import android.database.Cursor
import android.database.MatrixCursor
import android.net.Uri
import android.os.Looper
import android.provider.ContactsContract
import android.provider.ContactsContract.CommonDataKinds.Phone
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf

/** The contacts of a phone at its door, and the app that picks one of them. */
class PhoneBook : ContentProvider() {
    private class Row(val name: String?, val number: String?)

    private val rows = mutableListOf<Row>()

    /** Instead of an answer from the rows. */
    @Volatile
    var answer: (() -> Cursor?)? = null

    /** Whether a row was ever asked for on the main thread, which it would hold up. */
    @Volatile
    var heldUpMain = false

    fun add(name: String?, number: String?): Uri {
        rows += Row(name, number)
        return ContentUris.withAppendedId(ContactsContract.Data.CONTENT_URI, rows.size.toLong())
    }

    override fun query(uri: Uri, columns: Array<String>?, where: String?, values: Array<String>?, order: String?): Cursor? {
        heldUpMain = heldUpMain || Looper.myLooper() == Looper.getMainLooper()
        answer?.let { return it() }
        val asked = checkNotNull(columns) { "all columns are asked for" }
        return MatrixCursor(asked).apply {
            rows.getOrNull(ContentUris.parseId(uri).toInt() - 1)?.let { row -> addRow(asked.map { row.column(it) }) }
        }
    }

    private fun Row.column(column: String) = when (column) {
        Phone.DISPLAY_NAME -> name
        Phone.NUMBER -> number
        else -> throw IllegalArgumentException("Invalid column $column")
    }

    override fun onCreate() = true
    override fun getType(uri: Uri): String? = null
    override fun insert(uri: Uri, values: ContentValues?): Uri? = null
    override fun delete(uri: Uri, where: String?, values: Array<String>?) = 0
    override fun update(uri: Uri, new: ContentValues?, where: String?, values: Array<String>?) = 0

    companion object {
        fun on(phone: DeskPhone): PhoneBook =
            Robolectric.buildContentProvider(PhoneBook::class.java).create(ContactsContract.AUTHORITY).get().also { phone.turn() }

        /** What [activity] asked the picker for is answered, through the activity's own way for results. */
        fun answer(activity: Activity, asked: Intent, row: Uri?, code: Int = Activity.RESULT_OK) {
            val answer = row?.let { Intent().setData(it).addFlags(Intent.FLAG_GRANT_READ_URI_PERMISSION) }
            shadowOf(activity).receiveResult(asked, code, answer)
        }
    }
}
