/* statements: every fixed SQL text, by id. The text and the meaning of its binds and columns stand
 * in statements.c, one row each; a test prepares them all. SQL made from a filter comes from
 * model/query_sql. */
#ifndef STORE_STATEMENTS_H
#define STORE_STATEMENTS_H

enum statement {
#define STATEMENT(id, sql) id,
#include "store/statements.def"
#undef STATEMENT
    STATEMENT_COUNT
};

const char *statement_sql(enum statement id);
const char *statement_name(enum statement id);

#endif
