/* html_parts: what the files of the page share. */
#ifndef EXCHANGE_HTML_PARTS_H
#define EXCHANGE_HTML_PARTS_H

#include "exchange/html_write.h"

/* --- html_text.c ----------------------------------------------------------------------------- */

/* Text as it is, in an element or in quotes. */
void html_text(struct strbuf *out, const char *text);
void html_heading(struct strbuf *out, const char *text);
/* A paragraph in small type. */
void html_remark(struct strbuf *out, const char *text);
/* A head of a column; `class` "": none. */
void html_column(struct strbuf *out, const char *class, const char *text);
/* A cell of a number. */
void html_number(struct strbuf *out, int64_t number);

/* --- html_trend.c, html_tables.c ---------------------------------------------------------------
 */

void html_trend(struct strbuf *out, const struct trend *trend);
void html_matrix(struct strbuf *out, const struct matrix *matrix);
void html_ranking_key(struct strbuf *out);
void html_ranking(struct strbuf *out, const struct scorecard *card);
void html_overdue(struct strbuf *out, const struct bulletin *bulletin);

#endif
