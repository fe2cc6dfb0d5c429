/* The table of options, and the checks a type alone cannot make. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "base/date.h"
#include "base/language.h"
#include "base/suggest.h"
#include "config_parts.h"
#include "model/scorecard.h"
#include "views/board.h"
#include "views/wall.h"

/* A zone is declared by being set: the last one said is the one in use. */
static bool use_zone(const char *value, struct error *err)
{
    if (date_zone_set(value))
        return true;
    return error_set(err, ERROR_INPUT,
        _("zone: this system knows no time zone \"%s\"; the names are those below "
          "/usr/share/zoneinfo, Asia/Shanghai unless said"),
        value);
}

/* The nearest theme's name, where the folder of themes can be read. Caller frees. */
static char *nearest_theme(const char *typed)
{
    char *folder = language_data_file("themes");
    DIR *dir = folder ? opendir(folder) : NULL;
    char *nearest = NULL;
    free(folder);
    if (dir == NULL)
        return NULL;
    struct suggest suggest = suggest_for(typed);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char *ending = strrchr(entry->d_name, '.');
        if (ending == NULL || strcmp(ending, ".cfg") != 0)
            continue;
        *ending = '\0';
        int before = suggest.best ? suggest.distance : -1;
        suggest_offer(&suggest, entry->d_name);
        if (suggest.best && (before < 0 || suggest.distance < before)) {
            free(nearest);
            nearest = alloc_string(entry->d_name);
            suggest.best = nearest; /* the entry is gone with the next readdir */
        }
    }
    closedir(dir);
    return nearest;
}

static bool check_theme(const char *value, struct error *err)
{
    if (strcmp(value, "auto") == 0 || strchr(value, '/') != NULL)
        return true;
    char *folder = language_data_file("themes");
    if (folder == NULL)
        return true; /* nothing to look in: the terminal's own default will do */
    free(folder);
    char *name = alloc_format("themes/%s.cfg", value);
    char *file = language_data_file(name);
    free(name);
    bool there = file != NULL;
    free(file);
    if (there)
        return true;
    char *nearest = nearest_theme(value);
    if (nearest)
        error_set(err, ERROR_INPUT, _("theme: there is no theme \"%s\"; did you mean \"%s\"?"),
            value, nearest);
    else
        error_set(err, ERROR_INPUT,
            _("theme: there is no theme \"%s\"; give auto, a name in themes/ or the path of a "
              "file"),
            value);
    free(nearest);
    return false;
}

bool config_check_columns(const char *value, struct error *err)
{
    char *copy = alloc_string(value), *rest = NULL;
    bool good = true;
    for (char *name = strtok_r(copy, " ,", &rest); good && name; name = strtok_r(NULL, " ,", &rest))
        good = board_column_find(name, err) != NULL;
    free(copy);
    return good;
}

static bool check_days(const char *value, struct error *err)
{
    struct rule_days days;
    return rule_days_parse(value, &days, err);
}

static bool check_quiet(const char *value, struct error *err)
{
    int from, until;
    return wall_quiet_parse(value, &from, &until, err);
}

static bool check_score_columns(const char *value, struct error *err)
{
    enum score_column shown[SCORE_COLUMN_COUNT];
    size_t count;
    return score_columns_parse(value, shown, &count, err) || error_prefix(err, "score.columns");
}

static bool check_some_columns(const char *value, struct error *err)
{
    if (value[strspn(value, " ")] == '\0')
        return error_set(err, ERROR_INPUT, _("columns: name at least one column; %s unless said"),
            options_table[OPTION_COLUMNS].fallback);
    return config_check_columns(value, err);
}

const struct option_row options_table[OPTION_COUNT] = {
    [OPTION_DATABASE] = {"database", OPTION_TEXT, "", 0, 0, NULL,
        N_("The database file. Empty: /var/lib/duban/duban.db where there is one, else "
           "duban/duban.db in $XDG_DATA_HOME (~/.local/share)."),
        NULL},
    [OPTION_LANGUAGE] = {"language", OPTION_CHOICE, "auto", 0, 0, "auto zh en",
        N_("Language of screens and messages; auto follows the locale and is Chinese unless the "
           "locale is English."),
        NULL},
    [OPTION_THEME] = {"theme", OPTION_TEXT, "auto", 0, 0, NULL,
        N_("Name of a theme, or the path of a theme file; auto chooses by what the terminal can "
           "show."),
        check_theme},
    [OPTION_TITLE] = {"title", OPTION_TEXT, "", 0, 0, NULL,
        N_("What the board calls itself in its first line; empty: after its province."), NULL},
    [OPTION_ZONE] = {"zone", OPTION_TEXT, "Asia/Shanghai", 0, 0, NULL,
        N_("The time zone that decides which day it is."), use_zone},
    [OPTION_DUE_SOON] = {"due.soon", OPTION_NUMBER, "30", 0, 365, NULL,
        N_("Days before its deadline from which an open task counts as due soon."), NULL},
    [OPTION_DUE_URGENT] = {"due.urgent", OPTION_NUMBER, "7", 0, 365, NULL,
        N_("Days before its deadline from which it counts as urgent."), NULL},
    [OPTION_COLUMNS] = {"columns", OPTION_TEXT, "number state title region lead due days", 0, 0,
        NULL, N_("Columns of the board, in order."), check_some_columns},
    [OPTION_SPLIT] = {"split", OPTION_NUMBER, "120", 0, 1000, NULL,
        N_("Width in columns from which the task's detail stands beside the list; 0: never."),
        NULL},
    [OPTION_TICKER] = {"ticker", OPTION_SWITCH, "true", 0, 0, NULL,
        N_("Whether the latest events are shown in a line above the footer."), NULL},
    [OPTION_CHANGED_SECONDS] = {"changed.seconds", OPTION_NUMBER, "60", 0, 3600, NULL,
        N_("Seconds for which a task that somebody has just changed is marked."), NULL},
    [OPTION_LOOK] = {"look", OPTION_CHOICE, "auto", 0, 0, "auto lean full",
        N_("How much is drawn: lean saves bytes on slow lines, auto goes by how fast the terminal "
           "answers."),
        NULL},
    [OPTION_MOUSE] = {"mouse", OPTION_SWITCH, "false", 0, 0, NULL,
        N_("Whether the mouse selects rows; while it does, the terminal's own selecting needs "
           "Shift."),
        NULL},
    [OPTION_AMBIGUOUS] = {"ambiguous", OPTION_CHOICE, "auto", 0, 0, "auto 1 2",
        N_("Columns that the terminal gives to characters such as ※ and ①; auto asks it at the "
           "start."),
        NULL},
    [OPTION_ESCAPE_MS] = {"escape.ms", OPTION_NUMBER, "50", 0, 5000, NULL,
        N_("Milliseconds to wait whether an Esc is a key of its own or begins an arrow key."),
        NULL},
    [OPTION_GATE_MS] = {"gate.ms", OPTION_NUMBER, "5000", 0, 600000, NULL,
        N_("Milliseconds a change waits in the queue of writers before it is refused."), NULL},
    [OPTION_SESSION_MOST] = {"session.most", OPTION_NUMBER, "8", 0, 1000, NULL,
        N_("Sessions (boards, walls, plain ones, and each command while it runs) that one person "
           "may have at once when coming over SSH; 0: any number."),
        NULL},
    [OPTION_SESSION_CHANGES] = {"session.changes", OPTION_NUMBER, "200", 0, 100000, NULL,
        N_("Changes (lines of the history, handover notes) that a reporter or department staff may "
           "make within a minute; 0: any number. A step of many tasks is taken whole."),
        NULL},
    [OPTION_SESSION_IDLE] = {"session.idle", OPTION_NUMBER, "0", 0, 10080, NULL,
        N_("Minutes without a key after which a board or a plain session ends, with drafts kept; "
           "0: never. Walls stay."),
        NULL},
    [OPTION_HOLIDAYS] = {"holidays", OPTION_TEXT, "", 0, 0, NULL,
        N_("The calendar of public holidays and the weekend days worked in return, a file; empty: "
           "the one that came with the program."),
        NULL},
    [OPTION_PUBLICITY_DAYS] = {"publicity.days", OPTION_NUMBER, "7", 1, 365, NULL,
        N_("Days for which a task has to stand before the public until it may be closed."), NULL},
    [OPTION_PUBLICITY_KIND] = {"publicity.kind", OPTION_CHOICE, "working", 0, 0, "working calendar",
        N_("Whether those days are working days or days of the calendar."), NULL},
    [OPTION_REMIND_BEFORE] = {"remind.before", OPTION_TEXT, "30 7 1", 0, 0, NULL,
        N_("Days before its due date on which duban remind tells of a task."), check_days},
    [OPTION_REMIND_AFTER] = {"remind.after", OPTION_TEXT, "1 7 15 30", 0, 0, NULL,
        N_("Days after it on which it does so again."), check_days},
    [OPTION_REMIND_COMMAND] = {"remind.command", OPTION_TEXT, "", 0, 0, NULL,
        N_("The command that duban remind --send runs for each reminder, by /bin/sh: the sentence "
           "is its input, the facts are in DUBAN_TASK, DUBAN_PHONE and others (duban help "
           "remind)."),
        NULL},
    [OPTION_REMIND_SECONDS] = {"remind.seconds", OPTION_NUMBER, "30", 1, 600, NULL,
        N_("Seconds after which a command that has not ended is stopped and has failed."), NULL},
    [OPTION_REPORT_GRACE] = {"report.grace", OPTION_NUMBER, "1", 0, 30, NULL,
        N_("Days after its period has ended in which a report is still in time: 1 is by the end of "
           "the Monday after a week."),
        NULL},
    [OPTION_SCORE_ON_TIME] = {"score.on_time", OPTION_NUMBER, "40", 0, RULE_SCORE_MOST, NULL,
        N_("What the share of tasks closed by their due day weighs in the scorecard."), NULL},
    [OPTION_SCORE_REPORTS] = {"score.reports", OPTION_NUMBER, "30", 0, RULE_SCORE_MOST, NULL,
        N_("What the share of reports filed in time weighs there."), NULL},
    [OPTION_SCORE_IN_TIME] = {"score.in_time", OPTION_NUMBER, "30", 0, RULE_SCORE_MOST, NULL,
        N_("What the share of open tasks that are not overdue weighs there."), NULL},
    [OPTION_SCORE_RETURNED] = {"score.returned", OPTION_NUMBER, "1", 0, RULE_SCORE_MOST, NULL,
        N_("Points the scorecard takes away each time a task was sent back."), NULL},
    [OPTION_SCORE_NOTICE] = {"score.notice", OPTION_NUMBER, "2", 0, RULE_SCORE_MOST, NULL,
        N_("Points it takes away for each notice received."), NULL},
    [OPTION_SCORE_UNACCEPTED] = {"score.unaccepted", OPTION_NUMBER, "1", 0, RULE_SCORE_MOST, NULL,
        N_("Points it takes away for each task done for more than 30 days and not accepted."),
        NULL},
    [OPTION_SCORE_COLUMNS] = {"score.columns", OPTION_TEXT,
        "on_time reports overdue days returned notices unaccepted", 0, 0, NULL,
        N_("Columns of the scorecard beside the scores, in order."), check_score_columns},
    [OPTION_WALL_PAGES] = {"wall.pages", OPTION_TEXT, WALL_PAGES_DEFAULT, 0, 0, NULL,
        N_("The pages of a wall, in order, out of counts, matrix, overdue, trend, events, "
           "due_soon, "
           "scorecard and reports."),
        wall_pages_check},
    [OPTION_WALL_SECONDS] = {"wall.seconds", OPTION_NUMBER, "20", 3, 3600, NULL,
        N_("Seconds for which a page of a wall is on."), NULL},
    [OPTION_WALL_QUIET] = {"wall.quiet", OPTION_TEXT, "22:00-07:00", 0, 0, NULL,
        N_("Hours in which the alarm of a wall does not ring; empty: it always does."),
        check_quiet},
    [OPTION_WALL_ALARM] = {"wall.alarm", OPTION_SWITCH, "true", 0, 0, NULL,
        N_("Whether a task that becomes overdue and an objection interrupt a wall."), NULL},
};
