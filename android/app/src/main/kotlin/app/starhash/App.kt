package app.starhash

import android.app.Application

class App : Application()
