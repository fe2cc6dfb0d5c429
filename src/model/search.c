/* search: characters to tokens, and the tasks whose tokens are out of date. */
#include "model/search.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* What a character is to the index. */
enum sort_of { DIVIDES, ASCII_WORD, LETTER };

/* Characters that stand alone or in pairs: letters and numbers of other scripts; first and last
 * code.
 */
static const struct range {
    uint32_t first, last;
} letters[] = {
    {0x00C0, 0x00D6},                                     /* Latin */
    {0x00D8, 0x00F6}, {0x00F8, 0x02AF}, {0x0370, 0x1FFF}, /* Greek, Cyrillic, Arabic, ... */
    {0x3005, 0x3007},                                     /* 々〆〇 */
    {0x3041, 0x3096},                                     /* kana */
    {0x30A1, 0x30FA}, {0x3105, 0x318E},                   /* bopomofo, hangul letters */
    {0x3400, 0x4DBF},                                     /* CJK extension A */
    {0x4E00, 0x9FFF},                                     /* CJK */
    {0xA000, 0xD7FF},                                     /* Yi, hangul, ... */
    {0xE000, 0xFAFF},   /* private use (GBK's), CJK compatibility */
    {0x20000, 0x3FFFF}, /* CJK extensions B to G */
};

/* Sorts a code point and folds it: ASCII to lower case, full-width forms to ASCII. */
static enum sort_of code_sort(uint32_t *code)
{
    uint32_t c = *code;
    if (c >= 0xFF01 && c <= 0xFF5E)
        c -= 0xFEE0;
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    *code = c;
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? ASCII_WORD : DIVIDES;
    if (c >= 0x4E00 && c <= 0x9FFF)
        return LETTER;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if (c >= letters[i].first && c <= letters[i].last)
            return LETTER;
    return DIVIDES;
}

struct character {
    enum sort_of sort;
    uint32_t code; /* folded */
    int bytes;     /* in the source */
};

static struct character character_read(const char *text)
{
    struct character out = {.sort = DIVIDES};
    out.bytes = text_decode(text, &out.code);
    if (out.bytes > 0)
        out.sort = code_sort(&out.code);
    return out;
}

enum { TOKEN_MOST = 1 + 4 + 4 }; /* bytes: a blank and two characters */

/* Writes the character of which the source is `text`, as the index keeps it: as it stands there,
 * unless it is folded. */
static char *character_write(char *at, const char *text, const struct character *character)
{
    uint32_t code = text_lower(character->code);
    if (character->bytes == 3 && code >= 0x3000 && code < 0xA000) { /* has no other */
        memcpy(at, text, 3);
        return at + 3;
    }
    return at + text_bytes(at, code);
}

/* What a run was. */
struct run {
    enum sort_of sort;
    size_t characters;
};

/* Appends the tokens of one run and steps over it. A run of letters that ends at `open_end` may go
 * on in the text that is looked for, so its last character is not a token of its own. */
static struct run run_take(struct strbuf *out, const char **text, const char *open_end)
{
    struct character here = character_read(*text), next;
    struct run run = {here.sort, 0};
    for (; here.bytes > 0 && here.sort == run.sort; here = next) {
        char token[TOKEN_MOST], *end = token;
        const char *source = *text;
        *text += here.bytes;
        next = character_read(*text);
        run.characters++;
        bool paired = next.sort == LETTER && next.bytes > 0;
        if (run.sort == DIVIDES ||
            (run.sort == LETTER && *text == open_end && !paired && run.characters > 1))
            continue;
        if (out->length > 0 && (run.sort == LETTER || run.characters == 1))
            *end++ = ' ';
        end = character_write(end, source, &here);
        if (run.sort == LETTER && paired)
            end = character_write(end, *text, &next);
        strbuf_add_n(out, token, (size_t)(end - token));
    }
    return run;
}

void search_pairs(struct strbuf *out, const char *text)
{
    while (*text)
        run_take(out, &text, NULL);
}

/* Just past the last character that is looked for; NULL when there is none. */
static const char *words_end(const char *text)
{
    const char *end = NULL;
    for (struct character c = character_read(text); c.bytes > 0; c = character_read(text)) {
        text += c.bytes;
        if (c.sort != DIVIDES)
            end = text;
    }
    return end;
}

bool search_query(struct strbuf *out, const char *text)
{
    const char *end = words_end(text);
    if (!end)
        return false;
    struct strbuf tokens = {0};
    struct run run = {DIVIDES, 0};
    while (text < end)
        run = run_take(&tokens, &text, end);
    bool prefix = run.sort == ASCII_WORD || run.characters == 1;
    strbuf_format(out, "\"%s\"%s", strbuf_text(&tokens), prefix ? "*" : "");
    strbuf_clear(&tokens);
    return true;
}

void search_runs(const char *text, void (*each)(void *context, const char *run), void *context)
{
    struct strbuf run = {0};
    enum sort_of sort = DIVIDES;
    for (struct character c; (c = character_read(text)).bytes > 0; text += c.bytes) {
        if (c.sort != sort && run.length > 0) {
            each(context, run.text);
            strbuf_cut(&run, 0);
        }
        sort = c.sort;
        if (sort != DIVIDES)
            text_encode(&run, c.code);
    }
    if (run.length > 0)
        each(context, run.text);
    strbuf_clear(&run);
}

/* --- refreshing ---------------------------------------------------------------------------- */

struct refresh {
    struct db_statement *stale, *rows, *remove, *add;
    struct strbuf title,
        body; /* kept between tasks, so that a million need no memory of their own */
};

static bool refresh_start(struct refresh *refresh, struct db *db, struct error *err)
{
    return db_statement(db, SEARCH_STALE, &refresh->stale, err) &&
           db_statement(db, SEARCH_ROWS, &refresh->rows, err) &&
           db_statement(db, SEARCH_REMOVE, &refresh->remove, err) &&
           db_statement(db, SEARCH_ADD, &refresh->add, err);
}

static bool rows_take(struct refresh *refresh, int64_t id, struct error *err)
{
    db_bind_int(refresh->rows, 1, id);
    enum db_step step;
    while ((step = db_step(refresh->rows, err)) == DB_ROW)
        search_pairs(&refresh->body, db_text(refresh->rows, 0));
    db_reset(refresh->rows);
    return step == DB_DONE;
}

/* The stale row that `refresh->stale` stands on. */
static bool task_index(struct refresh *refresh, struct error *err)
{
    int64_t id = db_int(refresh->stale, 0);
    db_bind_int(refresh->remove, 1, id);
    if (!db_run(refresh->remove, err))
        return false;
    if (db_is_null(refresh->stale, 1))
        return true;

    strbuf_cut(&refresh->title, 0);
    strbuf_cut(&refresh->body, 0);
    search_pairs(&refresh->title, db_text(refresh->stale, 2));
    search_pairs(&refresh->body, db_text(refresh->stale, 3));
    search_pairs(&refresh->body, db_text(refresh->stale, 4));
    if (!rows_take(refresh, id, err))
        return false;
    db_bind_int(refresh->add, 1, id);
    db_bind_text(refresh->add, 2, strbuf_text(&refresh->title));
    db_bind_text(refresh->add, 3, strbuf_text(&refresh->body));
    return db_run(refresh->add, err);
}

static bool stale_forget(struct db *db, int64_t last, struct error *err)
{
    struct db_statement *forget;
    if (!db_statement(db, SEARCH_DONE, &forget, err))
        return false;
    db_bind_int(forget, 1, last);
    return db_run(forget, err);
}

bool search_refresh(struct db *db, int most, int *done, struct error *err)
{
    struct refresh refresh = {0};
    int count = 0;
    int64_t last = 0;
    enum db_step step = DB_FAILED;
    if (!refresh_start(&refresh, db, err))
        return false;
    db_bind_int(refresh.stale, 1, most);
    while ((step = db_step(refresh.stale, err)) == DB_ROW) {
        if (!task_index(&refresh, err))
            break;
        last = db_int(refresh.stale, 0);
        count++;
    }
    db_reset(refresh.stale);
    strbuf_clear(&refresh.title);
    strbuf_clear(&refresh.body);
    if (step != DB_DONE || (count > 0 && !stale_forget(db, last, err)))
        return false;
    if (done)
        *done = count;
    return true;
}

/* --- loading ------------------------------------------------------------------------------- */

/* Bytes of words that the engine gathers before it writes a piece of the index, and how many pieces
 * it lets stand before it merges them, word by word. Eight instead of four halve the time of a load
 * and cost a search nothing that can be measured. */
static const struct gathering {
    int64_t bytes, pieces;
} gatherings[] = {{1 << 20, 4}, {4 << 20, 8}}; /* the engine's own, and of a load */

static bool gather(struct db *db, bool load, struct error *err)
{
    struct db_statement *bytes, *pieces;
    if (!db_statement(db, SEARCH_GATHER, &bytes, err) ||
        !db_statement(db, SEARCH_MERGE, &pieces, err))
        return false;
    db_bind_int(bytes, 1, gatherings[load].bytes);
    db_bind_int(pieces, 1, gatherings[load].pieces);
    return db_run(bytes, err) && db_run(pieces, err);
}

bool search_load_begin(struct search_load *load, struct db *db, struct error *err)
{
    load->db = db;
    return gather(db, true, err) && db_statement(db, SEARCH_ADD, &load->add, err);
}

bool search_load_task(struct search_load *load, int64_t id, const char *title,
    const char *const *body, size_t count, struct error *err)
{
    strbuf_cut(&load->title, 0);
    strbuf_cut(&load->body, 0);
    search_pairs(&load->title, title);
    for (size_t i = 0; i < count; i++)
        search_pairs(&load->body, body[i]);
    db_bind_int(load->add, 1, id);
    db_bind_kept(load->add, 2, strbuf_text(&load->title));
    db_bind_kept(load->add, 3, strbuf_text(&load->body));
    return db_run(load->add, err);
}

bool search_load_end(struct search_load *load, struct error *err)
{
    strbuf_clear(&load->title);
    strbuf_clear(&load->body);
    return gather(load->db, false, err);
}
