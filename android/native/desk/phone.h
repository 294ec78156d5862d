// The phone as the core calls it: writes down what it is asked.
#pragma once

#include "core.h"

typedef enum { TONE_ON, TONE_OFF, CONTROL, AWAKE, ASLEEP, FAILED, LET_GO } What;

// Their names, for messages.
extern const char *const what_words[];

typedef struct {
    What what;
    // The key of TONE_ON, the variant of CONTROL.
    int detail;
    double ms;
} Asked;

// Tells the core which functions are the phone's.
void phone_register(void);

// A phone of its own for one engine. One that is `broken` answers a tone with what no Kotlin can send, so that the core panics.
uint64_t phone_new(bool broken);

// Everything asked (but `changed` and `set_muted`), in order, once `last` has come (CONTROL: with `detail`); ends the program when it
// has not come within 20 s. `count` is how many.
const Asked *phone_until(What last, int detail, int *count);
