#include "phone.h"
#include <pthread.h>
#include <time.h>

enum { MOST = 64 };

const char *const what_words[] = {
    [TONE_ON] = "tone_on", [TONE_OFF] = "tone_off", [CONTROL] = "control", [AWAKE] = "keep_awake(true)", [ASLEEP] = "keep_awake(false)",
    [FAILED] = "failed",   [LET_GO] = "uniffi_free",
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static Asked asked[MOST];
static int all;
static bool breaks;
// The foreign side's handles are odd (uniffi_core, ffi/handle.rs).
static uint64_t current = 1;

static double now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void note(uint64_t handle, What what, int detail) {
    pthread_mutex_lock(&lock);
    if (handle == current) {
        if (all == MOST) fail("the phone was asked more than %d things", MOST);
        asked[all++] = (Asked){what, detail, now_ms()};
        pthread_cond_signal(&more);
    }
    pthread_mutex_unlock(&lock);
}

// The core gave `call` away.
static void of_call(RustBuffer call) {
    if (call.len != 2 || !begins(&call, "c1")) fail("asked of the call %.*s, not c1", (int)call.len, (const char *)call.data);
    release(call);
}

static void tone_on(uint64_t handle, RustBuffer call, uint8_t key, void *returned, RustCallStatus *status) {
    (void)returned;
    of_call(call);
    note(handle, TONE_ON, key);
    if (breaks) *status = (RustCallStatus){PANIC, {.capacity = 1, .len = 0, .data = 0}};
}

static void tone_off(uint64_t handle, RustBuffer call, void *returned, RustCallStatus *status) {
    (void)returned, (void)status;
    of_call(call);
    note(handle, TONE_OFF, 0);
}

static void control(uint64_t handle, RustBuffer call, RustBuffer wish, void *returned, RustCallStatus *status) {
    (void)returned, (void)status;
    of_call(call);
    uint64_t at = 0;
    note(handle, CONTROL, get_i32(&wish, &at));
    release(wish);
}

static void set_muted(uint64_t handle, int8_t muted, void *returned, RustCallStatus *status) {
    (void)handle, (void)muted, (void)returned, (void)status;
}

static void keep_awake(uint64_t handle, int8_t awake, void *returned, RustCallStatus *status) {
    (void)returned, (void)status;
    note(handle, awake ? AWAKE : ASLEEP, 0);
}

static void changed(uint64_t handle, RustBuffer snapshot, void *returned, RustCallStatus *status) {
    (void)handle, (void)returned, (void)status;
    release(snapshot);
}

static void failed(uint64_t handle, RustBuffer reason, void *returned, RustCallStatus *status) {
    (void)returned, (void)status;
    if (!begins(&reason, "null RustBuffer")) fail("failed: %.*s", (int)reason.len, (const char *)reason.data);
    release(reason);
    note(handle, FAILED, 0);
}

static void let_go(uint64_t handle) { note(handle, LET_GO, 0); }

static uint64_t clone(uint64_t handle) { return handle; }

void phone_register(void) {
    static VTableCallbackInterfacePhone table;
    table = (VTableCallbackInterfacePhone){
        .uniffi_free = let_go,
        .uniffi_clone = clone,
        .tone_on = tone_on,
        .tone_off = tone_off,
        .control = control,
        .set_muted = set_muted,
        .keep_awake = keep_awake,
        .changed = changed,
        .failed = failed,
    };
    uniffi_starhash_core_fn_init_callback_vtable_phone(&table);
}

uint64_t phone_new(bool broken) {
    pthread_mutex_lock(&lock);
    breaks = broken;
    all = 0;
    current += 2;
    uint64_t handle = current;
    pthread_mutex_unlock(&lock);
    return handle;
}

const Asked *phone_until(What last, int detail, int *count) {
    struct timespec deadline;
    clock_gettime(CLOCK_REALTIME, &deadline);
    deadline.tv_sec += 20;
    pthread_mutex_lock(&lock);
    for (int seen = 0;; seen++) {
        while (seen == all) {
            if (pthread_cond_timedwait(&more, &lock, &deadline)) fail("%s (%d) has not come within 20 s", what_words[last], detail);
        }
        if (asked[seen].what == last && asked[seen].detail == detail) break;
    }
    *count = all;
    pthread_mutex_unlock(&lock);
    return asked;
}
