package app.starhash.telecom

import android.telecom.InCallService

class StarhashInCallService : InCallService()
