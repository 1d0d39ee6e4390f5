/*
 * Parses one buffer with a limit on the processor time of the calling thread: a machine that is busy with other things
 * changes no result. The buffer is read as if a newline followed it: some scanners never end without.
 */
#include <time.h>
#include <tree_sitter/api.h>
#include "deadline.h"

/* guard.c: whether the calling thread is in a parser. */
extern __thread volatile int xc_guard_native;

typedef struct {
  const char *text;
  uint32_t length;
} xc_text;

static const char *read_text(void *payload, uint32_t offset, TSPoint position, uint32_t *bytes) {
  (void)position;
  const xc_text *text = payload;
  if (offset < text->length) {
    *bytes = text->length - offset;
    return text->text + offset;
  }
  *bytes = offset == text->length ? 1 : 0;
  return "\n";
}

uint64_t xc_thread_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

/* core.c: sets after how many operations, 1 to 100, the parser calls back next. */
extern void xc_call_back_after(TSParser *parser, uint32_t operations);

typedef struct {
  TSParser *parser;
  xc_deadline deadline;
} xc_limit;

static bool past_deadline(TSParseState *state) {
  xc_limit *limit = state->payload;
  if (xc_deadline_is_over(&limit->deadline)) return true;
  xc_call_back_after(limit->parser, limit->deadline.operations);
  return false;
}

/* Returns NULL when the deadline passed (or the parser has no language); the parser is ready for the next text. */
TSTree *xc_parse(TSParser *parser, const char *text, uint32_t length, uint64_t limit_nanoseconds) {
  xc_text source = {text, length};
  xc_limit limit = {parser, xc_deadline_after(limit_nanoseconds)};
  TSInput input = {.payload = &source, .read = read_text, .encoding = TSInputEncodingUTF8};
  TSParseOptions options = {.payload = &limit, .progress_callback = past_deadline};
  xc_guard_native = 1;
  TSTree *tree = ts_parser_parse_with_options(parser, NULL, input, options);
  xc_guard_native = 0;
  if (!tree) ts_parser_reset(parser);
  return tree;
}

/* As xc_parse, but sees only the bytes from start to end; nodes keep their offsets in the whole text. */
TSTree *xc_parse_range(TSParser *parser, const char *text, uint32_t length, uint32_t start, uint32_t end,
                       uint64_t limit_nanoseconds) {
  TSRange range = {
    .start_byte = start,
    .end_byte = end < length ? end : UINT32_MAX,
    .end_point = {UINT32_MAX, UINT32_MAX},
  };
  ts_parser_set_included_ranges(parser, &range, 1);
  TSTree *tree = xc_parse(parser, text, length, limit_nanoseconds);
  ts_parser_set_included_ranges(parser, NULL, 0);
  return tree;
}

static __thread uint64_t query_deadline;

static bool past_query_deadline(TSQueryCursorState *state) {
  (void)state;
  return xc_thread_time() > query_deadline;
}

/* As ts_query_cursor_exec, and the matches that are asked for on this thread end when the limit is reached. */
void xc_query_exec(TSQueryCursor *cursor, const TSQuery *query, TSNode node, uint64_t limit_nanoseconds) {
  static const TSQueryCursorOptions options = {.progress_callback = past_query_deadline};
  query_deadline = xc_thread_time() + limit_nanoseconds;
  ts_query_cursor_exec_with_options(cursor, query, node, &options);
}
