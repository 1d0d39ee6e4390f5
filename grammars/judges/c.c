@@common
static void xcoder_write(const char* text, size_t length) { while (length > 0) { ssize_t n = write(1, text, length); if (n <= 0) _exit(5); text += n; length -= (size_t)n; } }
static char xcoder_out[1 << 16];
static int xcoder_at;
static void xcoder_put(const char* text) { xcoder_at += snprintf(xcoder_out + xcoder_at, sizeof xcoder_out - (size_t)xcoder_at, "%s", text); if (xcoder_at > (int)sizeof xcoder_out - 100) _exit(9); }
static void xcoder_end(void) { fflush(stdout); xcoder_write("\n{secret} ", sizeof "\n{secret} " - 1); xcoder_write(xcoder_out, (size_t)xcoder_at); xcoder_write("\n", 1); xcoder_at = 0; }
static void xcoder_show_bool(_Bool v) { xcoder_put(v ? "t" : "f"); }
static void xcoder_show_char(char v) { char b[32]; snprintf(b, sizeof b, "c%d;", v); xcoder_put(b); }
static void xcoder_show_int(long long v) { char b[32]; snprintf(b, sizeof b, "i%lld;", v); xcoder_put(b); }
static void xcoder_show_uint(unsigned long long v) { char b[32]; snprintf(b, sizeof b, "i%llu;", v); xcoder_put(b); }
static void xcoder_show_real(double v) { char b[64]; if (isnan(v)) xcoder_put("dNaN;"); else if (isinf(v)) xcoder_put(v > 0 ? "dInfinity;" : "d-Infinity;"); else { snprintf(b, sizeof b, "d%.17g;", v); xcoder_put(b); } }
static void xcoder_show_text(const char* v) { char b[4]; if (!v) { xcoder_put("n"); return; } xcoder_put("s"); for (; *v; v++) { snprintf(b, sizeof b, "%02x", (unsigned char)*v); xcoder_put(b); } xcoder_put(";"); }
#define XCODER_SHOW(x) _Generic((x), _Bool: xcoder_show_bool, char: xcoder_show_char, signed char: xcoder_show_int, unsigned char: xcoder_show_uint, short: xcoder_show_int, int: xcoder_show_int, long: xcoder_show_int, long long: xcoder_show_int, unsigned short: xcoder_show_uint, unsigned: xcoder_show_uint, unsigned long: xcoder_show_uint, unsigned long long: xcoder_show_uint, float: xcoder_show_real, double: xcoder_show_real, const char*: xcoder_show_text)(x)
static char xcoder_in[1 << 20];
static const char* xcoder_from;
static int xcoder_next(void) {
    size_t n = 0;
    for (char c; n < sizeof xcoder_in - 1;) { if (read(9, &c, 1) != 1) return 0; if (c == '\n') break; xcoder_in[n++] = c; }
    xcoder_in[n] = 0;
    return 1;
}
static const char* xcoder_digits(void) { const char* from = ++xcoder_from; while (*xcoder_from && *xcoder_from != ';') xcoder_from++; if (*xcoder_from) xcoder_from++; return from; }
static _Bool xcoder_read_bool(void) { return *xcoder_from++ == 't'; }
static long long xcoder_read_int(void) { return strtoll(xcoder_digits(), 0, 10); }
static unsigned long long xcoder_read_uint(void) { return strtoull(xcoder_digits(), 0, 10); }
static double xcoder_read_real(void) { return strtod(xcoder_digits(), 0); }
static char* xcoder_read_text(void) {
    if (*xcoder_from == 'n') { xcoder_from++; return 0; }
    const char* from = xcoder_digits();
    size_t n = (size_t)(xcoder_from - from - 1) / 2;
    char* text = malloc(n + 1);
    for (size_t i = 0; i < n; i++) { unsigned v; sscanf(from + 2 * i, "%2x", &v); text[i] = (char)v; }
    text[n] = 0;
    return text;
}
#define XCODER_READ(t) _Generic((t){0}, _Bool: xcoder_read_bool, char: xcoder_read_int, signed char: xcoder_read_int, unsigned char: xcoder_read_uint, short: xcoder_read_int, int: xcoder_read_int, long: xcoder_read_int, long long: xcoder_read_int, unsigned short: xcoder_read_uint, unsigned: xcoder_read_uint, unsigned long: xcoder_read_uint, unsigned long long: xcoder_read_uint, float: xcoder_read_real, double: xcoder_read_real, char*: xcoder_read_text, const char*: xcoder_read_text)()

@@answer
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
{code}
#undef main
{common}
#define XCODER_RESULT(x) do { __auto_type xcoder_result = (x); _Generic(xcoder_result, char*: xcoder_show_text((const char*)(uintptr_t)xcoder_result), default: XCODER_SHOW(_Generic(xcoder_result, char*: (const char*)0, default: xcoder_result))); } while (0)

int main(void) {
    while (xcoder_next()) {
        char* index = strtok(xcoder_in, " ");
        char* key = strtok(0, " ");
        xcoder_from = strtok(0, " ");
        xcoder_digits();
        xcoder_put("= ");
        xcoder_put(index);
        xcoder_put(" ");
{entries}
        xcoder_put(" n");
        xcoder_end();
    }
    return 0;
}

@@judge
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#undef main
{common}
static void xcoder_begin(const char* key, int count) { char b[32]; xcoder_put("? "); xcoder_put(key); snprintf(b, sizeof b, " l%d;", count); xcoder_put(b); }
static void xcoder_ask(void) {
    xcoder_end();
    if (!xcoder_next()) _exit(4);
    if (xcoder_in[0] == '!') { fputs("the call failed\n", stderr); _exit(6); }
    xcoder_from = xcoder_in + 2;
}
{stubs}
{tests}
int main(void) {
    run_tests();
    xcoder_put("$");
    xcoder_end();
    return 0;
}
