package app.starhash.call

import android.content.Context
import android.telecom.PhoneAccountHandle
import android.telecom.TelecomManager
import org.robolectric.Shadows.shadowOf

/** The addresses of all calls that were placed. */
fun placed(context: Context): List<String> = outgoing(context).map { it.address.toString() }

/** What the phone makes of those addresses: the string it dials. */
fun dialled(context: Context): List<String> = outgoing(context).map { it.address.schemeSpecificPart }

/** The SIMs they were to be placed on; null: the system's choice. */
@Suppress("DEPRECATION") // The typed getter is API 33, we start at 30.
fun sims(context: Context): List<PhoneAccountHandle?> =
    outgoing(context).map { it.extras?.getParcelable(TelecomManager.EXTRA_PHONE_ACCOUNT_HANDLE) }

private fun outgoing(context: Context) = shadowOf(context.getSystemService(TelecomManager::class.java)).allOutgoingCalls
