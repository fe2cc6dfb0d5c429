/* What the files of the configuration share. */
#ifndef APP_CONFIG_PARTS_H
#define APP_CONFIG_PARTS_H

#include "app/config.h"
#include "base/settings.h"

#define SAVED_KEYS 9

struct saved_slot {
    bool there, built_in;
    char *name, *filter, *sort, *columns;
};
struct binding_place {
    char *file;
    int line;
};

struct config {
    bool confined;
    char *value[OPTION_COUNT];
    int number[OPTION_COUNT]; /* of numbers and switches */
    struct saved_slot saved[SAVED_KEYS];
    struct saved_view *shown; /* room for SAVED_KEYS, filled by config_saved_views */
    struct key_binding *bindings;
    struct binding_place *places; /* of the bindings, one each */
    size_t binding_count, binding_capacity, place_capacity;
    struct rules rules;        /* filled by config_rules */
    struct holidays *holidays; /* which borrow this; NULL: not read yet, or there are none */
};

/* A view at its default: the built-in one under `key` (1..9); NULL when the digit has none. */
const struct saved_view *config_built_in_view(int key);
void config_start_views(struct config *config);
void config_clear_views(struct config *config);
void config_clear_rules(struct config *config);

/* The `views` and `keys` of a file, after every name in it was found to be known. */
bool config_take_views(struct config *config, const struct settings *settings, struct error *err);
bool config_take_key(
    struct config *config, const struct settings *settings, const char *path, struct error *err);
/* Whether "views.[0].NAME" is a thing a view has. */
bool config_knows_view_path(const char *path, struct error *err);

/* Names of columns with blanks between. */
bool config_check_columns(const char *value, struct error *err);

#endif
