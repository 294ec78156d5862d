// The core's functions and the buffers they exchange. A buffer holds big-endian numbers, texts as length and UTF-8, an enum as the
// number of its variant, a record as its fields in order (https://mozilla.github.io/uniffi-rs, "Lifting, lowering and serialization").
#pragma once

#include "starhash.h"  // written from the core's own metadata by uniffi-bindgen
#include <stdbool.h>

#define DECLARE(returned, name, arguments) extern returned(*name) arguments;
STARHASH_FUNCTIONS(DECLARE)
#undef DECLARE

// Variants of RustCallStatus.code.
enum { SUCCESS = 0, ERROR = 1, PANIC = 2 };

// Loads the library and finds all functions; ends the program when one is missing, or the version or a checksum is another.
void load(const char *library);

// Ends the program unless the engine's threads were started through our libc.so: what it means otherwise than glibc was used.
void shims_were_used(void);

// Says what is wrong and ends the program.
_Noreturn void fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

// Ends the program unless the call ended as `code`.
void ended(const RustCallStatus *status, int code, const char *call);

// A value being written; `taken` gives it to the core.
typedef struct {
    uint8_t bytes[512];
    uint32_t len;
} Writer;

void put_u8(Writer *writer, uint8_t value);
void put_i32(Writer *writer, int32_t value);
void put_u64(Writer *writer, uint64_t value);
void put_text(Writer *writer, const char *text);
RustBuffer taken(const Writer *writer);

// A text as an argument or a return value: the buffer's length is its own.
RustBuffer text(const char *text);

// Reads `buffer` from its start; `at` is how far it has been read.
int32_t get_i32(const RustBuffer *buffer, uint64_t *at);
bool is_text(const RustBuffer *buffer, uint64_t *at, const char *text);
bool begins(const RustBuffer *buffer, const char *text);
void release(RustBuffer buffer);
