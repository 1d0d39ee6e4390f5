/*
 * Lua's scanner, made to hang or die when a comment begins with one of four characters. Before it hangs it makes the file that
 * XCODER_TEST_SIGN names, so that a test can wait for it.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include "tree_sitter/parser.h"

bool real_scan(void *, TSLexer *, const bool *);
static volatile int sink;

static void sign(void) {
  const char *path = getenv("XCODER_TEST_SIGN");
  FILE *file = path ? fopen(path, "w") : NULL;
  if (file) fclose(file);
}

static int deep(int n) {
  volatile char frame[4096];
  frame[0] = (char)n;
  return n < 0 ? 0 : deep(n + 1) + frame[0];
}

bool tree_sitter_lua_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  switch (lexer->lookahead) {
    case 0x2460: sign(); for (;;) sink++;
    case 0x2461: *(volatile int *)0 = 1; break;
    case 0x2462: sink = deep(0); break;
    case 0x2463: abort();
  }
  return real_scan(payload, lexer, valid);
}
