/* Included before every grammar source. Swift's scanner writes to the result of calloc(0, n): give it room. */
#ifndef XCODER_SCANNER_GUARD_H
#define XCODER_SCANNER_GUARD_H
#include <stdlib.h>
static inline void *xcoder_calloc(size_t count, size_t size) {
  return calloc(count ? count : 1, size ? size : 1);
}
#define calloc(count, size) xcoder_calloc((count), (size))
#endif
