/*
 * tree-sitter's core as one unit, and a parse that only asks where a text stops being code. An ordinary parse recovers
 * from an error in many ways at once, which takes longer than all the rest; this one ends there. What it must know, the
 * stack of the parser, is private to the core.
 *
 * The core is included as its lib.c does, but for one function that the parser calls at the end of a text.
 */
#include "alloc.c"
#include "get_changed_ranges.c"
#include "language.c"
#include "lexer.c"
#include "node.c"
#define ts_stack_pop_all xc_stack_pop_some
#include "parser.c"
#undef ts_stack_pop_all
#include "query.c"
#include "stack.c"
#include "subtree.c"
#include "tree_cursor.c"
#include "tree.c"
#include "wasm_store.c"
#include <time.h>
#include "deadline.h"

/* guard.c */
extern __thread volatile int xc_guard_native;

enum { NO_ERROR = -1, NO_TIME = -2 };

typedef struct {
  TSParser *parser;
  const char *text;
  uint32_t length;
  uint32_t operations, next_look;
  xc_deadline deadline;
  int64_t found;
  uint32_t accepted;
} xc_search;

/* Subtrees on the ways through a stack that are looked at, at 8 bytes each. */
enum { MOST_SUBTREES = 8 << 20 };

static StackAction pop_some(void *payload, const StackIterator *iterator) {
  uint64_t *count = payload;
  if (*count > MOST_SUBTREES) return StackActionStop;
  if (iterator->node->link_count > 0) return StackActionNone;
  *count += iterator->subtrees.size;
  return StackActionPop;
}

/*
 * As ts_stack_pop_all, the trees that a text may be, of which the parser takes the one with the fewest errors. Where the
 * parser recovered thousands of times, there are thousands, each as long as the text: 11 GB for 20,000 characters of C.
 */
StackSliceArray xc_stack_pop_some(Stack *self, StackVersion version) {
  uint64_t count = 0;
  return stack__iter(self, version, pop_some, &count, 0);
}

/* Sets after how many operations, 1 to 100, the parser calls back next. */
void xc_call_back_after(TSParser *parser, uint32_t operations) {
  parser->operation_count = OP_COUNT_PER_PARSER_TIMEOUT_CHECK - operations;
}

static bool has_error(const StackNode *node) {
  return node->error_cost > 0 || (node->state == ERROR_STATE && node->link_count > 0 && !node->links[0].subtree.ptr);
}

static bool at_error(TSParseState *state) {
  xc_search *search = state->payload;
  TSParser *parser = search->parser;

  xc_call_back_after(parser, 1);
  if (++search->operations >= search->next_look) {
    if (xc_deadline_is_over(&search->deadline)) {
      search->found = NO_TIME;
      return true;
    }
    search->next_look = search->operations + search->deadline.operations;
  }
  if (parser->finished_tree.ptr && ts_subtree_error_cost(parser->finished_tree) == 0) return false;

  /* To recover, the parser may give up much of what it has accepted, so how far it came is noted on the way. */
  bool failed = parser->stack->heads.size > 0;
  for (uint32_t i = 0; i < parser->stack->heads.size; i++) {
    const StackHead *head = &parser->stack->heads.contents[i];
    if (head->status == StackStatusHalted || has_error(head->node)) continue;
    failed = false;
    if (head->node->position.bytes > search->accepted) search->accepted = head->node->position.bytes;
  }
  if (failed) search->found = search->accepted;
  return failed;
}

static const char *read_search(void *payload, uint32_t offset, TSPoint position, uint32_t *bytes) {
  (void)position;
  xc_search *search = payload;
  if (search->operations == 0) xc_call_back_after(search->parser, 1);
  if (offset < search->length) {
    *bytes = search->length - offset;
    return search->text + offset;
  }
  *bytes = offset == search->length ? 1 : 0;
  return "\n";
}

enum { LONG_BLANKS = 512, MOST_RANGES = 256 };

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

/*
 * The ranges of a text that hold more than blanks: most of a text may be hidden, and the parser reads each blank on its
 * own. A line end stays on either side of a gap. Returns their number.
 */
static uint32_t visible_ranges(const char *text, uint32_t length, uint32_t start, uint32_t end, TSRange *ranges) {
  const TSPoint nowhere = {UINT32_MAX, UINT32_MAX};
  uint32_t count = 0;
  for (uint32_t at = start; at < end && count < MOST_RANGES - 1;) {
    if (!is_blank(text[at])) {
      at++;
      continue;
    }
    uint32_t first = at, first_line = 0, last_line = 0;
    for (; at < end && is_blank(text[at]); at++) {
      if (text[at] == '\n') {
        first_line = first_line ? first_line : at + 1;
        last_line = at;
      }
    }
    if (at - first >= LONG_BLANKS && first_line && last_line > first_line && at < end) {
      ranges[count++] = (TSRange){.start_byte = start, .end_byte = first_line, .end_point = nowhere};
      start = last_line;
    }
  }
  ranges[count++] = (TSRange){.start_byte = start, .end_byte = end < length ? end : UINT32_MAX, .end_point = nowhere};
  return count;
}

/*
 * The offset of the first error in the bytes from start to end: the end of the last token that code can begin with, or
 * end if only its end is wrong. NO_ERROR if there is none, NO_TIME if the limit was reached.
 */
int64_t xc_first_error(TSParser *parser, const char *text, uint32_t length, uint32_t start, uint32_t end,
                       uint64_t limit_nanoseconds) {
  xc_search search = {parser, text, length, 0, 0, xc_deadline_after(limit_nanoseconds), NO_ERROR, start};
  TSRange ranges[MOST_RANGES];
  uint32_t count = visible_ranges(text, length, start, end, ranges);
  TSInput input = {.payload = &search, .read = read_search, .encoding = TSInputEncodingUTF8};
  TSParseOptions options = {.payload = &search, .progress_callback = at_error};
  ts_parser_set_included_ranges(parser, ranges, count);
  xc_guard_native = 1;
  TSTree *tree = ts_parser_parse_with_options(parser, NULL, input, options);
  xc_guard_native = 0;
  ts_parser_set_included_ranges(parser, NULL, 0);
  if (!tree) {
    ts_parser_reset(parser);
    return search.found < 0 ? NO_TIME : search.found < end ? search.found : end;
  }
  bool has_error = ts_node_has_error(ts_tree_root_node(tree));
  ts_tree_delete(tree);
  return has_error ? (int64_t)end : NO_ERROR;
}
