#include "core.h"
#include <dlfcn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFINE(returned, name, arguments) returned(*name) arguments;
STARHASH_FUNCTIONS(DEFINE)
#undef DEFINE

static const int *shimmed_threads;

void load(const char *library) {
    // RTLD_NOW: a symbol that nobody has fails here. RTLD_DEEPBIND: ours before the C library's of this program.
    void *core = dlopen(library, RTLD_NOW | RTLD_LOCAL | RTLD_DEEPBIND);
    if (!core) fail("%s", dlerror());
    shimmed_threads = dlsym(core, "shimmed_threads");
#define FIND(returned, name, arguments) \
    name = (returned(*) arguments)dlsym(core, #name); \
    if (!name) fail("%s has no %s", library, #name);
    STARHASH_FUNCTIONS(FIND)
#undef FIND
    uint32_t contract = ffi_starhash_core_uniffi_contract_version();
    if (contract != STARHASH_CONTRACT) fail("contract version %u, not %u", contract, STARHASH_CONTRACT);
#define CHECK(function, checksum) \
    if (function() != checksum) fail("%s is %u, not %u", #function, function(), checksum);
    STARHASH_CHECKSUMS(CHECK)
#undef CHECK
}

void shims_were_used(void) {
    if (!shimmed_threads || *shimmed_threads == 0) fail("the core took glibc's pthread_create, not our libc.so's");
}

void fail(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("FAILED: ", stdout);
    vprintf(format, arguments);
    puts("");
    fflush(stdout);
    // Not exit(): the engine's thread may be in the middle of something.
    _Exit(1);
}

void ended(const RustCallStatus *status, int code, const char *call) {
    if (status->code == code) return;
    // An error's texts stand between numbers.
    char said[200] = "";
    for (uint64_t i = 0; i < status->error_buf.len && i + 1 < sizeof said; i++) {
        uint8_t byte = status->error_buf.data[i];
        said[i] = byte < ' ' ? '.' : (char)byte;
    }
    fail("%s ended as %d, not %d: %s", call, status->code, code, said);
}

void put_u8(Writer *writer, uint8_t value) {
    if (writer->len == sizeof writer->bytes) fail("a value of more than %zu bytes", sizeof writer->bytes);
    writer->bytes[writer->len++] = value;
}

void put_i32(Writer *writer, int32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) put_u8(writer, (uint8_t)((uint32_t)value >> shift));
}

void put_u64(Writer *writer, uint64_t value) {
    put_i32(writer, (int32_t)(value >> 32));
    put_i32(writer, (int32_t)value);
}

void put_text(Writer *writer, const char *text) {
    put_i32(writer, (int32_t)strlen(text));
    while (*text) put_u8(writer, (uint8_t)*text++);
}

static RustBuffer copied(const uint8_t *bytes, size_t len) {
    RustCallStatus status = {0};
    RustBuffer buffer = ffi_starhash_core_rustbuffer_from_bytes((ForeignBytes){(int32_t)len, bytes}, &status);
    ended(&status, SUCCESS, "rustbuffer_from_bytes");
    return buffer;
}

RustBuffer taken(const Writer *writer) { return copied(writer->bytes, writer->len); }

RustBuffer text(const char *text) { return copied((const uint8_t *)text, strlen(text)); }

int32_t get_i32(const RustBuffer *buffer, uint64_t *at) {
    if (*at + 4 > buffer->len) fail("a buffer of %llu bytes ends early", (unsigned long long)buffer->len);
    const uint8_t *bytes = buffer->data + *at;
    *at += 4;
    return (int32_t)((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]);
}

bool is_text(const RustBuffer *buffer, uint64_t *at, const char *text) {
    uint64_t len = (uint64_t)get_i32(buffer, at);
    if (*at + len > buffer->len) fail("a text of %llu bytes ends early", (unsigned long long)len);
    bool same = len == strlen(text) && memcmp(buffer->data + *at, text, len) == 0;
    *at += len;
    return same;
}

bool begins(const RustBuffer *buffer, const char *text) {
    return buffer->len >= strlen(text) && memcmp(buffer->data, text, strlen(text)) == 0;
}

void release(RustBuffer buffer) {
    RustCallStatus status = {0};
    ffi_starhash_core_rustbuffer_free(buffer, &status);
    ended(&status, SUCCESS, "rustbuffer_free");
}
