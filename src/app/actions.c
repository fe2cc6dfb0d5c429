/* Everything a person can do, one row each. The help, the footer, the : line, the configuration and
 * the man page are read from here. Order is the order of the help and of the footer's hints. */
#include <string.h>

#include "actions.h"
#include "app/app.h"
#include "base/language.h"

#define LIST (CONTEXT_BOARD)
#define TASKS (CONTEXT_BOARD | CONTEXT_DETAIL | CONTEXT_DESK)
#define NUMBERS (CONTEXT_MATRIX | CONTEXT_SCORECARD | CONTEXT_TREND | CONTEXT_TIMELINE)
#define SCREEN (TASKS | NUMBERS | CONTEXT_HANDOVER)
#define TIME (CONTEXT_TREND | CONTEXT_TIMELINE)
#define LISTS (CONTEXT_MENU | CONTEXT_DRAFTS)
#define MEASURES (CONTEXT_MEASURES)
#define MATRIX (CONTEXT_MATRIX)
#define SCROLL (SCREEN | CONTEXT_HELP | LISTS | MEASURES)
#define EVERY (SCREEN | CONTEXT_HELP | LISTS | MEASURES)

const struct action actions[] = {
    {"row.down", "j Down", N_("Moving"), N_("One row down"), NULL, SCROLL, 0, action_down},
    {"row.up", "k Up", N_("Moving"), N_("One row up"), NULL, SCROLL, 0, action_up},
    {"page.down", "PgDn C-f", N_("Moving"), N_("One page down"), NULL, SCROLL, 0, action_page_down},
    {"page.up", "PgUp C-b", N_("Moving"), N_("One page up"), NULL, SCROLL, 0, action_page_up},
    {"half.down", "C-d", N_("Moving"), N_("Half a page down"), NULL, SCROLL, 0, action_half_down},
    {"half.up", "C-u", N_("Moving"), N_("Half a page up"), NULL, SCROLL, 0, action_half_up},
    {"first", "g Home", N_("Moving"), N_("To the top"), NULL, SCROLL, 0, action_first},
    {"last", "G End", N_("Moving"), N_("To the bottom"), NULL, SCROLL, 0, action_last},
    {"column.left", "h Left", N_("Moving"), N_("Columns to the left, or the section before"), NULL,
        SCREEN, 0, action_left},
    {"column.right", "l Right", N_("Moving"), N_("Columns to the right, or the next section"), NULL,
        SCREEN, 0, action_right},
    {"section.next", "] Tab", N_("Moving"), N_("Next section"), N_("section"),
        CONTEXT_DETAIL | CONTEXT_DESK | CONTEXT_HANDOVER, ACTION_HINT, action_section_next},
    {"section.previous", "[ S-Tab", N_("Moving"), N_("Section before"), NULL,
        CONTEXT_DETAIL | CONTEXT_DESK | CONTEXT_HANDOVER, 0, action_section_previous},
    {"task.next", "n", N_("Moving"), N_("Next task of the list"), N_("next"), CONTEXT_DETAIL,
        ACTION_HINT, action_task_next},
    {"task.previous", "p N", N_("Moving"), N_("Task before in the list"), N_("previous"),
        CONTEXT_DETAIL, ACTION_HINT, action_task_previous},

    {"find", "/", N_("Finding"),
        N_("Find text, a place or a department (pinyin initials will do) in this list"), N_("find"),
        LIST, ACTION_HINT | ACTION_ARGUMENT, action_find_text},
    {"find.next", "n", N_("Finding"), N_("Next match"), NULL, LIST, 0, action_find_next},
    {"find.previous", "N", N_("Finding"), N_("Match before"), NULL, LIST, 0, action_find_previous},
    {"filter", "f \\", N_("Finding"), N_("Show only tasks that match a filter"), N_("filter"),
        LIST | NUMBERS, ACTION_HINT | ACTION_ARGUMENT, action_filter},
    {"view", "1 2 3 4 5 6 7 8 9", N_("Finding"), N_("The saved view of this digit"), NULL, LIST,
        ACTION_KEY, action_view},

    {"open", "Enter", N_("Task"), N_("Open the task, or the tasks behind the number"), N_("open"),
        LIST | CONTEXT_DESK | CONTEXT_HANDOVER | NUMBERS, ACTION_HINT, action_open},
    {"mark", "Space", N_("Task"), N_("Mark the task, or take its mark away"), N_("mark"), LIST, 0,
        action_mark},
    {"range", "v", N_("Task"), N_("Begin a range of marks, or end it"), NULL, LIST, 0,
        action_range},
    {"unmark", "U", N_("Task"), N_("Take all marks away"), NULL, LIST, 0, action_unmark},
    {"copy", "y", N_("Task"),
        N_("Copy the task, or the marked ones, to the clipboard of this terminal"), N_("copy"),
        TASKS | CONTEXT_HANDOVER, 0, action_copy},

    {"act", "a", N_("Changing"),
        N_("What can be done with the task, or the marked ones, and why the rest cannot; as a "
           "command: act NAME"),
        N_("do"), TASKS, ACTION_HINT | ACTION_ARGUMENT | ACTION_WRITES, action_act},
    {"edit", "e", N_("Changing"), N_("Edit the task, or the same of all marked ones"), N_("edit"),
        TASKS, ACTION_HINT | ACTION_WRITES, action_edit},
    {"report", "R", N_("Changing"), N_("Write the report that is owed"), N_("file"), TASKS,
        ACTION_HINT | ACTION_WRITES, action_report},
    {"new", "A", N_("Changing"), N_("A new task"), NULL, SCREEN, ACTION_WRITES, action_new},
    {"undo", "u", N_("Changing"), N_("Take back your last action"), NULL, SCREEN, ACTION_WRITES,
        action_undo},
    {"redo", "C-r", N_("Changing"), N_("Do again what you took back"), NULL, SCREEN, ACTION_WRITES,
        action_redo},
    {"drafts", "D", N_("Changing"), N_("What you began to write and did not save"), NULL, SCREEN, 0,
        action_drafts},
    {"measures", "M", N_("Changing"), N_("The measures of the task: tick, date, word, order, add"),
        NULL, TASKS, 0, action_measures},

    {"measure.tick", "Space", N_("Measures"), N_("Done today, or not done"), N_("done"), MEASURES,
        ACTION_HINT | ACTION_WRITES, action_measure_tick},
    {"measure.words", "Enter e", N_("Measures"), N_("Edit its words"), N_("edit"), MEASURES,
        ACTION_HINT | ACTION_WRITES, action_measure_words},
    {"measure.due", "d", N_("Measures"), N_("When it is due"), N_("due"), MEASURES,
        ACTION_HINT | ACTION_WRITES, action_measure_due},
    {"measure.done", "D", N_("Measures"), N_("The day it was done"), NULL, MEASURES, ACTION_WRITES,
        action_measure_done},
    {"measure.waive", "w", N_("Measures"), N_("Waive it, with a reason"), N_("waive"), MEASURES,
        ACTION_HINT | ACTION_WRITES, action_measure_waive},
    {"measure.below", "a o", N_("Measures"), N_("A new one behind it"), N_("add"), MEASURES,
        ACTION_HINT | ACTION_WRITES, action_measure_below},
    {"measure.above", "A O", N_("Measures"), N_("A new one before it"), NULL, MEASURES,
        ACTION_WRITES, action_measure_above},
    {"measure.up", "K S-Up", N_("Measures"), N_("Carry it up"), NULL, MEASURES, ACTION_WRITES,
        action_measure_up},
    {"measure.down", "J S-Down", N_("Measures"), N_("Carry it down"), NULL, MEASURES, ACTION_WRITES,
        action_measure_down},
    {"measure.remove", "x", N_("Measures"), N_("Take it out"), N_("take out"), MEASURES,
        ACTION_HINT | ACTION_WRITES, action_measure_remove},
    {"measure.undo", "u", N_("Measures"), N_("Take back what was changed here last"), N_("undo"),
        MEASURES, ACTION_HINT, action_measure_undo},
    {"measure.redo", "C-r", N_("Measures"), N_("Do again what was taken back here"), NULL, MEASURES,
        0, action_measure_redo},
    {"measure.take", "r", N_("Measures"),
        N_("Take in what others have changed meanwhile; what is yours stays"), NULL, MEASURES, 0,
        action_measure_take},
    {"measure.save", "s C-s", N_("Measures"), N_("Save all of it, as one edit"), N_("save"),
        MEASURES, ACTION_HINT | ACTION_FIRST | ACTION_WRITES, action_measure_save},

    {"measure", "v", N_("Matrix"), N_("The next measure; as a command: measure NAME"), N_("figure"),
        MATRIX, ACTION_HINT | ACTION_ARGUMENT, action_measure},
    {"measure.before", "V", N_("Matrix"), N_("The measure before"), NULL, MATRIX, 0,
        action_measure_before},
    {"pair", "x", N_("Matrix"),
        N_("What it counts by: the next pair; as a command: matrix ROWS COLUMNS"), N_("axes"),
        MATRIX, ACTION_HINT, action_pair},
    {"swap", "X", N_("Matrix"), N_("Rows become columns, and columns rows"), NULL, MATRIX, 0,
        action_swap},
    {"fold", "Space", N_("Matrix"), N_("Unfold the place, or fold it; on the totals, all of them"),
        N_("unfold"), MATRIX, ACTION_HINT, action_fold},
    {"fold.open", "+ =", N_("Matrix"), N_("Unfold the place"), NULL, MATRIX, 0, action_fold_open},
    {"fold.close", "-", N_("Matrix"), N_("Fold the place, or the one above it"), NULL, MATRIX, 0,
        action_fold_close},
    {"fold.all", "*", N_("Matrix"), N_("Unfold all places, or fold them"), NULL, MATRIX, 0,
        action_fold_all},
    {"column.first", "0", N_("Matrix"), N_("To the first column"), NULL, MATRIX, 0,
        action_column_first},
    {"column.last", "$", N_("Matrix"), N_("To the last column"), NULL, MATRIX, 0,
        action_column_last},
    {"columns.next", "] Tab", N_("Matrix"), N_("One page of columns to the right"), NULL, MATRIX, 0,
        action_columns_next},
    {"columns.previous", "[ S-Tab", N_("Matrix"), N_("One page of columns to the left"), NULL,
        MATRIX, 0, action_columns_previous},
    {"handover.next", "n", N_("Handover"), N_("Open the next task: step through"), N_("next"),
        CONTEXT_HANDOVER, ACTION_HINT, action_handover_next},
    {"handover.seen", "s", N_("Handover"), N_("Mark all of it as seen; once more takes that back"),
        N_("seen"), CONTEXT_HANDOVER, ACTION_HINT | ACTION_WRITES, action_handover_seen},
    {"handover.note", "e a", N_("Handover"), N_("Write the handover note"), N_("note"),
        CONTEXT_HANDOVER, ACTION_HINT | ACTION_WRITES, action_handover_note},
    {"handover.notes", "v", N_("Handover"), N_("The handover notes, whole"), N_("notes"),
        CONTEXT_HANDOVER, ACTION_HINT, action_handover_notes},

    {"sort", "s", N_("Table"), N_("Next order; as a command: sort NAME, -NAME reversed"),
        N_("sort"), LIST, ACTION_ARGUMENT, action_sort},
    {"reverse", "S", N_("Table"), N_("Reverse the order"), NULL, LIST, 0, action_reverse},
    {"columns", "c", N_("Table"), N_("Choose and order the columns"), NULL, LIST, ACTION_ARGUMENT,
        action_columns},
    {"pause", "Z", N_("Table"), N_("Let the list stand still, or go on"), N_("pause"), LIST,
        ACTION_HINT, action_pause},

    {"zoom.in", "+ =", N_("Table"), N_("Less time, in more detail"), N_("zoom"), TIME, ACTION_HINT,
        action_zoom_in},
    {"zoom.out", "-", N_("Table"), N_("More time, in less detail"), NULL, TIME, 0, action_zoom_out},

    {"desk", "d", N_("Screens"), N_("What I owe now, worst first"), N_("desk"),
        CONTEXT_BOARD | CONTEXT_DETAIL, ACTION_HINT, action_desk},
    {"trend", "t", N_("Screens"),
        N_("How many are open week by week, against the plan, and when none will be"), NULL, SCREEN,
        0, action_trend},
    {"matrix", "m", N_("Screens"),
        N_("Where it burns: places by departments, worst first; on the matrix, back"), NULL, SCREEN,
        ACTION_ARGUMENT, action_matrix},
    {"handover", "H", N_("Screens"),
        N_("What changed since I last looked; as a command: handover DATE or a line's number"),
        NULL, SCREEN, ACTION_ARGUMENT, action_handover},

    {"wall", "w", N_("Screens"), N_("Page after page, large, for a wall"), NULL, SCREEN, 0,
        action_wall},

    {"wall.acknowledge", "Enter", N_("Wall"), N_("Acknowledge the alarm, by name"),
        N_("acknowledge"), CONTEXT_WALL, ACTION_HINT, action_wall_acknowledge},
    {"wall.next", "n Right", N_("Wall"), N_("Next page"), N_("turn"), CONTEXT_WALL, ACTION_HINT,
        action_wall_next},
    {"wall.previous", "N Left", N_("Wall"), N_("Page before"), NULL, CONTEXT_WALL, 0,
        action_wall_previous},
    {"wall.pause", "p Space", N_("Wall"), N_("Let the page stay, or go on"), N_("pause"),
        CONTEXT_WALL, ACTION_HINT, action_wall_pause},
    {"wall.leave", "q Esc", N_("Wall"), N_("Back to the board, or the end"), N_("leave"),
        CONTEXT_WALL, ACTION_HINT, action_back},

    {"help", "? F1", N_("Program"), N_("What can be done here"), N_("help"), EVERY,
        ACTION_HINT | ACTION_FIRST, action_help},
    {"command", ":", N_("Program"), N_("Type a command; Tab completes"), N_("command"), SCREEN,
        ACTION_HINT, action_command},
    {"settings", "F2 ,", N_("Program"), N_("The settings and what they are now"), NULL, EVERY, 0,
        action_settings},
    {"set", "", N_("Program"), N_("Change a setting: set NAME VALUE"), NULL, SCREEN,
        ACTION_ARGUMENT, action_set},
    {"theme", "", N_("Program"), N_("Change the theme: theme NAME"), NULL, SCREEN, ACTION_ARGUMENT,
        action_theme},
    {"refresh", "r F5", N_("Program"), N_("Read everything again now"), NULL, SCREEN, 0,
        action_refresh},
    {"repaint", "C-l", N_("Program"), N_("Paint the screen again, when the line has spoilt it"),
        NULL, EVERY | CONTEXT_WALL, 0, action_repaint},
    {"suspend", "C-z", N_("Program"), N_("Back to the shell for a while"), NULL, EVERY, 0,
        action_suspend},
    {"clear", "Esc", N_("Program"),
        N_("Cancel: the range, the find, the marks, the filter, the screen; never quits"), NULL,
        EVERY, 0, action_clear},
    {"back", "q", N_("Program"), N_("Back; on the board: quit"), N_("back"), EVERY, ACTION_HINT,
        action_back},
    {"quit", "Q C-c", N_("Program"), N_("Quit"), NULL, EVERY | CONTEXT_WALL, 0, action_quit},
};
const size_t action_count = sizeof actions / sizeof *actions;

const struct action *action_find(const char *name)
{
    for (size_t i = 0; i < action_count; i++)
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    return NULL;
}
