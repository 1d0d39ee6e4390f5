/*
 * A limit on the processor time of the calling thread that is looked at every so many operations of a parser. In error
 * recovery one operation may copy a stack of any depth, so the time that operations took says when to look next.
 */
#include <stdbool.h>
#include <stdint.h>

/* parse.c: nanoseconds of processor time that the calling thread has used. */
extern uint64_t xc_thread_time(void);

/* Operations between two looks at most; and nanoseconds, after which a look came late. */
enum { MOST_OPERATIONS = 100, LATE = 1000000 };

typedef struct {
  uint64_t end, last;
  uint32_t operations; /* until the next look */
} xc_deadline;

static inline xc_deadline xc_deadline_after(uint64_t nanoseconds) {
  uint64_t now = xc_thread_time();
  return (xc_deadline){now + nanoseconds, now, 1};
}

/* Whether the time is over; if not, sets after how many operations to look again. */
static inline bool xc_deadline_is_over(xc_deadline *deadline) {
  uint64_t now = xc_thread_time();
  if (now > deadline->end) return true;
  uint32_t more = deadline->operations * 2;
  deadline->operations = now - deadline->last > LATE ? 1 : more < MOST_OPERATIONS ? more : MOST_OPERATIONS;
  deadline->last = now;
  return false;
}
