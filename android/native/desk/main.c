// caller LIBRARY FOLDER: loads the core as it is built for Android and calls it as the Kotlin bindings do. FOLDER is empty.
#include "phone.h"
#include <stdio.h>
#include <string.h>

// rust-core/src/dtmf.rs: no tone and no gap is shorter.
static const double FLOOR_MS = 70;

static uint64_t engine(bool broken_phone) {
    RustCallStatus status = {0};
    Writer no_profile = {0};
    put_u8(&no_profile, 0);
    uint64_t engine = uniffi_starhash_core_fn_constructor_engine_new(taken(&no_profile), phone_new(broken_phone), &status);
    ended(&status, SUCCESS, "Engine.new");
    Writer facts = {0};
    put_text(&facts, "c1");
    put_i32(&facts, CallState_Active);
    put_u8(&facts, true);   // incoming
    put_u8(&facts, false);  // emergency
    uniffi_starhash_core_fn_method_engine_call_changed(
        uniffi_starhash_core_fn_clone_engine(engine, &status), taken(&facts), &status);
    ended(&status, SUCCESS, "Engine.call_changed");
    return engine;
}

static void start(uint64_t engine) {
    RustCallStatus status = {0};
    Writer target = {0};
    put_u8(&target, 0);  // no colleague's id
    put_text(&target, "");
    put_text(&target, "204");
    uniffi_starhash_core_fn_method_engine_start(
        uniffi_starhash_core_fn_clone_engine(engine, &status), text("c1"), taken(&target), &status);
    ended(&status, SUCCESS, "Engine.start");
}

static void let_go(uint64_t engine) {
    RustCallStatus status = {0};
    uniffi_starhash_core_fn_free_engine(engine, &status);
    ended(&status, SUCCESS, "Engine's end");
    int count;
    phone_until(LET_GO, 0, &count);
}

// The tones of `asked`: in pairs, none of them and no gap too short, the last one ended, and together `keys`.
static void assert_code(const Asked *asked, int count, const char *keys) {
    char sent[64] = "";
    const Asked *before = NULL;
    for (const Asked *next = asked; next < asked + count; next++) {
        if (next->what != TONE_ON && next->what != TONE_OFF) continue;
        if ((next->what == TONE_ON) != (!before || before->what == TONE_OFF)) fail("tones out of order after %s", sent);
        if (before && next->ms - before->ms < FLOOR_MS) fail("%.1f ms after %s", next->ms - before->ms, sent);
        if (next->what == TONE_ON && strlen(sent) + 1 < sizeof sent) sent[strlen(sent)] = (char)next->detail;
        before = next;
    }
    if (!before || before->what != TONE_OFF) fail("the last tone of %s is left on", sent);
    if (strcmp(sent, keys) != 0) fail("%s was sent, not %s", sent, keys);
}

static void a_whole_code_and_the_end_of_the_call(void) {
    RustCallStatus status = {0};
    uint64_t core = engine(false);
    start(core);
    int count;
    const Asked *asked = phone_until(ASLEEP, 0, &count);
    assert_code(asked, count, "*#204#");
    Writer hang_up = {0};
    put_i32(&hang_up, Control_HangUp);
    uniffi_starhash_core_fn_method_engine_control(
        uniffi_starhash_core_fn_clone_engine(core, &status), text("c1"), taken(&hang_up), &status);
    ended(&status, SUCCESS, "Engine.control");
    asked = phone_until(CONTROL, Control_HangUp, &count);
    assert_code(asked, count, "*#204#");
    let_go(core);
}

static void check_number(uint64_t core, RustBuffer written, RustCallStatus *status) {
    RustCallStatus cloned = {0};
    RustBuffer answer = uniffi_starhash_core_fn_method_engine_check_number(
        uniffi_starhash_core_fn_clone_engine(core, &cloned), written, status);
    if (status->code == SUCCESS) release(answer);
}

static void a_refusal_comes_back_with_its_fields(void) {
    uint64_t core = engine(false);
    RustCallStatus status = {0};
    check_number(core, text("2*4"), &status);
    ended(&status, ERROR, "check_number(2*4)");
    const RustBuffer *error = &status.error_buf;
    uint64_t at = 0;
    if (get_i32(error, &at) != CoreError_Number) fail("not CoreError::Number");
    if (get_i32(error, &at) != NumberProblem_ForbiddenSymbol) fail("not NumberProblem::ForbiddenSymbol");
    if (!is_text(error, &at, "*") || at != error->len) fail("not the symbol *");
    release(*error);
    let_go(core);
}

// A buffer that no binding makes: UniFFI's own code refuses it by a panic, so that the core need not have one to order.
static void a_panic_in_a_call_comes_back_and_the_engine_goes_on(void) {
    uint64_t core = engine(false);
    RustCallStatus status = {0};
    check_number(core, (RustBuffer){.capacity = 1, .len = 0, .data = NULL}, &status);
    ended(&status, PANIC, "check_number(broken buffer)");
    if (!begins(&status.error_buf, "null RustBuffer had")) ended(&status, SUCCESS, "the panic is another one; the call");
    release(status.error_buf);
    status = (RustCallStatus){0};
    check_number(core, text("204"), &status);
    ended(&status, SUCCESS, "check_number after the panic");
    let_go(core);
}

static void a_panic_on_the_engines_thread_ends_the_tone_and_is_told(void) {
    uint64_t core = engine(true);
    start(core);
    int count;
    const Asked *asked = phone_until(FAILED, 0, &count);
    // The processor was to be kept awake after the first tone had begun: the panic came before.
    const What expected[] = {TONE_ON, TONE_OFF, ASLEEP, FAILED};
    for (int i = 0; i < 4; i++) {
        const char *came = i < count ? what_words[asked[i].what] : "nothing";
        if (i >= count || asked[i].what != expected[i]) fail("%s came, not %s", came, what_words[expected[i]]);
    }
    // The phone is let go with the thread: from then on every call must say so.
    phone_until(LET_GO, 0, &count);
    RustCallStatus status = {0};
    uniffi_starhash_core_fn_method_engine_cancel(uniffi_starhash_core_fn_clone_engine(core, &status), &status);
    ended(&status, ERROR, "Engine.cancel after the panic");
    uint64_t at = 0;
    if (get_i32(&status.error_buf, &at) != CoreError_Internal) fail("not CoreError::Internal");
    release(status.error_buf);
    let_go(core);
}

static int32_t listed(const char *file, bool with_one_more) {
    RustCallStatus status = {0};
    uint64_t list = uniffi_starhash_core_fn_constructor_colleagues_open(text(file), &status);
    ended(&status, SUCCESS, "Colleagues.open");
    if (with_one_more) {
        Writer colleague = {0};
        put_u64(&colleague, 0);  // a new one
        put_text(&colleague, "Анна");
        put_text(&colleague, "204");
        put_u8(&colleague, 0);  // no outside number
        put_text(&colleague, "");
        put_u8(&colleague, false);  // not pinned
        release(uniffi_starhash_core_fn_method_colleagues_save(
            uniffi_starhash_core_fn_clone_colleagues(list, &status), taken(&colleague), &status));
        ended(&status, SUCCESS, "Colleagues.save");
    }
    RustBuffer all = uniffi_starhash_core_fn_method_colleagues_list(
        uniffi_starhash_core_fn_clone_colleagues(list, &status), 1700000000000, &status);
    ended(&status, SUCCESS, "Colleagues.list");
    uint64_t at = 0;
    int32_t count = get_i32(&all, &at);
    release(all);
    uniffi_starhash_core_fn_free_colleagues(list, &status);
    return count;
}

static void colleagues_are_kept_in_a_file(const char *folder) {
    char file[4096];
    snprintf(file, sizeof file, "%s/colleagues.json", folder);
    if (listed(file, false) != 0) fail("a list without a file is not empty");
    if (listed(file, true) != 1) fail("a colleague saved is not listed");
    if (listed(file, false) != 1) fail("a colleague saved is not there when the file is opened again");
}

int main(int count, char **arguments) {
    if (count != 3) fail("usage: caller LIBRARY FOLDER");
    load(arguments[1]);
    phone_register();
    puts("ok  loaded; version and checksums");
    a_whole_code_and_the_end_of_the_call();
    shims_were_used();
    puts("ok  *#204# in pairs and in order, then hung up");
    a_refusal_comes_back_with_its_fields();
    puts("ok  an error with its fields");
    colleagues_are_kept_in_a_file(arguments[2]);
    puts("ok  colleagues in a file");
    fputs("    (two panics on purpose)\n", stderr);
    a_panic_in_a_call_comes_back_and_the_engine_goes_on();
    puts("ok  a panic in a call comes back as one");
    a_panic_on_the_engines_thread_ends_the_tone_and_is_told();
    puts("ok  a panic on the engine's thread ends its tone and is told");
    return 0;
}
