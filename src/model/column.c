#include "column.h"

#include <stdio.h>
#include <string.h>

#include "base/alloc.h"
#include "base/text.h"

static char *column_scrubbed(
    struct db_statement *statement, int column, enum text_scrub_flags flags)
{
    const char *text = db_text(statement, column);
    if (text_is_clean(text, flags))
        return alloc_string(text);
    struct strbuf clean = {0};
    text_scrub(&clean, text, strlen(text), flags);
    return strbuf_take(&clean);
}

char *column_line(struct db_statement *statement, int column)
{
    return column_scrubbed(statement, column, TEXT_ONE_LINE);
}

char *column_lines(struct db_statement *statement, int column)
{
    return column_scrubbed(statement, column, TEXT_LINES);
}

/* Cuts before a character that does not fit whole. */
static void copy_cut(char *out, size_t room, const char *text)
{
    size_t length = strlen(text);
    if (length >= room) {
        length = room - 1;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    memcpy(out, text, length);
    out[length] = '\0';
}

void column_copy(struct db_statement *statement, int column, char *out, size_t room)
{
    const char *text = db_text(statement, column);
    if (text_is_clean(text, TEXT_ONE_LINE)) {
        copy_cut(out, room, text);
        return;
    }
    struct strbuf clean = {0};
    text_scrub(&clean, text, strlen(text), TEXT_ONE_LINE);
    copy_cut(out, room, strbuf_text(&clean));
    strbuf_clear(&clean);
}

date_t column_date(struct db_statement *statement, int column)
{
    date_t date;
    return date_parse(db_text(statement, column), &date) ? date : DATE_NONE;
}

moment_t column_moment(struct db_statement *statement, int column)
{
    moment_t moment;
    return date_moment_parse(db_text(statement, column), &moment) ? moment : 0;
}

int column_word(struct db_statement *statement, int column, const struct word *table, size_t count,
    int otherwise)
{
    const char *name = db_text(statement, column);
    for (size_t i = 0; i < count; i++)
        if (strcmp(table[i].name, name) == 0)
            return (int)i;
    return otherwise;
}

/* As nearly all are: clean, and with room. Every row of a list has one. */
static bool put_plain_ident(
    const char *source, const char *number, const char *part, char out[static IDENT_ROOM])
{
    size_t before = strlen(source), middle = strlen(number), behind = strlen(part);
    if (before + 1 + middle + behind >= IDENT_ROOM || !text_is_clean(source, TEXT_ONE_LINE) ||
        !text_is_clean(number, TEXT_ONE_LINE))
        return false;
    memcpy(out, source, before);
    out[before] = '-';
    memcpy(out + before + 1, number, middle);
    memcpy(out + before + 1 + middle, part, behind + 1);
    return true;
}

void column_ident(struct db_statement *statement, int column, char out[static IDENT_ROOM])
{
    out[0] = '\0';
    if (db_is_null(statement, column + 1))
        return;
    char part[24] = "";
    if (db_int(statement, column + 2) > 0)
        snprintf(part, sizeof part, ".%lld", (long long)db_int(statement, column + 2));
    const char *source = db_is_null(statement, column) ? "?" : db_text(statement, column);
    const char *number = db_text(statement, column + 1);
    if (put_plain_ident(source, number, part, out))
        return;
    struct strbuf ident = {0}, clean = {0};
    strbuf_format(&ident, "%s-%s%s", source, number, part);
    text_scrub(&clean, strbuf_text(&ident), ident.length, TEXT_ONE_LINE);
    if (clean.length >= IDENT_ROOM) {
        char cut[IDENT_ROOM - 1];
        copy_cut(cut, sizeof cut, strbuf_text(&clean));
        snprintf(out, IDENT_ROOM, "%s~", cut);
    } else {
        copy_cut(out, IDENT_ROOM, strbuf_text(&clean));
    }
    strbuf_clear(&ident);
    strbuf_clear(&clean);
}
