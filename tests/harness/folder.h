/* folder: a folder of a test's own, removed with all that is in it. */
#ifndef HARNESS_FOLDER_H
#define HARNESS_FOLDER_H

/* cmocka fixtures: the state is the folder's path. */
int folder_set_up(void **state);
int folder_tear_down(void **state);

/* PATH/NAME in a buffer that is the caller's. */
char *folder_file(void *state, const char *name, char out[static 256]);
void folder_remove(const char *path);

#endif
