package app.starhash.call

import android.telecom.Call
import android.telephony.emergency.EmergencyNumber
import app.starhash.incall.Tile
import org.junit.Assert.assertEquals
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.shadows.ShadowTelephonyManager

/** Never in an emergency call: the network says which one is, or the number does. */
@RunWith(RobolectricTestRunner::class)
class EmergencyTest {
    private val office = Office()
    private val phone = office.phone

    @Test
    fun aCallBackOfTheRescueService() = isRefused(Call.Details.PROPERTY_EMERGENCY_CALLBACK_MODE)

    @Test
    fun aCallTheNetworkCallsOne() = isRefused(Call.Details.PROPERTY_NETWORK_IDENTIFIED_EMERGENCY_CALL)

    @Test
    fun aCallFromAnEmergencyNumber() {
        val number = EmergencyNumber(
            "112", "ru", "", EmergencyNumber.EMERGENCY_SERVICE_CATEGORY_UNSPECIFIED, emptyList(),
            EmergencyNumber.EMERGENCY_NUMBER_SOURCE_DEFAULT, EmergencyNumber.EMERGENCY_CALL_ROUTING_UNKNOWN,
        )
        ShadowTelephonyManager.setEmergencyNumberList(mapOf(0 to listOf(number)))
        phone.ring("c1", "112")
        phone.tap("Ответить")
        isRefused()
    }

    private fun isRefused(property: Int) {
        office.talk()
        phone.telecom.update("c1") { setProperties(property) }
        isRefused()
    }

    private fun isRefused() {
        office.sees("Экстренный вызов: передача выключена")
        office.app.session.transferTo(Tile(1, "Анна Петрова", "204", "", false))
        phone.pass(LATE_MS)
        assertEquals(emptyList<String>(), office.tones)
    }

    private companion object {
        const val LATE_MS = 500L
    }
}
