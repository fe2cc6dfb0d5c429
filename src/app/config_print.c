/* The commented file of `duban help config`: prose begins with "# ", what can be put to use with
 * "#". */
#include <string.h>

#include "base/language.h"
#include "base/text.h"
#include "config_parts.h"

#define PROSE_COLUMNS 78

static void add_prose(struct strbuf *out, const char *text)
{
    struct text_lines lines = {0};
    text_wrap(&lines, text, PROSE_COLUMNS);
    for (size_t i = 0; i < lines.count; i++) {
        strbuf_add(out, "# ");
        strbuf_add_n(out, text + lines.line[i].start, lines.line[i].bytes);
        strbuf_add_char(out, '\n');
    }
    text_lines_clear(&lines);
}

static void add_quoted(struct strbuf *out, const char *text)
{
    strbuf_add_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            strbuf_add_char(out, '\\');
        strbuf_add_char(out, *text);
    }
    strbuf_add_char(out, '"');
}

static void add_option_prose(struct strbuf *out, const struct option_row *row)
{
    struct strbuf text = {0};
    strbuf_format(&text, "%s: %s", row->name, _(row->help));
    if (row->type == OPTION_NUMBER)
        strbuf_format(&text, _(" From %d to %d."), row->least, row->most);
    else if (row->type == OPTION_CHOICE)
        strbuf_format(&text, _(" One of: %s."), row->choices);
    add_prose(out, strbuf_text(&text));
    strbuf_clear(&text);
}

static void add_value(struct strbuf *out, const struct option_row *row)
{
    if (row->type == OPTION_NUMBER || row->type == OPTION_SWITCH)
        strbuf_add(out, row->fallback);
    else
        add_quoted(out, row->fallback);
}

/* Length of the group's name in "due.soon"; 0 when the option is in none. */
static size_t group_length(const char *name)
{
    const char *dot = strchr(name, '.');
    return dot ? (size_t)(dot - name) : 0;
}

/* How many options from `first` on are of one group and so make one setting of the file. */
static int setting_extent(int first)
{
    const char *name = options_table[first].name;
    size_t group = group_length(name);
    int end = first + 1;
    while (group && end < OPTION_COUNT && strncmp(options_table[end].name, name, group + 1) == 0)
        end++;
    return end;
}

static void add_setting(struct strbuf *out, int first, int end)
{
    const char *name = options_table[first].name;
    size_t group = group_length(name);
    for (int i = first; i < end; i++)
        add_option_prose(out, &options_table[i]);
    if (group == 0) {
        strbuf_format(out, "#%s = ", name);
        add_value(out, &options_table[first]);
        strbuf_add(out, ";\n\n");
        return;
    }
    strbuf_format(out, "#%.*s = {", (int)group, name);
    for (int i = first; i < end; i++) {
        strbuf_format(out, " %s = ", options_table[i].name + group + 1);
        add_value(out, &options_table[i]);
        strbuf_add_char(out, ';');
    }
    strbuf_add(out, " };\n\n");
}

static void add_views(struct strbuf *out)
{
    add_prose(out,
        _("views: the saved views under the digits 1 to 9. A view here takes the place of the one "
          "under its key; name = \"\" takes the digit away. A sort may begin with - to turn the "
          "order round; `duban help filter` tells what a filter may say."));
    strbuf_add(out, "#views = (\n");
    bool first = true;
    for (int key = 1; key <= SAVED_KEYS; key++) {
        const struct saved_view *view = config_built_in_view(key);
        if (view == NULL)
            continue;
        strbuf_format(out, "%s#{ key = %d; name = ", first ? "" : ",\n", key);
        add_quoted(out, _(view->name));
        strbuf_add(out, "; filter = ");
        add_quoted(out, view->filter);
        strbuf_add(out, "; sort = ");
        add_quoted(out, view->sort);
        strbuf_add(out, "; columns = ");
        add_quoted(out, view->columns);
        strbuf_add(out, "; }");
        first = false;
    }
    strbuf_add(out, "\n#);\n\n");
}

static void add_keys(struct strbuf *out, const struct action *actions, size_t count)
{
    add_prose(out,
        _("keys: the keys of each action, blanks between. What is given here replaces the default "
          "keys of that action; \"\" leaves it without. Actions are written with - for the dots of "
          "`duban help keys`."));
    strbuf_add(out, "#keys = {\n");
    for (size_t i = 0; i < count; i++) {
        strbuf_add_char(out, '#');
        for (const char *at = actions[i].name; *at; at++)
            strbuf_add_char(out, *at == '.' ? '-' : *at);
        strbuf_add(out, " = ");
        add_quoted(out, actions[i].chords);
        strbuf_format(out, "; # %s\n", _(actions[i].help));
    }
    strbuf_add(out, "#};\n");
}

void config_print(struct strbuf *out, const struct action *actions, size_t count)
{
    add_prose(out,
        _("duban: every option at its default. Files are read in this order, a later one over an "
          "earlier: /etc/duban/duban.cfg, $XDG_CONFIG_HOME/duban/duban.cfg "
          "(~/.config/duban/duban.cfg), the one given with --config; then the command line. Take "
          "the # away from what you change."));
    strbuf_add_char(out, '\n');
    for (int first = 0; first < OPTION_COUNT;) {
        int end = setting_extent(first);
        add_setting(out, first, end);
        first = end;
    }
    add_views(out);
    add_keys(out, actions, count);
}
