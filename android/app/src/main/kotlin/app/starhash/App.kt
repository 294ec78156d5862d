package app.starhash

import android.app.Application
import app.starhash.core.CoreHost
import app.starhash.incall.CallSession
import app.starhash.telecom.AfterCallNotification
import app.starhash.telecom.Calls
import app.starhash.telecom.Network

/** Holds what outlives every screen; a call begins while no activity exists. */
class App : Application() {
    lateinit var calls: Calls
        private set
    lateinit var core: CoreHost
        private set
    lateinit var session: CallSession
        private set

    /** As it was when the dial pad last asked: the next one begins with it, so that nothing jumps when the answer comes. */
    var network: Network? = null

    override fun onCreate() {
        super.onCreate()
        calls = Calls(this)
        core = CoreHost(this, calls)
        session = CallSession(this, calls, core)
        session.watch(AfterCallNotification(this)::show)
        core.warmUp()
    }

    /** Only the desk calls this, which runs many apps in one process. */
    override fun onTerminate() {
        core.close()
        super.onTerminate()
    }
}
