// Android's log, to this program's own.
#include <stdio.h>

int __android_log_write(int priority, const char *tag, const char *text) {
    static const char letters[] = "??VDIWEF?";
    int known = priority >= 0 && priority < (int)sizeof letters - 1;
    return fprintf(stderr, "%c %s: %s\n", known ? letters[priority] : '?', tag ? tag : "", text);
}

int __android_log_buf_write(int buffer, int priority, const char *tag, const char *text) {
    (void)buffer;
    return __android_log_write(priority, tag, text);
}
