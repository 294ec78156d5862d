package app.starhash.core

/*
 * The core's plain values (no library behind them) under this package's name: the rest of the app imports these, so that
 * the generated package is named here alone and nothing has to be copied into types of our own.
 */
typealias CallFacts = app.starhash.core.bindings.CallFacts
typealias CallState = app.starhash.core.bindings.CallState
typealias Ringing = app.starhash.core.bindings.CallState.Ringing
typealias Dialing = app.starhash.core.bindings.CallState.Dialing
typealias Active = app.starhash.core.bindings.CallState.Active
typealias Holding = app.starhash.core.bindings.CallState.Holding
typealias Disconnecting = app.starhash.core.bindings.CallState.Disconnecting
typealias Disconnected = app.starhash.core.bindings.CallState.Disconnected
typealias EndedBy = app.starhash.core.bindings.EndedBy
typealias Control = app.starhash.core.bindings.Control
typealias Target = app.starhash.core.bindings.Target
typealias Snapshot = app.starhash.core.bindings.Snapshot
typealias TargetView = app.starhash.core.bindings.TargetView
typealias SymbolState = app.starhash.core.bindings.SymbolState
typealias SymbolView = app.starhash.core.bindings.SymbolView
typealias HangUpMeaning = app.starhash.core.bindings.HangUpMeaning
typealias Refusal = app.starhash.core.bindings.Refusal
typealias BreakReason = app.starhash.core.bindings.BreakReason
typealias Client = app.starhash.core.bindings.Client
typealias CoreOffer = app.starhash.core.bindings.Offer
typealias Stage = app.starhash.core.bindings.Stage
typealias Idle = app.starhash.core.bindings.Stage.Idle
typealias Sending = app.starhash.core.bindings.Stage.Sending
typealias Consultation = app.starhash.core.bindings.Stage.Consultation
typealias Returning = app.starhash.core.bindings.Stage.Returning
typealias AfterHangUp = app.starhash.core.bindings.Stage.AfterHangUp
typealias BrokenOff = app.starhash.core.bindings.Stage.BrokenOff
typealias Colleague = app.starhash.core.bindings.Colleague
typealias NumberProblem = app.starhash.core.bindings.NumberProblem
typealias EmptyNumber = app.starhash.core.bindings.NumberProblem.Empty
typealias NoDigits = app.starhash.core.bindings.NumberProblem.NoDigits
typealias ForbiddenSymbol = app.starhash.core.bindings.NumberProblem.ForbiddenSymbol
typealias TooLong = app.starhash.core.bindings.NumberProblem.TooLong
typealias DialFacts = app.starhash.core.bindings.DialFacts
typealias DialReading = app.starhash.core.bindings.DialReading
typealias DialClass = app.starhash.core.bindings.DialClass
typealias ServiceAction = app.starhash.core.bindings.ServiceAction
typealias DialPad = app.starhash.core.bindings.DialPad
