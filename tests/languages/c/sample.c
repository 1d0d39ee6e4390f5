/* A file comment: documents nothing. */

#include <stdio.h>
#include "shape.h"

#define LIMIT 10
#define SQUARE(x) ((x) * (x))

/* A point in the plane. */
struct point {
    double x, y;
    struct {
        int level;
    } inner;
};

/** A shape. */
typedef struct shape {
    struct point *points;
    size_t count : 4;
    int (*compare)(const void *, const void *);
} shape_t;

typedef struct {
    char name[16];
} anonymous_t;

union value {
    int i;
    float f;
};

enum colour { RED, GREEN = 1 << 2 };

typedef enum { OFF, ON } state_t;

struct forward;
typedef struct forward forward_t;

/* A prototype is not a snippet. */
int prototype(int x);
extern int external(const char *name, ...);

// Area of a rectangle,
// in square metres.
static inline double area(double width, double height)
{
    return width * height + 0x1F + 1e-3f + 'a' + '\n';
}

int main(int argc, char **argv) {
    struct point p = { .x = 1.0, .y = 2.0 };
    if (argc > 1 && argv[1] != NULL)
        goto done;
    for (int i = 0; i < LIMIT; i++) {
        printf("%d\t" "%s\n", i, argv[0]);
    }
done:
    return sizeof(p) == 0;
}

char *duplicate(const char *text) {
    return (char *)text;
}

char **split(char *text, int *count) { *count = 0; return 0; }

void (*handler(int signal))(int)
{
    return 0;
}

int (bracketed)(void) { return 1; }

__attribute__((noinline)) static unsigned long long attributed(void) {
    return 0ULL;
}

int old_style(a, b)
    int a;
    char *b;
{
    return a + b[0];
}

#ifdef WINDOWS
static void platform(void) { }
#else
static void platform(void) { return; }
#endif

int broken(int x) {
    return x +;
}

int after(int x) {
    return x;
}
