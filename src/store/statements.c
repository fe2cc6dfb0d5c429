#include "store/statements.h"

#include <assert.h>

static const struct {
    const char *name, *sql;
} statements[STATEMENT_COUNT] = {
#define STATEMENT(id, text) [id] = {#id, text},
#include "store/statements.def"
#undef STATEMENT
};

const char *statement_sql(enum statement id)
{
    assert((unsigned)id < STATEMENT_COUNT);
    return statements[id].sql;
}

const char *statement_name(enum statement id)
{
    assert((unsigned)id < STATEMENT_COUNT);
    return statements[id].name;
}
