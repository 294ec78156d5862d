package app.starhash.host

import android.Manifest
import android.app.NotificationManager
import android.content.pm.PackageManager
import org.robolectric.RuntimeEnvironment
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowNotificationManager

/** Robolectric's phone always forbids full-screen intents: ours goes by the permission, as phones do (robolectric.properties). */
@Implements(NotificationManager::class)
class FullScreenShadow : ShadowNotificationManager() {
    @Implementation(minSdk = 34)
    fun canUseFullScreenIntent(): Boolean {
        asked()
        return RuntimeEnvironment.getApplication().checkSelfPermission(Manifest.permission.USE_FULL_SCREEN_INTENT) ==
            PackageManager.PERMISSION_GRANTED
    }

    companion object {
        /** Called when the app asks, on its thread. */
        @Volatile
        var asked: () -> Unit = {}
    }
}
