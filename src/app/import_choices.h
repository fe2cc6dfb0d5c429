/* import_choices: what there is to choose from on the import screen: fields, kinds, sources (a new
 * one is typed), sheets, charsets. */
#ifndef APP_IMPORT_CHOICES_H
#define APP_IMPORT_CHOICES_H

#include "exchange/import_told.h"
#include "views/import.h"

struct app;

/* Who is told what was chosen; must outlive the boxes. */
struct import_choices {
    struct app *app;
    picker_chosen *chosen;
    void *context;
};
/* `told`: of the file as it was read; NULL: it was not. */
void import_choices_open(struct import_choices *choices, const struct import_told *told,
    enum import_choice choice, const char *title, const char *current);

#endif
