/* What a process has cost, from /proc. */
#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "harness/figures.h"

double process_memory(pid_t process, const char *file, const char *format)
{
    char path[64], line[256];
    long kb;
    double found = NAN;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)process, file);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from))
        if (sscanf(line, format, &kb) == 1)
            found = (double)kb / 1024;
    if (from)
        fclose(from);
    return found;
}

static void add_thread_cost(const char *folder, const char *thread, struct process_cost *cost)
{
    char line[256];
    long long number;
    char *path = alloc_format("%s/%s/status", folder, thread);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "voluntary_ctxt_switches: %lld", &number) == 1 ||
            sscanf(line, "nonvoluntary_ctxt_switches: %lld", &number) == 1)
            cost->switches += (double)number;
    if (file)
        fclose(file);
    free(path);
    path = alloc_format("%s/%s/schedstat", folder, thread);
    file = fopen(path, "r");
    if (file && fscanf(file, "%lld", &number) == 1)
        cost->cpu_ms += (double)number / 1e6;
    else
        cost->cpu_ms = NAN;
    if (file)
        fclose(file);
    free(path);
}

struct process_cost process_cost(pid_t process)
{
    struct process_cost cost = {0};
    char *path = alloc_format("/proc/%d/task", (int)process);
    DIR *threads = opendir(path);
    if (!threads)
        cost = (struct process_cost){NAN, NAN};
    for (struct dirent *entry; threads && (entry = readdir(threads)) != NULL;)
        if (entry->d_name[0] != '.')
            add_thread_cost(path, entry->d_name, &cost);
    if (threads)
        closedir(threads);
    free(path);
    return cost;
}
