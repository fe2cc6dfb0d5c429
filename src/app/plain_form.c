/* Actions in a session of lines: told at once, or asked question by question. */
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/language.h"
#include "model/work.h"
#include "plain_parts.h"
#include "views/entry_plain.h"

#define LEAVE_MS 400 /* for the queue of writers, when nobody is there any more */

struct plain_asked {
    const char *action;
    int64_t task;
    char **told; /* NAME=VALUE */
    int count;
};

/* --- what is told beforehand ----------------------------------------------------------------- */

static bool tell_all(struct entry_plain *form, char **told, int count, struct error *err)
{
    bool good = true;
    for (int i = 0; good && i < count; i++) {
        char *text = cli_decode(told[i], strlen(told[i]), TEXT_LINES);
        char *equals = strchr(text, '=');
        if (equals == NULL) {
            good = error_set(err, ERROR_USAGE, _("\"%s\" is not written NAME=VALUE"), text);
        } else {
            *equals = '\0';
            good = entry_plain_tell(form, text, equals + 1, err);
        }
        free(text);
    }
    return good;
}

static bool open_form(struct plain *plain, const struct plain_asked *asked,
    struct entry_plain **form, struct error *err)
{
    *form = NULL;
    return entry_plain_open(plain->model, asked->action, asked->task, form, err) &&
           tell_all(*form, asked->told, asked->count, err);
}

/* Where it cannot be opened the command line says why. */
static bool asks(struct plain *plain, const struct plain_asked *asked)
{
    struct entry_plain *form;
    struct error err = {0};
    bool needed = open_form(plain, asked, &form, &err) && entry_plain_asks(form);
    entry_plain_close(form);
    return needed;
}

/* --- questions ------------------------------------------------------------------------------- */

enum course { GO_ON, LEAVE, GIVE_UP };

/* What a text had when the line dropped is kept too. */
static enum course read_lines(struct plain *plain, struct entry_plain *form, struct error *err)
{
    struct strbuf text = {0};
    plain_print(plain, _("The text, line by line; a line with only . ends it:\n"));
    enum plain_line read = plain_read_text(plain, &text);
    bool taken = text.length == 0 || entry_plain_answer(form, strbuf_text(&text), err);
    strbuf_clear(&text);
    if (!taken)
        return GO_ON;
    return read == PLAIN_LINE ? GO_ON : LEAVE;
}

static enum course ask(struct plain *plain, struct entry_plain *form, const char *question)
{
    struct error err = {0};
    char *line;
    enum course course = GO_ON;
    if (plain_read(plain, question, &line) != PLAIN_LINE)
        return LEAVE;
    char *typed = cli_text(line);
    if (strcmp(typed, ".") == 0 || strcmp(typed, "。") == 0)
        course = GIVE_UP;
    else if (strcmp(typed, "-") == 0 && entry_plain_takes_lines(form))
        course = read_lines(plain, form, &err);
    else
        entry_plain_answer(form, typed, &err);
    if (err.code != ERROR_NONE)
        plain_complain(plain, &err);
    struct error kept = {0};
    if (course == GO_ON && !entry_plain_keep(form, false, &kept))
        plain_complain(plain, &kept);
    free(typed);
    free(line);
    return course;
}

static enum course ask_all(struct plain *plain, struct entry_plain *form)
{
    struct strbuf question = {0};
    enum course course = GO_ON;
    while (course == GO_ON && entry_plain_question(form, &question)) {
        char *shown = strbuf_take(&question);
        course = ask(plain, form, shown);
        free(shown);
    }
    char *line;
    if (course == GO_ON) {
        if (plain_read(plain, _("Enter records it, . gives up: "), &line) != PLAIN_LINE)
            return LEAVE;
        course = *line == '\0' ? GO_ON : GIVE_UP;
        free(line);
    }
    return course;
}

/* --- the end of a form ----------------------------------------------------------------------- */

static void leave(struct plain *plain, struct entry_plain *form)
{
    struct error err = {0};
    if (plain->ending) /* what the answers before this one left is kept already */
        model_set_patience(plain->model, LEAVE_MS, NULL, NULL);
    if (!entry_plain_keep(form, true, &err))
        plain_complain(plain, &err);
    else if (entry_plain_has_draft(form))
        plain_print(plain, _("Nothing is recorded; what was answered is kept as a draft.\n"));
    else
        plain_print(plain, _("Nothing is recorded.\n"));
}

/* False: there are questions to be asked again. */
static bool save(struct plain *plain, struct entry_plain *form)
{
    struct error err = {0}, kept = {0};
    struct strbuf said = {0};
    bool again = false;
    if (entry_plain_save(form, &said, &err)) {
        strbuf_add_char(&said, '\n');
        plain_print(plain, strbuf_text(&said));
    } else if (said.length > 0) {
        again = true;
        plain_print(plain, strbuf_text(&said));
    } else {
        plain_complain(plain, &err);
        if (!entry_plain_keep(form, true, &kept))
            plain_complain(plain, &kept);
    }
    strbuf_clear(&said);
    return !again;
}

static void finish(struct plain *plain, struct entry_plain *form, enum course course)
{
    plain_page_begin(plain);
    while (course == GO_ON && !save(plain, form))
        course = ask_all(plain, form);
    switch (course) {
    case GO_ON:
        break;
    case LEAVE:
        leave(plain, form);
        break;
    case GIVE_UP:
        entry_plain_drop(form);
        plain_print(plain, _("Given up; nothing is recorded.\n"));
    }
}

static void question_by_question(struct plain *plain, const struct plain_asked *asked)
{
    struct entry_plain *form;
    struct strbuf head = {0};
    struct error err = {0};
    if (open_form(plain, asked, &form, &err)) {
        entry_plain_head(form, &head);
        plain_print(plain, strbuf_text(&head));
        finish(plain, form, ask_all(plain, form));
    } else {
        plain_complain(plain, &err);
    }
    strbuf_clear(&head);
    entry_plain_close(form);
}

/* The text of a report alone, which comes first among its questions. */
static void line_by_line(struct plain *plain, const struct plain_asked *asked)
{
    struct entry_plain *form;
    struct error err = {0};
    if (open_form(plain, asked, &form, &err)) {
        enum course course = read_lines(plain, form, &err);
        if (err.code == ERROR_NONE)
            finish(plain, form, course);
    }
    if (err.code != ERROR_NONE)
        plain_complain(plain, &err);
    entry_plain_close(form);
}

/* --- words ----------------------------------------------------------------------------------- */

static bool has_option(char **words, int count)
{
    for (int i = 1; i < count; i++)
        if (strncmp(words[i], "--", 2) == 0)
            return true;
    return false;
}

/* The one task that a word names; false: several, or none, as the command line then says. */
static bool find_one(struct plain *plain, const char *word, int64_t *task)
{
    struct error err = {0};
    char *names = plain_names(plain, word, &err);
    char *text = names ? cli_text(names) : NULL;
    bool found = text && strchr(text, ',') == NULL && task_find(plain->model, text, task, &err);
    free(text);
    free(names);
    return found;
}

void plain_do_action(struct plain *plain, char **words, int count)
{
    struct plain_asked asked = {.told = words + 3, .count = count - 3};
    const struct transition *transition = count > 2 ? workflow_find(words[2]) : NULL;
    words[0] = (char *)"do";
    if (plain->terminal && transition && strcmp(transition->action, "edit") != 0 &&
        !has_option(words, count) && find_one(plain, words[1], &asked.task)) {
        asked.action = transition->action;
        if (asks(plain, &asked)) {
            question_by_question(plain, &asked);
            return;
        }
    }
    plain_command(plain, words, count);
}

static bool is_told(const char *word)
{
    struct work_name name;
    for (size_t i = 0; work_name_at("report", i, &name); i++) {
        size_t length = strlen(name.is.name);
        if (strncmp(word, name.is.name, length) == 0 && word[length] == '=')
            return true;
    }
    return false;
}

/* "report 3 percent=60 TEXT" is the same as "do 3 report percent=60 text=TEXT". */
static void report_told(struct plain *plain, char **words, int count, int text)
{
    char **line = alloc_zero((size_t)count + 3, sizeof *line);
    struct strbuf rest = {0};
    int all = 0;
    line[all++] = (char *)"do";
    line[all++] = words[1];
    line[all++] = (char *)"report";
    for (int i = 2; i < text; i++)
        line[all++] = words[i];
    strbuf_add(&rest, "text=");
    for (int i = text; i < count; i++)
        strbuf_format(&rest, "%s%s", i > text ? " " : "", words[i]);
    if (text < count)
        line[all++] = rest.text;
    plain_command(plain, line, all);
    strbuf_clear(&rest);
    free(line);
}

void plain_do_report(struct plain *plain, char **words, int count)
{
    struct plain_asked asked = {.action = "report", .told = words + 2};
    int text = 2;
    words[0] = (char *)"report";
    while (text < count && is_told(words[text]))
        text++;
    asked.count = text - 2;
    bool lines = text == count - 1 && strcmp(words[text], "-") == 0;
    bool form = count > 1 && !has_option(words, count) &&
                (lines || (text == count && plain->terminal)) &&
                find_one(plain, words[1], &asked.task);
    if (form && lines)
        line_by_line(plain, &asked);
    else if (form)
        question_by_question(plain, &asked);
    else if (text > 2)
        report_told(plain, words, count, text);
    else
        plain_command(plain, words, count);
}
