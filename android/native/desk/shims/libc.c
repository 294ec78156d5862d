// What of bionic's libc the core asks for and glibc lacks or means otherwise; all else is glibc's own (shims/glibc.txt).
// Numbers and layouts of bionic as in the crate `libc`, src/unix/linux_like/android.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

int *__errno(void) { return __errno_location(); }

// glibc's function of this name is another one, which returns the text.
int shim_strerror_r(int error, char *text, size_t size) __asm__("strerror_r");
int __xpg_strerror_r(int error, char *text, size_t size);
int shim_strerror_r(int error, char *text, size_t size) { return __xpg_strerror_r(error, text, size); }

long shim_sysconf(int name) __asm__("sysconf");
long real_sysconf(int name) __asm__("__sysconf");
long shim_sysconf(int name) {
    switch (name) {
        case 39:
        case 40: return real_sysconf(_SC_PAGESIZE);
        case 96: return real_sysconf(_SC_NPROCESSORS_CONF);
        case 97: return real_sysconf(_SC_NPROCESSORS_ONLN);
        default:
            fprintf(stderr, "android/native/desk/shims/libc.c: sysconf(%d) is not translated\n", name);
            abort();
    }
}

// bionic's is smaller than glibc's on ARM, 32 bits and 64: glibc would write past its end.
typedef struct {
    uint32_t flags;
    void *stack_base;
    size_t stack_size;
    size_t guard_size;
    int32_t sched_policy;
    int32_t sched_priority;
#if __SIZEOF_POINTER__ == 8
    char reserved[16];
#endif
} bionic_attr;
_Static_assert(sizeof(bionic_attr) == (sizeof(void *) == 8 ? 56 : 24), "bionic's pthread_attr_t");

int shim_attr_init(bionic_attr *attr) __asm__("pthread_attr_init");
int shim_attr_init(bionic_attr *attr) {
    *attr = (bionic_attr){.stack_size = 1 << 20};
    return 0;
}

int shim_attr_setstacksize(bionic_attr *attr, size_t size) __asm__("pthread_attr_setstacksize");
int shim_attr_setstacksize(bionic_attr *attr, size_t size) {
    if (size < 2 * 4096) return EINVAL;
    attr->stack_size = size;
    return 0;
}

int shim_attr_destroy(bionic_attr *attr) __asm__("pthread_attr_destroy");
int shim_attr_destroy(bionic_attr *attr) {
    *attr = (bionic_attr){0};
    return 0;
}

// By its handle: what we define here would otherwise find itself.
static void *glibc(const char *name) {
    void *library = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
    void *function = library ? dlsym(library, name) : NULL;
    if (!function) {
        fprintf(stderr, "android/native/desk/shims/libc.c: glibc has no %s\n", name);
        abort();
    }
    return function;
}

// How many threads were started through here, for those who load the core: none means that it took glibc's functions instead.
int shimmed_threads;

typedef void *run(void *);
int shim_create(pthread_t *thread, const bionic_attr *attr, run *start, void *argument) __asm__("pthread_create");
int shim_create(pthread_t *thread, const bionic_attr *attr, run *start, void *argument) {
    int (*init)(pthread_attr_t *) = glibc("pthread_attr_init");
    int (*set_size)(pthread_attr_t *, size_t) = glibc("pthread_attr_setstacksize");
    int (*create)(pthread_t *, const pthread_attr_t *, run *, void *) = glibc("pthread_create");
    int (*destroy)(pthread_attr_t *) = glibc("pthread_attr_destroy");
    __atomic_add_fetch(&shimmed_threads, 1, __ATOMIC_RELAXED);
    if (!attr) return create(thread, NULL, start, argument);
    pthread_attr_t own;
    int error = init(&own);
    if (!error) error = set_size(&own, attr->stack_size);
    if (!error) error = create(thread, &own, start, argument);
    destroy(&own);
    return error;
}

#if __SIZEOF_POINTER__ == 4
// bionic's struct stat is the kernel's stat64, glibc's `stat` a smaller one.
_Static_assert(sizeof(struct stat64) == 104, "bionic's struct stat");
_Static_assert(offsetof(struct stat64, st_size) == 48 && offsetof(struct stat64, st_ino) == 96, "bionic's struct stat");
int shim_stat(const char *path, struct stat64 *about) __asm__("stat");
int shim_stat(const char *path, struct stat64 *about) { return stat64(path, about); }
int shim_fstat(int file, struct stat64 *about) __asm__("fstat");
int shim_fstat(int file, struct stat64 *about) { return fstat64(file, about); }
#endif
