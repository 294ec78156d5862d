package app.starhash.core

import android.os.Handler
import android.util.Log
import app.starhash.core.bindings.Colleagues
import java.util.concurrent.Executor

private const val TAG = "Directory"

/** The colleagues, kept by the core in a file of the app. Work runs on the worker; answers come on the main thread. */
class Directory(private val worker: Executor, private val main: Handler) {
    /** The list was changed. Main thread. */
    var onChange: () -> Unit = {}

    private var store: Colleagues? = null

    /** On the worker, once. A file that cannot be read costs the list, not the transfers. */
    internal fun open(open: () -> Colleagues) {
        store = runCatching(open).onFailure { Log.w(TAG, "colleagues cannot be read: ${it.javaClass.simpleName}") }.getOrNull()
    }

    /** Best first; null when there is no core or the file cannot be read. */
    fun list(then: (List<Colleague>?) -> Unit) = work({ it.list(System.currentTimeMillis()) }, then)

    /** [then] gets the colleague as stored; null when it could not be. Id 0 makes a new one. */
    fun save(colleague: Colleague, then: (Colleague?) -> Unit) = change({ it.save(colleague) }, then)

    /** [then] gets whether it is gone. */
    fun delete(id: ULong, then: (Boolean) -> Unit) = change({ it.delete(id) }) { then(it != null) }

    /** A client was passed to this colleague: moves their tile forward. */
    fun used(id: ULong) = work({ it.used(id, System.currentTimeMillis()) }) {}

    private fun <T : Any> change(what: (Colleagues) -> T, then: (T?) -> Unit) = work(what) { answer ->
        then(answer)
        if (answer != null) onChange()
    }

    private fun <T : Any> work(what: (Colleagues) -> T, then: (T?) -> Unit) = worker.execute {
        val answer = store?.let { store ->
            runCatching { what(store) }.onFailure { Log.w(TAG, "refused: ${it.javaClass.simpleName}") }.getOrNull()
        }
        main.post { then(answer) }
    }
}
