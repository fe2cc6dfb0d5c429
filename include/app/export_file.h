/* export_file: what the name of a file says of what is to be written to it, before anything is:
 * names as the system has them. */
#ifndef APP_EXPORT_FILE_H
#define APP_EXPORT_FILE_H

#include "app/export_job.h"

/* The format that the ending of its name says, in capitals or not; -1: it says none. */
int export_file_format(const char *file);
/* False (ERROR_USAGE): its name says another format than this, or one that is not written (.xls,
 * .doc, .pdf), and whoever opens it would meet something else. A name that says none fits. */
bool export_file_fits(const char *file, enum export_format format, struct error *err);
/* False (ERROR_INPUT): it is the database or one of the files that stand beside it, by whatever
 * name or link, there already or not. */
bool export_file_spares(const char *file, const char *database, struct error *err);

#endif
