package app.starhash.dialer

import android.content.ClipData
import android.content.ClipboardManager
import android.content.ComponentName
import android.content.Intent
import android.net.Uri
import android.os.SystemClock
import android.telecom.PhoneAccount
import android.telecom.PhoneAccountHandle
import android.telecom.TelecomManager
import android.telephony.emergency.EmergencyNumber
import android.view.MotionEvent
import android.view.View
import android.view.ViewConfiguration
import app.starhash.R
import app.starhash.call.Office
import app.starhash.call.dialled
import app.starhash.core.Colleague
import app.starhash.host.Faults
import app.starhash.host.Finder
import org.junit.Assert.assertEquals
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadows.ShadowTelephonyManager

internal const val ANNA_OUTSIDE = "+79453012208"

/** The dial pad on an employee's phone. What reached the phone is judged by Telecom's own record of placed calls. */
internal class Pad(core: Boolean = true) {
    val office = Office(withColleague = false, core = core)
    val phone = office.phone
    val telecom: TelecomManager = phone.app.getSystemService(TelecomManager::class.java)
    val placed: List<String> get() = dialled(phone.app)
    val number: NumberView get() = checkNotNull(phone.front).findViewById(R.id.dial_number)

    /** What would be dialled. */
    val typed: String get() = app.starhash.telecom.dialable(number.text)

    fun anna(number: String = "204", outside: String? = ANNA_OUTSIDE) =
        office.keep(Colleague(0u, "Анна Петрова", number, outside, "Бухгалтерия", false))

    fun open(link: String? = null, action: String = Intent.ACTION_DIAL) = show(Intent(action, link?.let(Uri::parse)))

    fun share(text: String) = show(Intent(Intent.ACTION_SEND).setType("text/plain").putExtra(Intent.EXTRA_TEXT, text))

    /** As Android finds whom an intent is for: by the filters of the manifest. */
    private fun show(intent: Intent) {
        val found = phone.app.packageManager.queryIntentActivities(intent.setPackage(phone.app.packageName), 0).map { it.activityInfo.name }
        assertEquals("$intent", listOf(DialPadActivity::class.java.name), found)
        office.open(intent.setClassName(phone.app, found.single()))
        phone.pass(SETTLE_MS)
    }

    /** Key by key. */
    fun press(keys: String) = keys.forEach { phone.tap(it.toString()) }

    /** At once, as from the clipboard. */
    fun paste(text: String) {
        phone.app.getSystemService(ClipboardManager::class.java).setPrimaryClip(ClipData.newPlainText(null, text))
        number.onTextContextMenuItem(android.R.id.paste)
        phone.pass(SETTLE_MS)
    }

    fun longPress(text: String) {
        val root = checkNotNull(phone.window())
        val view = checkNotNull(Finder.find(root, text))
        val at = IntArray(2).also(view::getLocationInWindow)
        val down = SystemClock.uptimeMillis()
        fun send(action: Int) = MotionEvent.obtain(down, SystemClock.uptimeMillis(), action, at[0] + view.width / 2f, at[1] + view.height / 2f, 0)
            .let { root.dispatchTouchEvent(it); it.recycle() }
        send(MotionEvent.ACTION_DOWN)
        phone.pass(ViewConfiguration.getLongPressTimeout() + SETTLE_MS)
        send(MotionEvent.ACTION_UP)
        phone.pass(SETTLE_MS)
    }

    fun sees(text: String) = office.sees(text)

    fun hides(text: String) = assertEquals(text, emptyList<String>(), phone.texts().filter { it.startsWith(text) })

    /** Whether the big button does anything. */
    val canPress: Boolean get() = Faults.shown(checkNotNull(phone.window())).filterIsInstance<DialButtonView>().single().isEnabled

    /** Whether what says [text] can be tapped. */
    fun offers(text: String): Boolean = phone.window()?.let { Finder.find(it, text) }?.let(::clickable) ?: false

    private fun clickable(view: View): Boolean = view.isClickable || (view.parent as? View)?.let(::clickable) ?: false

    fun emergency(vararg numbers: String) = ShadowTelephonyManager.setEmergencyNumberList(
        mapOf(
            0 to numbers.map {
                EmergencyNumber(
                    it, "ru", "", EmergencyNumber.EMERGENCY_SERVICE_CATEGORY_UNSPECIFIED, emptyList(),
                    EmergencyNumber.EMERGENCY_NUMBER_SOURCE_DEFAULT, EmergencyNumber.EMERGENCY_CALL_ROUTING_UNKNOWN,
                )
            },
        ),
    )

    /** Puts SIM cards into the phone; [usual] is the one that settings say to call with. */
    fun sims(vararg labels: String, usual: String? = null) = labels.forEachIndexed { at, label ->
        val id = if (labels.distinct().size == labels.size) label else "${at + 1}"
        val account = PhoneAccountHandle(ComponentName("com.android.phone", "Sims"), id)
        telecom.registerPhoneAccount(PhoneAccount.builder(account, label).setCapabilities(PhoneAccount.CAPABILITY_CALL_PROVIDER).build())
        shadowOf(telecom).enablePhoneAccount(account, true)
        if (label == usual) shadowOf(telecom).setDefaultOutgoingPhoneAccount(PhoneAccount.SCHEME_TEL, account)
    }

    companion object {
        const val SETTLE_MS = 150L
    }
}
