#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
{code}
#undef main

static void xcoder_line(const char* text) { fflush(stdout); static char all[70000]; int n = snprintf(all, sizeof all, "\n{secret} %s\n", text); (void)!write(1, all, n < (int)sizeof all ? n : (int)sizeof all - 1); }
static char xcoder_out[60000];
static int xcoder_at;
static void xcoder_put(const char* text) { xcoder_at += snprintf(xcoder_out + xcoder_at, sizeof xcoder_out - xcoder_at, "%s", text); if (xcoder_at > (int)sizeof xcoder_out - 100) _exit(9); }
static void xcoder_int(long long v) { char b[32]; snprintf(b, sizeof b, "%lld", v); xcoder_put(b); }
static void xcoder_uint(unsigned long long v) { char b[32]; snprintf(b, sizeof b, "%llu", v); xcoder_put(b); }
static void xcoder_bool(_Bool v) { xcoder_put(v ? "true" : "false"); }
static void xcoder_char(int v) { char b[32]; snprintf(b, sizeof b, "'%d", v); xcoder_put(b); }
static void xcoder_real(double v) { char b[64]; if (isnan(v)) xcoder_put("NaN"); else if (isinf(v)) xcoder_put(v > 0 ? "Infinity" : "-Infinity"); else { snprintf(b, sizeof b, "%.17g", v); xcoder_put(b); } }
static void xcoder_text(const char* v) { char b[8]; if (!v) { xcoder_put("null"); return; } xcoder_put("\""); for (; *v; v++) { unsigned char c = (unsigned char)*v; if (c == '"' || c == '\\') snprintf(b, sizeof b, "\\%c", c); else if (c < 32 || c > 126) snprintf(b, sizeof b, "\\x%02x", c); else snprintf(b, sizeof b, "%c", c); xcoder_put(b); } xcoder_put("\""); }
static void xcoder_none(const void* v) { (void)v; if (!v) { xcoder_put("null"); return; } kill(getpid(), SIGUSR1); }
#define XCODER_SHOW(x) _Generic((x), _Bool: xcoder_bool, char: xcoder_char, signed char: xcoder_int, unsigned char: xcoder_char, short: xcoder_int, int: xcoder_int, long: xcoder_int, long long: xcoder_int, unsigned short: xcoder_uint, unsigned: xcoder_uint, unsigned long: xcoder_uint, unsigned long long: xcoder_uint, float: xcoder_real, double: xcoder_real, long double: xcoder_real, char*: xcoder_text, const char*: xcoder_text, default: xcoder_none)(x)
#define XCODER_LIST(a, n) do { xcoder_put("["); for (int xcoder_i = 0; xcoder_i < (n); xcoder_i++) { if (xcoder_i) xcoder_put(","); XCODER_SHOW((a)[xcoder_i]); } xcoder_put("]"); } while (0)
static int xcoder_begin(int index) {
    const char* from = getenv("XCODER_FROM");
    char b[32];
    if (from && index < atoi(from)) return 0;
    snprintf(b, sizeof b, "@ %d", index);
    xcoder_line(b);
    pid_t child = fork();
    if (child == 0) { alarm(2); xcoder_at = 0; snprintf(b, sizeof b, "= %d ", index); xcoder_put(b); return 1; }
    int status = 0;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) { if (WTERMSIG(status) == SIGALRM) xcoder_line("~ 124"); else { snprintf(b, sizeof b, "! %d %s %d", index, WTERMSIG(status) == SIGUSR1 ? "unprintable" : "signal", WTERMSIG(status)); xcoder_line(b); } }
    return 0;
}
static void xcoder_end(void) { xcoder_line(xcoder_out); _exit(0); }

int main(void) {
{calls}
    xcoder_line("$");
    return 0;
}
