/*
 * One pass over a syntax tree that keeps only what extraction reads: tokens, comments, errors, and the nodes the
 * query file names. A managed walk costs several calls into the library a node; this one costs one a file.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <tree_sitter/api.h>

enum { PLAIN = 0, STRING = 3, FIRST_LEAF = 1, COMMENT = 9, LAST_LEAF = 9, INTERPOLATION = 20, ERROR_EVENT = 30 };
enum { COUNTS = 1, CHILDREN_COUNT = 2, VERBATIM = 4, LONE = 8, BREAKS = 16 };
enum { IN_VERBATIM = 1, IN_BREAKS = 2 };

typedef struct {
  uint32_t start, end;
  uint16_t symbol;
  uint8_t class;  /* the symbol's class; PLAIN for a leaf no pattern names; ERROR_EVENT */
  uint8_t gap;    /* of a token: IN_VERBATIM where blanks before it are text, IN_BREAKS where line ends before it count */
  uint32_t node;  /* index into nodes for inner events, UINT32_MAX for tokens */
  uint16_t closed, opened; /* of a token: counted nodes that ended and that began since the token before it */
} xc_event;

typedef struct {
  xc_event *events;
  uint32_t event_count, event_capacity;
  TSNode *nodes;
  uint32_t node_count, node_capacity;
  uint32_t closed, opened; /* counted nodes since the last token; one that holds no token is in neither */
  uint32_t interpolation;  /* where the last interpolation of a string began: a blank at its begin is the string's */
  uint32_t verbatim;       /* verbatim nodes around the current one */
  bool breaks;             /* whether a node behind which line ends count has ended since the last token */
} xc_walker;

xc_walker *xc_walker_new(void) { return calloc(1, sizeof(xc_walker)); }

void xc_walker_delete(xc_walker *self) {
  if (!self) return;
  free(self->events);
  free(self->nodes);
  free(self);
}

static bool grow(void **array, uint32_t *capacity, size_t size) {
  uint32_t wanted = *capacity ? *capacity * 2 : 4096;
  void *grown = realloc(*array, wanted * size);
  if (!grown) return false;
  *array = grown;
  *capacity = wanted;
  return true;
}

static bool emit(xc_walker *self, uint32_t start, uint32_t end, uint16_t symbol, uint8_t class, const TSNode *node) {
  if (self->event_count == self->event_capacity &&
      !grow((void **)&self->events, &self->event_capacity, sizeof(xc_event))) return false;
  uint32_t index = UINT32_MAX;
  if (node) {
    if (self->node_count == self->node_capacity &&
        !grow((void **)&self->nodes, &self->node_capacity, sizeof(TSNode))) return false;
    index = self->node_count;
    self->nodes[self->node_count++] = *node;
  }
  xc_event *event = &self->events[self->event_count++];
  *event = (xc_event){start, end, symbol, class, 0, index, 0, 0};
  if (class <= COMMENT) {
    event->gap = (start == self->interpolation || self->verbatim > 0 ? IN_VERBATIM : 0) | (self->breaks ? IN_BREAKS : 0);
  }
  if (class < COMMENT) {
    self->breaks = false;
    event->closed = self->closed < UINT16_MAX ? self->closed : UINT16_MAX;
    event->opened = self->opened < UINT16_MAX ? self->opened : UINT16_MAX;
    self->closed = self->opened = 0;
  }
  return true;
}

static bool holds_one(TSNode node) {
  uint32_t others = 0;
  for (uint32_t i = 0, count = ts_node_child_count(node); i < count && others < 2; i++)
    others += !ts_node_is_extra(ts_node_child(node, i));
  return others == 1;
}

/*
 * Fills the walker's events in source order. classes[symbol] says what a symbol is: 1..9 a leaf taken whole
 * (3 a string: taken whole but for interpolations), 16 and above a node that is reported and entered.
 * layout[symbol], where there is a layout, says which nodes the tokens count: COUNTS those of this symbol that have
 * children, CHILDREN_COUNT the named nodes directly inside. Blanks in a node that is VERBATIM are text.
 * A node that is LONE does not count where it holds one other alone, comments apart. Line ends behind one that
 * BREAKS count.
 * Returns 0 when memory ran out.
 */
int xc_walk(xc_walker *self, const TSTree *tree, const uint8_t *classes, uint32_t class_count, const uint8_t *layout) {
  self->event_count = self->node_count = 0;
  self->closed = self->opened = self->verbatim = 0;
  self->interpolation = UINT32_MAX;
  self->breaks = false;
  TSTreeCursor cursor = ts_tree_cursor_new(ts_tree_root_node(tree));
  /* The strings around the current node: their open token's event, and whether the walk is inside an interpolation of one. */
  struct { uint32_t depth, end, event, interpolation; uint16_t symbol; bool inside; } *strings = NULL;
  uint32_t string_count = 0, string_capacity = 0, depth = 0;
  /* Of the nodes around the current one, the current one last: what the layout says of its symbol, and whether it counts. */
  struct { uint8_t layout; bool counts; } *around = NULL;
  uint32_t around_capacity = 0;
  int result = 0;

  for (;;) {
    TSNode node = ts_tree_cursor_current_node(&cursor);
    uint16_t symbol = ts_node_symbol(node);
    uint8_t class = symbol < class_count ? classes[symbol] : PLAIN;
    uint32_t start = ts_node_start_byte(node), end = ts_node_end_byte(node);
    bool in_string = string_count > 0 && !strings[string_count - 1].inside;
    bool enter = true;

    if (layout) {
      if (depth >= around_capacity && !grow((void **)&around, &around_capacity, sizeof *around)) goto done;
      /* What the parser does not understand is compared as text. */
      uint8_t of = symbol == (uint16_t)-1 ? VERBATIM : symbol < class_count ? layout[symbol] : 0;
      around[depth].layout = of;
      around[depth].counts = symbol != (uint16_t)-1 && class != COMMENT && ts_node_is_named(node) && !ts_node_is_extra(node) &&
        ((of & COUNTS && ts_node_child_count(node) > 0 && !(of & LONE && holds_one(node))) || (depth > 0 && around[depth - 1].layout & CHILDREN_COUNT));
      self->verbatim += (of & VERBATIM) != 0;
      self->opened += around[depth].counts;
    }
    if (symbol == (uint16_t)-1) {
      if (!emit(self, start, end, symbol, ERROR_EVENT, NULL)) goto done;
    } else if (in_string) {
      if (class == INTERPOLATION) {
        /* The string's token ends here, empty where nothing stands before, and goes on behind the interpolation. */
        uint32_t open = strings[string_count - 1].event;
        if (open != UINT32_MAX && self->events[open].end > start) self->events[open].end = start;
        self->interpolation = start;
        strings[string_count - 1].inside = true;
        strings[string_count - 1].interpolation = depth;
      }
    } else if (class >= FIRST_LEAF && class <= LAST_LEAF) {
      if (end > start && !emit(self, start, end, symbol, class, NULL)) goto done;
      if (class == STRING && end > start && ts_node_child_count(node) > 0) {
        if (string_count == string_capacity) {
          if (!grow((void **)&strings, &string_capacity, sizeof *strings)) goto done;
        }
        strings[string_count].depth = depth;
        strings[string_count].end = end;
        strings[string_count].event = self->event_count - 1;
        strings[string_count].symbol = symbol;
        strings[string_count++].inside = false;
      } else {
        enter = false;
      }
    } else if (class != PLAIN) {
      if (!emit(self, start, end, symbol, class, &node)) goto done;
    }

    if (enter && ts_tree_cursor_goto_first_child(&cursor)) {
      depth++;
      continue;
    }
    if (enter && class == PLAIN && !in_string && end > start && symbol != (uint16_t)-1 &&
        !emit(self, start, end, symbol, PLAIN, NULL)) goto done;
    /* An interpolation without children is a name ("$count"). */
    if (enter && class == INTERPOLATION && end > start &&
        !emit(self, start, end, symbol, FIRST_LEAF, NULL)) goto done;

    for (;;) {
      /* The node at the cursor is finished: close what it opened. */
      if (layout) {
        if (around[depth].counts) {
          if (self->opened > 0) self->opened--;
          else self->closed++;
        }
        self->verbatim -= (around[depth].layout & VERBATIM) != 0;
        self->breaks |= (around[depth].layout & BREAKS) != 0;
      }
      if (string_count > 0) {
        TSNode finished = ts_tree_cursor_current_node(&cursor);
        uint16_t finished_symbol = ts_node_symbol(finished);
        if (strings[string_count - 1].depth == depth && !strings[string_count - 1].inside) {
          string_count--;
        } else if (strings[string_count - 1].inside && strings[string_count - 1].interpolation == depth &&
                   finished_symbol < class_count && classes[finished_symbol] == INTERPOLATION) {
          uint32_t resume = ts_node_end_byte(finished);
          bool resumes = resume < strings[string_count - 1].end;
          strings[string_count - 1].inside = false;
          if (resumes && !emit(self, resume, strings[string_count - 1].end, strings[string_count - 1].symbol, STRING, NULL)) goto done;
          strings[string_count - 1].event = resumes ? self->event_count - 1 : UINT32_MAX;
        }
      }
      if (ts_tree_cursor_goto_next_sibling(&cursor)) break;
      if (!ts_tree_cursor_goto_parent(&cursor)) {
        result = 1;
        goto done;
      }
      depth--;
    }
  }

done:
  free(strings);
  free(around);
  ts_tree_cursor_delete(&cursor);
  return result;
}

const xc_event *xc_walker_events(const xc_walker *self, uint32_t *count) {
  *count = self->event_count;
  return self->events;
}

const TSNode *xc_walker_nodes(const xc_walker *self, uint32_t *count) {
  *count = self->node_count;
  return self->nodes;
}
