#include "exchange/import_kind.h"

#include <assert.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "base/text.h"
#include "exchange/docx_read.h"
#include "exchange/ledger.h"
#include "exchange/notice_propose.h"
#include "exchange/plan_propose.h"
#include "exchange/progress_read.h"
#include "exchange/xlsx_read.h"
#include "other_kind.h"

/* name, label, is_text, most, detect, read */
const struct import_reader import_readers[] = {
    {"ledger", N_("a ledger"), true, 90, ledger_detect_text, ledger_read_text},
    {"ledger", N_("a workbook"), false, 100, xlsx_detect, xlsx_read_tasks},
    {"plan", N_("a plan"), true, 60, plan_detect, plan_propose},
    {"notice", N_("a public notice"), true, 80, notice_detect, notice_propose},
    {"progress", N_("a progress list"), true, 95, progress_detect, progress_read},
    {"progress", N_("a workbook"), false, 100, xlsx_detect, xlsx_read_tasks},
    {NULL, NULL, false, 0, NULL, NULL},
};

void import_document_lines(const struct import_document *document, struct strbuf *out)
{
    struct strbuf lines = {0};
    const char *bytes = document->text.bytes;
    for (size_t i = 0; i < document->text.count; i++) {
        bool pair = bytes[i] == '\r' && i + 1 < document->text.count && bytes[i + 1] == '\n';
        if (!pair)
            strbuf_add_char(&lines, bytes[i] == '\r' || bytes[i] == '\f' ? '\n' : bytes[i]);
    }
    text_scrub(out, strbuf_text(&lines), lines.length, TEXT_LINES);
    strbuf_clear(&lines);
}

void import_document_sample(const struct import_document *document, struct strbuf *out)
{
    struct import_document head = *document;
    if (head.text.count > IMPORT_SAMPLE) {
        const char *end = memrchr(head.text.bytes, '\n', IMPORT_SAMPLE);
        head.text.count = end ? (size_t)(end - head.text.bytes) : IMPORT_SAMPLE;
    }
    import_document_lines(&head, out);
}

static bool is_asked_for(const struct import_reader *kind, const struct import_reading *reading)
{
    return reading->kind == NULL || strcmp(kind->name, reading->kind) == 0;
}

static bool check_kind(const struct import_reading *reading, struct error *err)
{
    struct strbuf names = {0};
    for (const struct import_reader *kind = import_readers; kind->name; kind++) {
        if (is_asked_for(kind, reading)) {
            strbuf_clear(&names);
            return true;
        }
        if (strstr(strbuf_text(&names), kind->name) == NULL)
            strbuf_format(&names, "%s%s", names.length ? ", " : "", kind->name);
    }
    error_set(err, ERROR_USAGE, _("--kind is one of: %s"), strbuf_text(&names));
    strbuf_clear(&names);
    return false;
}

/* The surest of the kinds that are (`text`) or are not text; NULL where none is. */
static const struct import_reader *find_kind(
    const struct import_document *document, const struct import_reading *reading, bool text)
{
    const struct import_reader *best = NULL;
    int surest = 0;
    for (const struct import_reader *kind = import_readers; kind->name; kind++) {
        if (kind->is_text != text || !is_asked_for(kind, reading) || !going_on(&reading->going))
            continue;
        int sure = kind->most > surest ? kind->detect(document) : 0;
        assert(sure <= kind->most);
        /* what a person says it is needs no proof, if it is text at all */
        if (text && reading->kind && best == NULL)
            best = kind;
        if (sure > surest) {
            surest = sure;
            best = kind;
        }
    }
    return best;
}

/* The text of the document is there. */
static bool read_text(const struct import_document *document, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    const struct import_reader *kind = find_kind(document, reading, true);
    if (kind == NULL)
        return error_set(err, ERROR_INPUT,
            _("it is not seen what kind of file this is: say it with --kind (\"duban help import\" "
              "tells the kinds), or on the board in the line \"Kind of file\""));
    told->kind = kind->name;
    told->charset = alloc_string(document->text.charset);
    if (told->charset)
        strbuf_format(&told->lines, _("%s in %s\n"), _(kind->label), told->charset);
    else
        strbuf_format(&told->lines,
            _("%s in a Word document (.docx); line N of it is its Nth paragraph, rows of tables "
              "and empty ones counted\n"),
            _(kind->label));
    return kind->read(document, reading, import, told, err);
}

static const char *label_of(const char *name)
{
    const struct import_reader *kind = import_readers;
    while (strcmp(kind->name, name) != 0)
        kind++;
    return _(kind->label);
}

/* What is not text, and is not of the kind that a person says it is. */
static bool refuse_other(
    const struct import_document *document, const struct import_reading *reading, struct error *err)
{
    static const struct import_reading any = {0};
    const struct import_reader *other = find_kind(document, &any, false);
    if (other)
        return error_set(err, ERROR_INPUT,
            _("this is %s or the like, which is not read as %s; save its text as .txt"),
            _(other->label), label_of(reading->kind));
    return !reading->sheet ||
           error_set(err, ERROR_USAGE, _("a sheet is told of workbooks (.xlsx); this is text"));
}

/* The text of a Word document is read as a text file is. */
static bool take_docx(
    struct import_document *document, const struct import_reading *reading, struct error *err)
{
    struct strbuf text = {0};
    if (reading->sheet)
        return error_set(
            err, ERROR_USAGE, _("a sheet is told of workbooks (.xlsx); this is a Word document"));
    bool good = docx_read(document->bytes, document->count, document->going, &text, err);
    document->text.count = text.length;
    document->text.bytes = document->text.owned = strbuf_take(&text);
    return good;
}

static bool is_empty(const struct import_document *document)
{
    static const char blanks[] = " \t\r\n\xEF\xBB\xBF";
    for (size_t i = 0; i < document->count; i++)
        if (i > 64 || document->bytes[i] == '\0' || strchr(blanks, document->bytes[i]) == NULL)
            return false;
    return true;
}

bool import_kind_read(const char *bytes, size_t count, const struct import_reading *reading,
    struct import *import, struct import_told *told, struct error *err)
{
    struct import_document document = {.bytes = bytes, .count = count, .going = &reading->going};
    if (!check_kind(reading, err))
        return false;
    if (count > IMPORT_BYTES_MOST)
        return error_set(err, ERROR_INPUT,
            _("the file has %zu MB; at most %d MB are read, divide it"), count >> 20,
            IMPORT_BYTES_MOST >> 20);
    if (is_empty(&document))
        return error_set(err, ERROR_NOT_FOUND, _("the file is empty"));
    bool good, docx = docx_is(bytes, count);
    const struct import_reader *kind = docx ? NULL : find_kind(&document, reading, false);
    if (docx) {
        good =
            take_docx(&document, reading, err) && read_text(&document, reading, import, told, err);
    } else if (kind) {
        told->kind = kind->name;
        strbuf_format(&told->lines, "%s\n", _(kind->label));
        good = kind->read(&document, reading, import, told, err);
    } else {
        good = other_kind_is_none(bytes, count, err) && refuse_other(&document, reading, err) &&
               charset_read(bytes, count, reading->charset, &document.text, err) &&
               read_text(&document, reading, import, told, err);
    }
    charset_text_clear(&document.text);
    if (!going_on(&reading->going))
        return error_set(err, ERROR_REFUSED, _("The import was ended; nothing is written"));
    return good;
}
