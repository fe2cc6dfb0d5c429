/* figures: what was measured, a line each beside its budget, and what a process has cost so far. A
 * value that could not be measured is NAN. */
#ifndef HARNESS_FIGURES_H
#define HARNESS_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define NO_BUDGET 0.0

enum { SAMPLES_MOST = 64 };
struct samples {
    double values[SAMPLES_MOST];
    size_t count;
};
void samples_add(struct samples *samples, double value); /* beyond SAMPLES_MOST: left out */
double samples_median(struct samples *samples);          /* sorts them; NAN without any */

/* The value that a share of them does not exceed (0.99); sorts them; NAN without any. */
double values_share(double *values, size_t count, double part);

void figure_print_heading(void);
/* `at` says under which circumstances. False when there is no value. */
bool figure_print(const char *name, const char *at, double value, const char *unit, double budget);

/* A line of /proc/PROCESS/FILE, by the scanf format of its kilobytes ("VmHWM: %ld"), in megabytes.
 */
double process_memory(pid_t process, const char *file, const char *format);

struct process_cost {
    double switches; /* of the context, of its own accord or not, all threads */
    double cpu_ms;
};
struct process_cost process_cost(pid_t process);

#endif
