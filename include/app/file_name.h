/* file_name: names of files between people, who read and write UTF-8, and the system, which keeps
 * bytes: mostly of the locale's charset, and UTF-8 where a file came from elsewhere. */
#ifndef APP_FILE_NAME_H
#define APP_FILE_NAME_H

/* The file that is meant by what was typed; ~/ is the person's own folder. The caller frees. */
char *file_name_path(const char *typed);
/* A name of the system for people. The caller frees. */
char *file_name_text(const char *name);

#endif
