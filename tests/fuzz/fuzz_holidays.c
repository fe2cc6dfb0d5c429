/* Calendars of holidays: any bytes are read or refused with a sentence; what was read counts days
 * alike in both directions. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/holidays.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__lsan_default_suppressions(void);

/* libconfig 1.5 lets go of the text of a string that never ends; the program reads its files once.
 */
const char *__lsan_default_suppressions(void)
{
    return "leak:libconfig.so";
}

static void count(const struct holidays *holidays)
{
    int first, last;
    holidays_span(holidays, &first, &last);
    assert(first <= last && holidays_knows(holidays, first) && holidays_knows(holidays, last));
    assert(!holidays_knows(holidays, first - 1) && !holidays_knows(holidays, last + 1));
    date_t begin = date_make(first, 1, 1) - 40, end = date_make(last, 12, 31);
    int all = 0;
    for (date_t day = begin; day <= end; day++) {
        bool working = holidays_is_working(holidays, day);
        all += working;
        if (!working)
            continue;
        date_t next = holidays_add(holidays, day, 1);
        assert(next > day && holidays_add(holidays, next, -1) == day);
        assert(holidays_count(holidays, day, next) == 2);
    }
    assert(holidays_count(holidays, begin, end) == all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct holidays *holidays = NULL;
    struct error err = {0};
    char path[64];
    int file = memfd_create("holidays", MFD_CLOEXEC);
    assert(file >= 0 && write(file, data, size) == (ssize_t)size);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    if (holidays_read(path, &holidays, &err)) {
        count(holidays);
        holidays_free(holidays);
    } else {
        assert(err.text[0] != '\0' && text_is_clean(err.text, TEXT_ONE_LINE));
    }
    close(file);
    return 0;
}
