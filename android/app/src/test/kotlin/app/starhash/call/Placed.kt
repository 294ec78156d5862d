package app.starhash.call

import android.content.Context
import android.telecom.TelecomManager
import org.robolectric.Shadows.shadowOf

/** The addresses of all calls that were placed. */
fun placed(context: Context): List<String> =
    shadowOf(context.getSystemService(TelecomManager::class.java)).allOutgoingCalls.map { it.address.toString() }
