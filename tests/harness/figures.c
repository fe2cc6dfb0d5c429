#include "harness/figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void samples_add(struct samples *samples, double value)
{
    if (samples->count < SAMPLES_MOST)
        samples->values[samples->count++] = value;
}

static int compare_values(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

double samples_median(struct samples *samples)
{
    if (samples->count == 0)
        return NAN;
    qsort(samples->values, samples->count, sizeof *samples->values, compare_values);
    return samples->values[samples->count / 2];
}

double values_share(double *values, size_t count, double part)
{
    if (count == 0)
        return NAN;
    qsort(values, count, sizeof *values, compare_values);
    size_t index = (size_t)((double)count * part);
    return values[index < count ? index : count - 1];
}

void figure_print_heading(void)
{
    printf("%-34s %-10s %10s %-6s %8s\n", "figure", "at", "median", "unit", "budget");
}

bool figure_print(const char *name, const char *at, double value, const char *unit, double budget)
{
    char limit[32] = "-", number[32] = "-";
    const char *verdict = "";
    if (budget > NO_BUDGET) {
        snprintf(limit, sizeof limit, "%.*f", budget < 10 ? 1 : 0, budget);
        verdict = value <= budget ? "OK" : "OVER";
    }
    bool whole = strcmp(unit, "bytes") == 0 || strcmp(unit, "times") == 0;
    if (isnan(value))
        verdict = "not measured";
    else
        snprintf(number, sizeof number, "%.*f", whole ? 0 : 2, value);
    printf("%-34s %-10s %10s %-6s %8s  %s\n", name, at, number, unit, limit, verdict);
    fflush(stdout);
    return !isnan(value);
}
