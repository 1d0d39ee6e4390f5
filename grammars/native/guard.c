/*
 * Survives a native parser that kills the process: the handler marks the thread's slot in the journal and starts
 * the same command again in the same process; the new run quarantines the marked file and goes on. Everything the
 * handler calls is async-signal-safe.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

#define NEAR 0x10000

static __thread volatile int32_t *slot;

/* Where the stack of a thread ends that runs managed code under guard; NULL while it runs native code. */
static __thread char *stack_end;

/* Whether the calling thread is in a parser, which managed code under guard may call. */
__thread volatile int xc_guard_native;
static char *program;
static volatile sig_atomic_t exit_code;
static char **arguments;
static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT};
static struct sigaction before[sizeof fatal / sizeof *fatal];

/* Replaces the process by a new run of the same command, or ends it once that was asked for. Returns only on failure. */
void xc_guard_restart(void) {
  if (exit_code) _exit(exit_code);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
  if (program) execve(program, arguments, environ);
}

static void on_fatal(int signal, siginfo_t *info, void *context) {
  /* The runtime makes exceptions of faults in managed code; of a stack that overflows it cannot. */
  char *at = info ? (char *)info->si_addr : NULL;
  int is_managed = stack_end != NULL && !xc_guard_native;
  int has_overflown = signal == SIGSEGV && at > stack_end - NEAR && at < stack_end + NEAR;
  if (slot && (!is_managed || has_overflown)) {
    *slot = 2;
    slot = NULL;
    xc_guard_restart();
  }
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
    if (fatal[i] != signal) continue;
    /* Not inside a parser: whoever handled it before handles it (the runtime turns some into exceptions). */
    if (before[i].sa_flags & SA_SIGINFO) {
      before[i].sa_sigaction(signal, info, context);
    } else if (before[i].sa_handler == SIG_DFL) {
      sigaction(signal, &before[i], NULL);
      raise(signal);
    } else if (before[i].sa_handler != SIG_IGN) {
      before[i].sa_handler(signal);
    }
    return;
  }
}

/* argument_list is a NULL-terminated list that lives as long as the process. */
int xc_guard_install(char *path, char **argument_list) {
  program = path;
  arguments = argument_list;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = on_fatal;
  action.sa_flags = SA_SIGINFO | SA_ONSTACK;
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++) {
    if (sigaction(fatal[i], &action, &before[i]) != 0) return 0;
  }
  return 1;
}

/* From now on the process ends with this code instead of starting again: the user has interrupted it. */
void xc_guard_stop(int code) { exit_code = code; }

/* The calling thread enters (state of its slot) or leaves (NULL) native parsing. */
void xc_guard_enter(int32_t *state) {
  stack_end = NULL;
  slot = state;
}

/* The same of managed code, of which only a stack overflow ends the process. */
void xc_guard_enter_managed(int32_t *state) {
  slot = NULL;
#ifdef __linux__
  pthread_attr_t attributes;
  void *end;
  size_t size;
  if (state && pthread_getattr_np(pthread_self(), &attributes) == 0) {
    if (pthread_attr_getstack(&attributes, &end, &size) == 0) {
      stack_end = end;
      slot = state;
    }
    pthread_attr_destroy(&attributes);
  }
#else
  (void)state;
#endif
}
