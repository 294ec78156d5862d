package app.starhash.incall

import android.os.SystemClock
import app.starhash.incall.Body.BrokenOff.Client
import app.starhash.incall.Body.BrokenOff.Reason
import app.starhash.incall.SymbolUi.State

/** Every look of the call screen by name, with people whose names are of usual length. */
object Bodies {
    private val anna = TargetUi("Анна Петрова", "204")
    val tiles = listOf(
        Tile(1, "Анна Петрова", "204", "Бухгалтерия", pinned = true),
        Tile(2, "Игорь Лапин", "112", "Склад", pinned = true),
        Tile(3, "Марина Ким", "207", "Продажи", pinned = false),
        Tile(4, "Денис Воронов", "215", "Сервис", pinned = false),
        Tile(5, "Светлана Юрьева", "101", "Юристы", pinned = false),
        Tile(6, "Отдел доставки", "300", "", pinned = false),
        Tile(7, "Константин Преображенский", "+7 945 301-22-10", "Руководство", pinned = false),
        Tile(8, "Ян Ли", "7", "ИТ", pinned = false),
    )
    private val controls = Controls(muted = false, keypadOpen = false, speaker = false)

    fun code(keys: String, sent: Int, now: Boolean, rest: State = State.TO_COME) = keys.mapIndexed { i, key ->
        SymbolUi(key, if (i < sent) State.SENT else if (i == sent && now) State.NOW else rest)
    }

    private fun header(talked: Long) =
        Header("Ольга Крылова", "+7 945 210-48-36", "SIM 1", talkingSince = SystemClock.elapsedRealtime() - talked * 1000)

    private fun over(dropped: Boolean) = Header("Ольга Крылова", "+7 945 210-48-36", null, ended = Ended(204, dropped))

    private fun call(body: Body, hangUp: HangUp = HangUp.ENDS_TALK, controls: Controls = this.controls, waiting: Waiting? = null) =
        CallUi(header(134), body, controls, hangUp, waiting)

    private fun after(body: Body, dropped: Boolean = false) = CallUi(over(dropped), body)

    private fun ago(seconds: Int) = SystemClock.elapsedRealtime() - seconds * 1000L

    val number = call(Body.NumberField("+79453012210"))
    val knocking = Waiting("c2", "Пётр Дым", "+7 945 777-00-11")

    fun all(): Map<String, CallUi> = ringing() + talking() + transfer() + afterwards()

    private fun ringing() = mapOf(
        "01-ringing" to CallUi(Header("Ольга Крылова", "+7 945 210-48-36", "SIM 1"), Body.Ringing("+7 495 012-30-00")),
        "01b-ringing-return" to CallUi(
            Header("Ольга Крылова", "+7 945 210-48-36", "SIM 1"),
            Body.Ringing(null, Body.Ringing.Returned(41, "Анна Петрова")),
        ),
        "01c-ringing-number" to CallUi(Header("+7 945 210-48-36", null, null), Body.Ringing(null)),
        "02d-connecting" to CallUi(Header("Ольга Крылова", "+7 945 210-48-36", "SIM 1"), Body.Connecting, controls, HangUp.ENDS_TALK),
    )

    private fun talking() = mapOf(
        "02-talking" to call(Body.Talking(Offer.YES, tiles.take(6))),
        "02-talking-eight" to call(Body.Talking(Offer.YES, tiles, Notice.BACK_WITH_CLIENT)),
        "02-talking-three" to call(Body.Talking(Offer.YES, tiles.take(3), Notice.REFUSED_BUSY), controls = controls.copy(muted = true)),
        "02-talking-waiting" to call(Body.Talking(Offer.YES, tiles.take(6)), waiting = knocking),
        "02-talking-none" to call(Body.Talking(Offer.NO_COLLEAGUES, emptyList())),
        "02-talking-list-broken" to call(Body.Talking(Offer.LIST_BROKEN, emptyList())),
        "02-talking-outgoing" to call(Body.Talking(Offer.NOT_INCOMING, emptyList())),
        "02-talking-emergency" to call(Body.Talking(Offer.EMERGENCY, emptyList())),
        "02-talking-core-missing" to call(Body.Talking(Offer.CORE_MISSING, emptyList())),
        "02b-number" to number,
        "02b-number-empty" to call(Body.NumberField("", NumberProblem.EMPTY)),
        "02b-number-ask" to call(Body.NumberField("112", ask = true)),
        "02c-keypad" to call(Body.Keypad("12"), controls = controls.copy(keypadOpen = true)),
        "02e-held" to call(Body.Held),
        "02f-post-dial" to call(Body.PostDial("2,4#")),
    )

    private fun transfer() = mapOf(
        "03-sending" to call(Body.Sending(anna, code("*#204#", 3, now = true), slower = false), HangUp.LOSES_CLIENT),
        "03-sending-long" to call(
            Body.Sending(TargetUi("", "89453012210"), code("*#89453012210#", 5, now = false), slower = true),
            HangUp.LOSES_CLIENT,
        ),
        "04-consultation" to call(Body.Consultation(anna, ago(18), askRetry = false), HangUp.CONNECTS_IF_NOT_BUSY),
        "04-consultation-at-once" to call(Body.Consultation(anna, ago(0), askRetry = false), HangUp.CONNECTS_IF_NOT_BUSY),
        "04-consultation-early" to call(Body.Consultation(anna, ago(3), askRetry = false), HangUp.CONNECTS_IF_NOT_BUSY),
        "04-consultation-retry" to call(Body.Consultation(anna, ago(18), askRetry = true), HangUp.CONNECTS_IF_NOT_BUSY),
        "04-consultation-waiting" to call(Body.Consultation(anna, ago(18), askRetry = false), HangUp.CONNECTS_IF_NOT_BUSY, waiting = knocking),
        "04b-returning" to call(Body.Returning(anna, byItself = false, cancelled = false), HangUp.LOSES_CLIENT),
        "04b-returning-by-itself" to call(Body.Returning(anna, byItself = true, cancelled = true), HangUp.LOSES_CLIENT),
        "06-broken-talking" to call(
            Body.BrokenOff(anna, Reason.KEY_BY_HAND, Client.TALKING, code("*#204#", 1, false, State.NOT_SENT), canCallBack = true),
        ),
        "06-broken-hold" to call(
            Body.BrokenOff(anna, Reason.TOO_LATE, Client.ON_HOLD, code("*#204#", 4, false, State.NOT_SENT), canCallBack = true),
            HangUp.LOSES_CLIENT,
        ),
        "02c-keypad-broken" to call(
            Body.Keypad("5", Body.BrokenOff(anna, Reason.KEY_BY_HAND, Client.ON_HOLD, code("*#204#", 3, false, State.NOT_SENT), canCallBack = true)),
            HangUp.LOSES_CLIENT,
            controls.copy(keypadOpen = true),
        ),
        "02c-keypad-sending" to call(
            Body.Keypad("", Body.Sending(anna, code("*#204#", 2, now = true), slower = false)),
            HangUp.LOSES_CLIENT,
            controls.copy(keypadOpen = true),
        ),
    )

    private fun afterwards() = mapOf(
        "05-after" to after(Body.AfterHangUp(anna, asked = true, watchUntil = ago(-42), canCallBack = true)),
        "05-after-not-asked" to after(Body.AfterHangUp(anna, asked = false, watchUntil = ago(1), canCallBack = false)),
        "06-broken-lost" to after(
            Body.BrokenOff(anna, Reason.CALL_DROPPED, Client.LOST, code("*#204#", 4, false, State.NOT_SENT), canCallBack = true),
            dropped = true,
        ),
        "07-over" to after(Body.Over),
    )
}
