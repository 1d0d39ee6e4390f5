@@common
#define XCODER_MOST (1 << 20)
static void xcoder_write(const char* text, size_t length) { while (length > 0) { ssize_t n = write(1, text, length); if (n <= 0) _exit(5); text += n; length -= (size_t)n; } }
static char xcoder_out[XCODER_MOST];
static size_t xcoder_at;
static void xcoder_end(void) { fflush(stdout); xcoder_write("\n{secret} ", sizeof "\n{secret} " - 1); xcoder_write(xcoder_out, xcoder_at); xcoder_write("\n", 1); xcoder_at = 0; }
static void xcoder_put(const char* text);
static void xcoder_refuse(const char* reason) { xcoder_at = 0; xcoder_put("# "); xcoder_put(reason); xcoder_end(); _exit(3); }
static void xcoder_put(const char* text) {
    size_t n = strlen(text);
    if (xcoder_at + n > sizeof xcoder_out - 100) xcoder_refuse("a value is too long");
    memcpy(xcoder_out + xcoder_at, text, n);
    xcoder_at += n;
}
static void xcoder_show_bool(_Bool v) { xcoder_put(v ? "t" : "f"); }
static void xcoder_show_char(char v) { char b[32]; snprintf(b, sizeof b, "c%d;", v); xcoder_put(b); }
static void xcoder_show_int(long long v) { char b[32]; snprintf(b, sizeof b, "i%lld;", v); xcoder_put(b); }
static void xcoder_show_uint(unsigned long long v) { char b[32]; snprintf(b, sizeof b, "i%llu;", v); xcoder_put(b); }
static void xcoder_show_real(double v) { char b[64]; if (isnan(v)) xcoder_put("dNaN;"); else if (isinf(v)) xcoder_put(v > 0 ? "dInfinity;" : "d-Infinity;"); else { snprintf(b, sizeof b, "d%.17g;", v); xcoder_put(b); } }
static void xcoder_show_bytes(char tag, const void* from, size_t n) {
    const unsigned char* v = from;
    char b[4] = { tag };
    xcoder_put(b);
    for (; n > 0; n--) { snprintf(b, sizeof b, "%02x", *v++); xcoder_put(b); }
    xcoder_put(";");
}
static void xcoder_show_text(const char* v) { if (!v) xcoder_put("n"); else xcoder_show_bytes('s', v, strlen(v)); }
#define XCODER_SHOW(x) _Generic((x), _Bool: xcoder_show_bool, char: xcoder_show_char, signed char: xcoder_show_int, unsigned char: xcoder_show_uint, short: xcoder_show_int, int: xcoder_show_int, long: xcoder_show_int, long long: xcoder_show_int, unsigned short: xcoder_show_uint, unsigned: xcoder_show_uint, unsigned long: xcoder_show_uint, unsigned long long: xcoder_show_uint, float: xcoder_show_real, double: xcoder_show_real)(x)
static char xcoder_in[XCODER_MOST + 100];
static const char* xcoder_from;
static int xcoder_next(void) {
    static char held[1 << 14];
    static ssize_t at, end;
    size_t n = 0;
    for (;;) {
        if (at == end) { at = 0; end = read(9, held, sizeof held); if (end <= 0) { end = 0; return 0; } }
        if (held[at++] == '\n') break;
        if (n < sizeof xcoder_in - 1) xcoder_in[n++] = held[at - 1];
    }
    xcoder_in[n] = 0;
    return 1;
}
static const char* xcoder_digits(void) { const char* from = ++xcoder_from; while (*xcoder_from && *xcoder_from != ';') xcoder_from++; if (*xcoder_from) xcoder_from++; return from; }
static _Bool xcoder_read_bool(void) { return *xcoder_from++ == 't'; }
static long long xcoder_read_int(void) { return strtoll(xcoder_digits(), 0, 10); }
static unsigned long long xcoder_read_uint(void) { return strtoull(xcoder_digits(), 0, 10); }
static double xcoder_read_real(void) { return strtod(xcoder_digits(), 0); }
/* Bytes of a text, which a 0 follows that is not counted. */
static char* xcoder_read_bytes(size_t* n) {
    const char* from = xcoder_digits();
    char* text = malloc((*n = (size_t)(xcoder_from - from - 1) / 2) + 1);
    for (size_t i = 0; i < *n; i++) { unsigned v = 0; sscanf(from + 2 * i, "%2x", &v); text[i] = (char)v; }
    text[*n] = 0;
    return text;
}
static char* xcoder_read_text(void) { size_t n; if (*xcoder_from != 'n') return xcoder_read_bytes(&n); xcoder_from++; return 0; }
static void* xcoder_read_pointer(void) { if (*xcoder_from == 'n') xcoder_from++; else xcoder_digits(); return 0; }
#define XCODER_TEXTS(t) char*: t, const char*: t
#define XCODER_POINTERS(t, ...) XCODER_POINTER(_Bool, t), XCODER_POINTER(signed char, t), XCODER_POINTER(unsigned char, t), XCODER_POINTER(short, t), XCODER_POINTER(int, t), XCODER_POINTER(long, t), XCODER_POINTER(long long, t), XCODER_POINTER(unsigned short, t), XCODER_POINTER(unsigned, t), XCODER_POINTER(unsigned long, t), XCODER_POINTER(unsigned long long, t), XCODER_POINTER(float, t), XCODER_POINTER(double, t)
#define XCODER_POINTER(of, t) of*: t, const of*: t
#define XCODER_READ(t) _Generic((t){0}, _Bool: xcoder_read_bool, char: xcoder_read_int, signed char: xcoder_read_int, unsigned char: xcoder_read_uint, short: xcoder_read_int, int: xcoder_read_int, long: xcoder_read_int, long long: xcoder_read_int, unsigned short: xcoder_read_uint, unsigned: xcoder_read_uint, unsigned long: xcoder_read_uint, unsigned long long: xcoder_read_uint, float: xcoder_read_real, double: xcoder_read_real)()

/*
 * Arrays of a call: where they are, how many items of how many bytes they have room for, how many of those cross, what an item is:
 * t bool, c and b characters and bytes, i and u whole numbers, d reals. What is behind those that cross is room to write: the answer
 * finds a pattern there, and what crosses back goes to the last item that is not the pattern's any more.
 */
static struct xcoder_array { char* at; size_t count, shown, size; char kind; _Bool isConst; char* before; } xcoder_arrays[32];
static int xcoder_count;
#define XCODER_KIND(p) _Generic((p)[0], _Bool: 't', char: 'c', signed char: 'b', unsigned char: 'b', short: 'i', int: 'i', long: 'i', long long: 'i', unsigned short: 'u', unsigned: 'u', unsigned long: 'u', unsigned long long: 'u', float: 'd', double: 'd')
#define XCODER_CONST(p) _Generic((p), const _Bool*: 1, const char*: 1, const signed char*: 1, const unsigned char*: 1, const short*: 1, const int*: 1, const long*: 1, const long long*: 1, const unsigned short*: 1, const unsigned*: 1, const unsigned long*: 1, const unsigned long long*: 1, const float*: 1, const double*: 1, default: 0)
static void xcoder_add(const void* at, size_t count, size_t shown, size_t size, char kind, _Bool isConst) {
    if (xcoder_count == (int)(sizeof xcoder_arrays / sizeof *xcoder_arrays)) xcoder_refuse("a call takes too many arrays");
    xcoder_arrays[xcoder_count++] = (struct xcoder_array){ (char*)(uintptr_t)at, count, shown, size, kind, isConst, 0 };
}
static double xcoder_real(const void* at, size_t size) { double d; float f; if (size == sizeof d) { memcpy(&d, at, size); return d; } memcpy(&f, at, size); return f; }
static unsigned long long xcoder_whole(const void* at, size_t size, _Bool isSigned) {
    unsigned long long v = 0;
    memcpy(&v, at, size);
    return isSigned && size < sizeof v && v >> (8 * size - 1) ? v | ~0ULL << (8 * size) : v;
}
/* What is in memory that nobody has set yet is no number that tests have asked for. */
static double xcoder_given(const struct xcoder_array* a, double v) { return XCODER_GIVES || a->isConst || isfinite(v) ? v : 0; }
static void xcoder_show_items(const struct xcoder_array* a, size_t count) {
    char b[32];
    if (!a->at) { xcoder_put("n"); return; }
    if (a->kind == 'c' || a->kind == 'b') { xcoder_show_bytes('b', a->at, count); return; }
    snprintf(b, sizeof b, "l%zu;", count);
    xcoder_put(b);
    for (size_t i = 0; i < count; i++) {
        const char* item = a->at + i * a->size;
        if (a->kind == 't') xcoder_put(*item ? "t" : "f");
        else if (a->kind == 'd') xcoder_show_real(xcoder_given(a, xcoder_real(item, a->size)));
        else if (a->kind == 'i') xcoder_show_int((long long)xcoder_whole(item, a->size, 1));
        else xcoder_show_uint(xcoder_whole(item, a->size, 0));
    }
}
/* Takes a list or bytes into an array: at most as many as it holds, and of those that had crossed, only what is another than before. */
static void xcoder_fill_array(struct xcoder_array* a, const char* before) {
    if (*xcoder_from == 'n') { xcoder_from++; return; }
    if (*xcoder_from == 'b') {
        size_t n;
        char* bytes = xcoder_read_bytes(&n);
        for (size_t i = 0; i < n && i < a->count; i++) if (!before || i >= a->shown || bytes[i] != before[i]) a->at[i] = bytes[i];
        free(bytes);
        return;
    }
    size_t n = strtoull(xcoder_digits(), 0, 10);
    for (size_t i = 0; i < n; i++) {
        char item[sizeof(double)] = { 0 };
        const char* was = before && i < a->shown ? before + i * a->size : 0;
        _Bool isNew = 1;
        if (a->kind == 't') { item[0] = xcoder_read_bool(); isNew = !was || item[0] != !!*was; }
        else if (a->kind == 'd') {
            double d = xcoder_read_real();
            float f = (float)d;
            isNew = !was || !(d == xcoder_given(a, xcoder_real(was, a->size)));
            memcpy(item, a->size == sizeof d ? (const void*)&d : &f, a->size);
        }
        else {
            unsigned long long v = a->kind == 'i' ? (unsigned long long)xcoder_read_int() : xcoder_read_uint();
            memcpy(item, &v, a->size);
        }
        if (i < a->count && isNew) memcpy(a->at + i * a->size, item, a->size);
    }
}

@@answer
#include <ctype.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
{code}
#undef main
#define XCODER_GIVES 1
{common}
static char xcoder_pattern(size_t at) { return (char)(at * 31 % 127 + 1); }
static void* xcoder_take(size_t size, char kind, _Bool isConst) {
    _Bool hasRoom = *xcoder_from == 'u';
    if (*xcoder_from == 'n') { xcoder_from++; xcoder_add(0, 0, 0, size, kind, isConst); return 0; }
    if (hasRoom) xcoder_digits();
    size_t n, room;
    const char* items = xcoder_from;
    if (*items == 'b') { free(xcoder_read_bytes(&n)); }
    else { n = strtoull(items + 1, 0, 10); for (xcoder_digits(), room = 0; room < n; room++) if (kind == 't') xcoder_from++; else xcoder_digits(); }
    room = hasRoom ? xcoder_read_uint() : n;
    const char* behind = xcoder_from;
    char* at = malloc(room * size + 1);
    if (!at) _exit(7);
    for (size_t i = 0; i < room * size; i++) at[i] = xcoder_pattern(i);
    at[room * size] = 0;
    xcoder_add(at, room, n, size, kind, isConst);
    xcoder_from = items;
    xcoder_fill_array(&xcoder_arrays[xcoder_count - 1], 0);
    xcoder_from = behind;
    return at;
}
static void xcoder_show_back(const struct xcoder_array* a) {
    size_t last = a->isConst ? 0 : a->count * a->size;
    while (last > a->shown * a->size && a->at[last - 1] == xcoder_pattern(last - 1)) last--;
    if (a->isConst) xcoder_put("n"); else xcoder_show_items(a, (last + a->size - 1) / a->size);
}
#define XCODER_TAKE(type) xcoder_take(sizeof(type), XCODER_KIND((type*)0), XCODER_CONST((type*)0))
static int xcoder_same;
static size_t xcoder_offset;
static void xcoder_find(const void* v) {
    xcoder_same = 0;
    for (int i = 0; i < xcoder_count && v; i++) {
        const struct xcoder_array* a = &xcoder_arrays[i];
        if (a->at && (const char*)v >= a->at && (const char*)v <= a->at + a->count * a->size) { xcoder_same = i + 1; xcoder_offset = (size_t)((const char*)v - a->at); return; }
    }
}
static void xcoder_give_text(const char* v) { xcoder_find(v); xcoder_show_text(v); }
static void xcoder_give_pointer(const void* v) {
    xcoder_find(v);
    if (!v) xcoder_put("n");
    else if (xcoder_same) xcoder_show_uint(xcoder_offset / xcoder_arrays[xcoder_same - 1].size);
    else xcoder_refuse("the answer gives a pointer");
}
#define XCODER_RESULT(x) do { __auto_type xcoder_result = (x); _Generic(xcoder_result, XCODER_TEXTS(xcoder_give_text), XCODER_POINTERS(xcoder_give_pointer), _Bool: xcoder_show_bool, char: xcoder_show_char, signed char: xcoder_show_int, unsigned char: xcoder_show_uint, short: xcoder_show_int, int: xcoder_show_int, long: xcoder_show_int, long long: xcoder_show_int, unsigned short: xcoder_show_uint, unsigned: xcoder_show_uint, unsigned long: xcoder_show_uint, unsigned long long: xcoder_show_uint, float: xcoder_show_real, double: xcoder_show_real)(xcoder_result); } while (0)

int main(void) {
    while (xcoder_next()) {
        char* index = strtok(xcoder_in, " ");
        char* key = strtok(0, " ");
        char b[64];
        xcoder_from = strtok(0, " ");
        xcoder_digits();
        xcoder_count = xcoder_same = 0;
        xcoder_put("= ");
        xcoder_put(index);
        xcoder_put(" ");
{entries}
        snprintf(b, sizeof b, " l%d;", xcoder_count + 1);
        xcoder_put(b);
        for (int i = 0; i < xcoder_count; i++) xcoder_show_back(&xcoder_arrays[i]);
        snprintf(b, sizeof b, "u2;i%d;i%zu;", xcoder_same, xcoder_offset);
        xcoder_put(xcoder_same ? b : "n");
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
#include <time.h>
#include <unistd.h>
#undef main
#define XCODER_GIVES 0
{common}
#if __has_builtin(__builtin_dynamic_object_size)
#define XCODER_ROOM(p) __builtin_dynamic_object_size(p, 3)
#else
#define XCODER_ROOM(p) __builtin_object_size(p, 3)
#endif
/* What libraries have, tests may mean: an answer must not stand in for it. */
extern void* dlsym(void*, const char*) __attribute__((weak));
static void xcoder_check(const char* name) { if (dlsym && dlsym(0, name)) xcoder_refuse("the answer redefines a function of the library"); }
static void xcoder_begin(const char* key, int count) { char b[32]; xcoder_count = 0; xcoder_put("? "); xcoder_put(key); snprintf(b, sizeof b, " l%d;", count); xcoder_put(b); }
/*
 * An array of tests crosses as far as its length says, which is -1 where nothing says it, a text without a length to its 0, and other
 * arrays as far as the compiler knows of them. Arrays that can be changed have the rest of what it knows as room.
 */
static void xcoder_pass(const void* at, size_t size, size_t room, long long length, char kind, _Bool isConst) {
    char b[32];
    size_t known = room / size, shown = length >= 0 ? (size_t)length : known;
    if (at && kind == 'c' && length < 0) { shown = room > 0 ? strnlen(at, known) : strlen(at); if (shown < known || room == 0) shown++; }
    else if (at && room == 0 && length < 0) xcoder_refuse("the length of an array is not known");
    size_t count = isConst || known < shown ? shown : known;
    if (count > XCODER_MOST) xcoder_refuse("a value is too long");
    if (!at) count = shown = 0;
    xcoder_add(at, count, shown, size, kind, isConst);
    struct xcoder_array* a = &xcoder_arrays[xcoder_count - 1];
    for (int i = 0; i < xcoder_count - 1; i++) {
        const struct xcoder_array* other = &xcoder_arrays[i];
        if (a->at < other->at + other->count * other->size && other->at < a->at + count * size && !(isConst && other->isConst)) xcoder_refuse("arrays of a call overlap");
    }
    if (isConst || !at) { xcoder_show_items(a, shown); return; }
    memcpy(a->before = malloc(shown * size + 1), at, shown * size);
    xcoder_put("u2;");
    xcoder_show_items(a, shown);
    snprintf(b, sizeof b, "i%zu;", count);
    xcoder_put(b);
}
#define XCODER_PASS(p, length) xcoder_pass(p, sizeof *(p), XCODER_ROOM(p), length, XCODER_KIND(p), XCODER_CONST(p))
static const char *xcoder_value;
static size_t xcoder_same, xcoder_offset;
static void xcoder_ask(void) {
    xcoder_end();
    if (!xcoder_next()) _exit(4);
    if (xcoder_in[0] == '!') { fputs("the call failed\n", stderr); _exit(6); }
    xcoder_value = xcoder_from = xcoder_in + 2;
    while (*xcoder_from && *xcoder_from != ' ') xcoder_from++;
    xcoder_from++;
    xcoder_same = 0;
    if (*xcoder_from == 'l') {
        long long items = strtoll(xcoder_digits(), 0, 10);
        for (int i = 0; i < xcoder_count && i < items; i++) {
            struct xcoder_array* a = &xcoder_arrays[i];
            if (a->isConst || !a->at) xcoder_read_pointer(); else xcoder_fill_array(a, a->before);
        }
        if (*xcoder_from == 'u') { xcoder_digits(); xcoder_same = xcoder_read_uint(); xcoder_offset = xcoder_read_uint(); if (xcoder_same < 1 || xcoder_same > (size_t)xcoder_count || xcoder_offset > xcoder_arrays[xcoder_same - 1].count * xcoder_arrays[xcoder_same - 1].size) xcoder_same = 0; }
    }
    for (int i = 0; i < xcoder_count; i++) free(xcoder_arrays[i].before);
    xcoder_from = xcoder_value;
}
static char* xcoder_get_text(void) {
    char *text = xcoder_read_text(), *same = xcoder_same ? xcoder_arrays[xcoder_same - 1].at + xcoder_offset : 0;
    size_t room = same ? xcoder_arrays[xcoder_same - 1].count - xcoder_offset : 0;
    return text && same && strlen(text) < room && !strcmp(text, same) ? same : text;
}
static void* xcoder_get_pointer(void) {
    if (*xcoder_from == 'n' || !xcoder_same) return 0;
    const struct xcoder_array* a = &xcoder_arrays[xcoder_same - 1];
    return a->at + xcoder_read_uint() * a->size;
}
#define XCODER_GET(t) _Generic((t){0}, XCODER_TEXTS(xcoder_get_text), XCODER_POINTERS(xcoder_get_pointer), _Bool: xcoder_read_bool, char: xcoder_read_int, signed char: xcoder_read_int, unsigned char: xcoder_read_uint, short: xcoder_read_int, int: xcoder_read_int, long: xcoder_read_int, long long: xcoder_read_int, unsigned short: xcoder_read_uint, unsigned: xcoder_read_uint, unsigned long: xcoder_read_uint, unsigned long long: xcoder_read_uint, float: xcoder_read_real, double: xcoder_read_real)()
{stubs}
{tests}
int main(void) {
    run_tests();
    xcoder_put("$");
    xcoder_end();
    return 0;
}
