/* Parses one buffer with a deadline. The buffer is read as if a newline followed it: some scanners never end without. */
#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include <tree_sitter/api.h>

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

static uint64_t now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

static bool past_deadline(TSParseState *state) { return now() > *(const uint64_t *)state->payload; }

/* Returns NULL when the deadline passed (or the parser has no language); the parser is ready for the next text. */
TSTree *xc_parse(TSParser *parser, const char *text, uint32_t length, uint64_t limit_nanoseconds) {
  xc_text source = {text, length};
  uint64_t deadline = now() + limit_nanoseconds;
  TSInput input = {.payload = &source, .read = read_text, .encoding = TSInputEncodingUTF8};
  TSParseOptions options = {.payload = &deadline, .progress_callback = past_deadline};
  TSTree *tree = ts_parser_parse_with_options(parser, NULL, input, options);
  if (!tree) ts_parser_reset(parser);
  return tree;
}
