/* The table of commands. What stands here is parsed, helped, completed and in the man page. */
#include "cli_commands.h"

#include "base/language.h"
#include "cli_import_files.h"
#include "cli_told.h"
#include "cli_user.h"

/* name, value, help */
static const struct cli_option init_options[] = {
    {"--sample", NULL, N_("Fill the new database with the sample data, moved to today"), 0, NULL},
    {"--units", NULL,
        N_("Put in the places and departments of Liaoning, nothing made up; may be said for a "
           "database that is there and has none"),
        0, NULL},
    {"--tasks", "N",
        N_("Add N generated tasks, for measuring; may be said for a database that is there"), 0,
        NULL},
    {"--seed", "N", N_("Generate by this seed; the same seed gives the same tasks (default: 1)"), 0,
        NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option list_options[] = {
    {"--json", NULL, N_("A JSON array of tasks"), 0, NULL},
    {"--sort", "KEY", N_("The order; - before the key turns it round (default: due)"), 0, NULL},
    {"--limit", "N", N_("At most N tasks"), 0, NULL},
    {"--columns", "NAMES", N_("The columns of the table, blanks or commas between"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option matrix_options[] = {
    {"--rows", "region|city|lead|source|state|category|month",
        N_("What stands down: region is the whole tree of places, city its uppermost (default)"), 0,
        NULL},
    {"--cols", "region|city|lead|source|state|category|month",
        N_("What stands across (default: lead)"), 0, NULL},
    {"--measure", "overdue|open|due_soon|unreported|behind|closed|days|change",
        N_("What is counted (default: overdue)"), 0, NULL},
    {"--json", NULL, N_("A JSON object"), 0, NULL},
    {"--csv", NULL, N_("CSV, in UTF-8"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option trend_options[] = {
    {"--weeks", "N", N_("So many weeks back, with this one; 0: all there are (default: 12)"), 0,
        NULL},
    {"--json", NULL, N_("A JSON object"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option scorecard_options[] = {
    {"--by", "city|county|lead", N_("Who is ranked (default: city)"), 0, NULL},
    {"--explain", "UNIT", N_("How the scores of one of them came about"), 0, NULL},
    {"--json", NULL, N_("A JSON object"), 0, NULL},
    {"--csv", NULL, N_("CSV, in UTF-8"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option show_options[] = {
    {"--json", NULL, N_("A JSON object; an array where several tasks are named"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
#define WORK_OPTIONS                                                                               \
    {"--if-version", "N", N_("Only where the task is still at this version, as JSON tells it"), 0, \
        NULL},                                                                                     \
        {"--dry-run", NULL, N_("Only say whether it can be done; nothing is written"), 0, NULL},   \
        {"--json", NULL,                                                                           \
            N_("Then print the task as show does; an array where several tasks are named"), 0,     \
            NULL},                                                                                 \
    {                                                                                              \
        NULL, NULL, NULL, 0, NULL                                                                  \
    }
static const struct cli_option set_options[] = {
    {"--reason", "TEXT", N_("Why, for the history"), 0, NULL},
    WORK_OPTIONS,
};
static const struct cli_option user_options[] = {
    {"--reason", "TEXT", N_("Why, for the history"), 0, NULL},
    {"--json", NULL, N_("JSON: an array of people, or the person"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option report_options[] = {
    {"--percent", "N", N_("How far the work is, 0 to 100"), 0, NULL},
    {"--progress", "WORD", N_("How it stands to the schedule, such as behind or on_schedule"), 0,
        NULL},
    {"--problems", "TEXT", N_("What stands in the way"), 0, NULL},
    {"--next", "TEXT", N_("What comes next"), 0, NULL},
    {"--period", "DATE", N_("A day of the period it is for (default: the one that is owed)"), 0,
        NULL},
    WORK_OPTIONS,
};
static const struct cli_option new_options[] = {
    {"--json", NULL, N_("Print the new task as show does"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option undo_options[] = {
    {"--redo", NULL, N_("Do again what was taken back last"), 0, NULL},
    {"--dry-run", NULL, N_("Only say what it would be"), 0, NULL},
    {"--json", NULL, N_("The line of the history that is meant, as events tells it"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option desk_options[] = {
    {"--reports", NULL, N_("Only the reports of the period: whose are missing"), 0, NULL},
    {"--json", NULL, N_("A JSON array of what is owed, or of the sources"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option handover_options[] = {
    {"--since", "WHEN", N_("What came after this line, or from this day on; else since you looked"),
        0, NULL},
    {"--note", "TEXT", N_("Write the handover note and mark all up to now as seen"), 0, NULL},
    {"--seen", NULL, N_("Mark all that is told as seen"), 0, NULL},
    {"--notes", "N", N_("The last N notes as well (default: the last of somebody else)"), 0, NULL},
    {"--json", NULL, N_("A JSON object"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option export_options[] = {
    {"--format", "html|csv|json|xlsx",
        N_("What to make (default: by the ending of FILE, else html)"), 0, NULL},
    {"--columns", "NAMES",
        N_("Columns of the table with blanks between (default: all of a ledger)"), 0, NULL},
    {"--sort", "KEY", N_("Order of the tasks, as for list (default: number)"), 0, NULL},
    {"--output", "FILE", N_("Where it goes; else, and with -, to standard output"), 'o', NULL},
    {"--force", NULL, N_("Put it in the place of a file that is there"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option import_options[] = {
    {"--kind", "ledger|plan|notice|progress",
        N_("What the files are, where that is not recognised"), 0, NULL},
    {"--dry-run", NULL, N_("Only tell what would be new, changed and refused; nothing is written"),
        0, NULL},
    {"--source", "CODE[=NAME]",
        N_("The source of what names none; with a name it is made where there is none of that "
           "code. Said again, further ones are made, for rows that name them"),
        0, NULL},
    {"--year", "N", N_("The year of the source that is made (default: the one in its name)"), 0,
        NULL},
    {"--rhythm", "none|weekly|ten_day|half_monthly|monthly|quarterly",
        N_("How often its tasks are reported (default: none)"), 0, NULL},
    {"--region", "NAME",
        N_("Whose the files are, where they do not say it: names such as 县住建局 are looked for "
           "in "
           "this place, and what names no place is put there"),
        0, NULL},
    {"--map", "COLUMN=FIELD",
        N_("What a column is: its heading, letter or number, and a field; - leaves it out. May be "
           "said again"),
        0, NULL},
    {"--fill", NULL, N_("Blank cells go on with what is above: merged cells that were left blank"),
        0, NULL},
    {"--charset", "NAME", N_("The charset of the files, where it is not recognised"), 0, NULL},
    {"--sheet", "NAME",
        N_("The sheet of a workbook, by its name or number (default: the first that is shown)"), 0,
        NULL},
    {"--create-units", NULL, N_("Make the departments and places that there are not"), 0, NULL},
    {"--new-unit", "NAME",
        N_("Make this one, even where one is there whose name differs by one character. May be "
           "said "
           "again"),
        0, NULL},
    {"--json", NULL, N_("A JSON object"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option events_options[] = {
    {"--follow", NULL, N_("Go on with each event as it is committed, until interrupted"), 0, NULL},
    {"--since", "SEQ", N_("The events after this number, oldest first"), 0, NULL},
    {"--limit", "N", N_("At most N events; without --since the latest N (default: 20)"), 0, NULL},
    {"--json", NULL, N_("A JSON array; with --follow one object a line"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option who_options[] = {
    {"--json", NULL, N_("A JSON array of sessions"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option remind_options[] = {
    {"--send", NULL, N_("Hand each to the command of the option remind.command, once"), 0, NULL},
    {"--again", NULL,
        N_("With --send: also those of which it is not known whether they were handed on"), 0,
        NULL},
    {"--json", NULL, N_("A JSON array of reminders"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option check_options[] = {
    {"--repair", NULL,
        N_("Put right what follows from other rows: counts, first regions, last periods reported, "
           "the search index; remove drafts of what is gone"),
        0, NULL},
    {"--json", NULL, N_("A JSON array of findings"), 0, NULL},
    {NULL, NULL, NULL, 0, NULL},
};
static const struct cli_option setup_options[] = {
    {"--account", "NAME", N_("The account of the system that owns the database (default: duban)"),
        0, NULL},
    {"--folder", "DIR", N_("Where the database lies (default: /var/lib/duban)"), 0, NULL},
    {"--units", NULL,
        N_("Put in the places and departments of Liaoning too, where the database has none"), 0,
        NULL},
    {"--root", "DIR", N_("Prepare the image of a system that lies there; nothing is started"), 0,
        NULL},
    {"--dry-run", NULL, N_("Only tell what would be done"), 0, NULL},
    {"--undo", NULL, N_("Take away the account and what sshd was told; the data stays"), 0, NULL},
    {"--purge", NULL, N_("With --undo: the configuration, the database and its folder too"), 0,
        NULL},
    {NULL, NULL, NULL, 0, NULL},
};

/* name, usage, help, options, more, list, flags, run */
const struct cli_command cli_commands[] = {
    {"init", "[--sample|--units] [--tasks N] [--seed N]", N_("Make the database"), init_options,
        N_("The file must not be there yet, except that --tasks and --units add to one that is. In "
           "the default place the folder is made too; a folder that was named must be there. When "
           "something goes wrong no half-made file is left."),
        NULL, CLI_WRITES | CLI_LOCAL, cli_init},
    {"list", "[--json] [--sort KEY] [--limit N] [--columns NAMES] [FILTER]",
        N_("List the tasks a filter finds; without one, all"), list_options,
        N_("The words of the filter are put together with blanks; \"duban help filter\" tells "
           "what it may say. Put it in quotes where the shell would take < > ( ) for itself. In "
           "a terminal the table fits its width; in a pipe nothing is cut. An object of the array "
           "has id, source, number, title, goal, category, state, progress, percent, light, "
           "deadline, deadline_raw, deadline_kind, days_left, lead, responsible (those who "
           "cooperate "
           "among them), cooperating, supervisor, "
           "regions, region_codes, sponsor, measures (an array of {position, text, due, done}), "
           "reported_at, updated_at, updated_by and version; what is not there is null. Ends with "
           "status 3 when nothing matches, the array then empty."),
        NULL, CLI_PAST, cli_list},
    {"show", "[--json] ID...", N_("Show a task whole: measures, reports, reviews, history"),
        show_options,
        N_("ID is SOURCE-NUMBER as the board shows it, such as 2-047, or 2-047.1 for a part; the "
           "year of the source will do as well: 2021-047. Each is shown once, at most 200 at a "
           "time. The JSON object is that of list with targets (an array of {position, text, "
           "value, unit, by, by_raw}), reports, notices, reviews, extensions, publicity, "
           "objections and events, all arrays of objects, the newest event first. Ends with "
           "status 3 when one of them is not there, and then nothing is printed."),
        NULL, CLI_PAST | CLI_TASKS, cli_show},
    {"set", "[--reason TEXT] [--if-version N] [--dry-run] [--json] ID[,ID...] FIELD=VALUE...",
        N_("Change what tasks say"), set_options,
        N_("Values are written as a person writes them: names of places and departments or a "
           "piece of them, dates as 2026-11-30, 11-30 or +7; an empty value takes away what is "
           "there. Several names of a list stand with commas between. A text that is \"-\" is "
           "read from standard input. The third measure is measure.3, and due.3, done.3 and "
           "waived.3 are of it. A line for each task tells what was recorded. Of several tasks "
           "those that are refused are named, the others are changed, in one step of undo, and "
           "the status is 1."),
        &told_fields, CLI_WRITES | CLI_TASK, cli_set},
    {"do",
        "[--reason TEXT] [--if-version N] [--dry-run] [--json] ID[,ID...] [ACTION [NAME=VALUE...]]",
        N_("Do what the workflow has next: claim, submit, review, close"), set_options,
        N_("Without an action it lists what can be done with the task now, and why the rest "
           "cannot. Values are written as for \"duban set\"; what stands in brackets below may be "
           "left out, and a reason may always be given. Who may do what, and what must hold "
           "before, is the same as on the board."),
        &told_actions, CLI_WRITES | CLI_TASK, cli_do},
    {"report",
        "[--percent N] [--progress WORD] [--problems TEXT] [--next TEXT] [--period DATE] "
        "[--if-version N] [--dry-run] [--json] ID[,ID...] TEXT",
        N_("Report how a task goes on"), report_options,
        N_("TEXT is the rest of the words, or \"-\" for standard input. It is recorded for the "
           "period that is still owed, else for the present one."),
        NULL, CLI_WRITES | CLI_TASK, cli_report},
    {"new", "[--json] SOURCE FIELD=VALUE...", N_("Make a new task"), new_options,
        N_("SOURCE is the code, the year or the name of the inspection. Values are written as for "
           "\"duban set\". Without a number the task gets the next one of its source; its number "
           "is "
           "printed, for a script to go on with. It needs a deadline, or a kind of deadline "
           "without a date."),
        &told_new, CLI_WRITES, cli_new},
    {"undo", "[--redo] [--dry-run] [--json]", N_("Take back what you did last"), undo_options,
        N_("A change of several tasks is one step. What somebody has built on since cannot be "
           "taken back; the sentence says who did. Ends with status 3 when there is nothing of "
           "yours."),
        NULL, CLI_WRITES, cli_undo},
    {"desk", "[--reports] [--json]", N_("Tell what you owe now, worst first"), desk_options,
        N_("Within your reach: tasks sent back, notices without a reply, decisions of your role, "
           "overdue tasks, missing reports, tasks due soon; each task once, with the reason and "
           "the day. Below them the reports of the period owed, source by source, and from where "
           "they are missing. An object of the array has section (returned, reply_due, to_decide, "
           "overdue, report_due, due_soon), id, title, reason, due, days_left and light; with "
           "--reports one of a source has source, rhythm, starts, ends, open, reported, missing, "
           "and regions and leads, arrays of {name, missing}. Ends with status 3 when nothing is "
           "owed."),
        NULL, CLI_PAST, cli_desk},
    {"matrix", "[--rows AXIS] [--cols AXIS] [--measure M] [--json | --csv] [FILTER]",
        N_("Count tasks by two properties: places by departments, worst first"), matrix_options,
        N_("A number such as 3/12 tells 3 overdue tasks of 12 open ones: open and closed are of "
           "all "
           "tasks, days and change (since the end of the day a week ago) of the overdue ones, the "
           "others of the open ones. A task counts in each of its places and once in the place "
           "they lie in; totals count it once. Lines with nothing to tell are left out. The JSON "
           "object has rows_by, columns_by, measure, filter, value, of; rows and columns, arrays "
           "of {key, label, filter, own, depth, parent, value, of}; and cells, an array of {row, "
           "column, value, of} without those of nothing. key is the code of a place or source, the "
           "name of a department, the word of a state, a category or a month, or null; filter "
           "finds the tasks of the line; own are those that name the place itself; row, column and "
           "parent count lines from 0. CSV has value and of side by side; a text that a "
           "spreadsheet would take for a formula begins with an apostrophe. Ends with status 3 "
           "when nothing is counted."),
        NULL, CLI_PAST, cli_matrix},
    {"scorecard", "[--by city|county|lead] [--explain UNIT] [--json | --csv] [FILTER]",
        N_("Rank places or departments by how they did this month"), scorecard_options,
        N_("Beside last month: of the tasks due in the month how many were closed by their day, of "
           "the reports that fell due how many were filed in time, how many of the open tasks are "
           "overdue and for how many days together, how often tasks were sent back, notices, work "
           "done for more than 30 days and not accepted. The options score.on_time, score.reports "
           "and score.in_time weigh the first three against each other (what cannot be measured "
           "leaves its weight to the others); for each of the last three points are taken; "
           "report.grace says when a report is late. --explain shows the sum. The JSON object has "
           "units, month, today, filter and lines, an array of {key, label, filter, rank, open, "
           "this, last, overdue_weeks}: this and last month are {score, on_time, reports, overdue, "
           "days, returned, notices, unaccepted}, with {part, whole} where it is a part; "
           "overdue_weeks are the overdue tasks at the end of the last twelve weeks. What cannot "
           "be measured has no score and no rank: null. Ends with status 3 when nobody is ranked."),
        NULL, CLI_PAST, cli_scorecard},
    {"trend", "[--weeks N] [--json] [FILTER]",
        N_("Tell how many tasks were open week by week, and where that leads"), trend_options,
        N_("Numbers are those at the end of each week, in this week those of today, from the "
           "history: "
           "what was closed and reopened counts as it stood then, and so does the day it was due. "
           "The "
           "filter picks tasks by what they are now. Planned are those that would be open if each "
           "was "
           "closed on its due day; of weeks to come, as many as have been, the open ones are a "
           "guess "
           "at the pace of the last eight. The JSON object has filter, today, tasks, open, "
           "never_due, "
           "pace_hundredths (fewer each week), zero (none left at that pace, or null), planned "
           "(the "
           "last due day, or null) and weeks, an array of {starts, open, planned, overdue, begun, "
           "closed, newly_overdue}, up to the last due day. Ends with status 3 when there is no "
           "such "
           "task."),
        NULL, CLI_PAST, cli_trend},
    {"handover", "[--since WHEN] [--note TEXT] [--seen] [--notes N] [--json]",
        N_("Tell what changed since you last looked, and hand over"), handover_options,
        N_("Grouped, most urgent first: what became overdue, objections, what was sent back, "
           "notices and replies, deadlines, what moved on, reports, new tasks, other edits, what "
           "was made outside duban; one line for each task and group. Whoever never looked is told "
           "since the last shift, or for a day. A note that is \"-\" is read from standard input; "
           "it is about the time that is told. Other people's points are not touched. An item in "
           "JSON has group (overdue, objection, returned, notice, deadline, moved, report, new, "
           "edit, outside), id, title, count, seq, at, actor and text. Ends with status 3 when "
           "nothing changed."),
        NULL, CLI_PAST, cli_handover},
    {"export",
        "[--format html|csv|json|xlsx] [--columns NAMES] [--sort KEY] [--output FILE] [--force] "
        "[FILTER]",
        N_("Make a ledger for a spreadsheet, JSON, or a bulletin to be printed"), export_options,
        N_("html: a bulletin (totals, trend, where it burns, ranking, overdue) on one page without "
           "a script and without anything from elsewhere: open it in a browser and print it on A4. "
           "csv: a ledger of the tasks, in UTF-8 with the mark by which Excel knows it; what would "
           "be a formula has an apostrophe before it. xlsx: a workbook with sheets of the tasks, "
           "their measures and measurable goals, what is overdue by place and lead, and the "
           "ranking; "
           "its texts stay texts, its dates dates. Reading a ledger again changes nothing. json: "
           "one array, as "
           "list --json. A file is written whole or not at all, and one that is there "
           "stays as it is unless --force says so; who comes by ssh keeps what comes, as in: ssh "
           "HOST export --format xlsx > FILE. A filter narrows all of it to its tasks. Ends "
           "with status 3 when nothing matches."),
        NULL, CLI_PAST, cli_export},
    {"import",
        "[--kind KIND] [--dry-run] [--source CODE[=NAME]] [--year N] [--rhythm WORD] "
        "[--region NAME] [--map COLUMN=FIELD]... "
        "[--fill] [--charset NAME] [--sheet NAME] [--create-units] "
        "[--new-unit NAME]... [--json] FILE...",
        N_("Take over tasks from ledgers and documents"), import_options,
        N_("Tells what is new, what is changed, field by field, and what is refused, by line and "
           "column. All files are written together or not at all: with anything refused nothing "
           "is, "
           "and the status is 1. The same file once more changes nothing. A task is told by its "
           "source and number, without a number by its title. An empty cell says nothing. FILE may "
           "be - for standard input, and nothing else for who comes by ssh, as in: ssh HOST import "
           "- < FILE. "
           "A ledger is a workbook (.xlsx), or text with commas, tabs, semicolons or | between the "
           "cells, in UTF-8, UTF-16 "
           "or GB18030. Its row of headings is looked for; titles above it, sums and signatures "
           "are passed over. Several departments or places stand in one cell with 、 between. "
           "Numbered measures in one cell become several. "
           "Goals in one cell stand one on a line, as goal | value | unit | day. "
           "A plan, a notice or a progress list is text as well, or a Word document (.docx), where "
           "a line is a paragraph or a row of a table, with the numbers that Word counts itself. "
           "A plan is the text of a document with numbered measures; units are read from the "
           "clauses at their ends, days and figures from the sentences. What names no unit, and "
           "what cannot be read, is told with its line. "
           "A notice is a public notice, whose labels (整改任务, 公示时间, 受理部门) tell tasks, "
           "days and where objections go; a progress list is a table pasted from a page, a mail "
           "or a chat. Ends with status 3 when there is nothing in the files."),
        &import_list, 0, cli_import},
    {"events", "[--follow] [--since SEQ] [--limit N] [--json]", N_("Tell what happened"),
        events_options,
        N_("A line for each event: its number, when, which task, who, what. An object in JSON has "
           "seq, at, actor (empty: outside duban), origin, action, task (null: none), changes (an "
           "object of field: [before, after]) and note. With --follow each is written as it is "
           "committed; while the database cannot be read it waits, and says so on standard error; "
           "an interrupt ends it with status 0. Ends with status 3 when there is none, except with "
           "--follow."),
        NULL, CLI_PAST, cli_events},
    {"remind", "[--send [--again]] [--json] [FILTER]",
        N_("List who is to be reminded today, or remind them"), remind_options,
        N_("A task is told of on the days before and after its due date that the options "
           "remind.before and remind.after name, and on that date; and from Monday on when the "
           "report of the period is missing. With --send each is handed once to the command, which "
           "/bin/sh runs with the sentence as its input and DUBAN_TASK, DUBAN_TITLE, DUBAN_DUE, "
           "DUBAN_DAYS, DUBAN_RUNG, DUBAN_LEAD, DUBAN_REGION, DUBAN_PERSON, DUBAN_PHONE and "
           "DUBAN_TEXT in its environment: write them in double quotes. Where it fails the "
           "reminder is due again. A day on which nobody ran this is made up for by the newest "
           "reminder missed. A reminder with ? was claimed by a run that is not done or has died: "
           "--again hands it on again. An object in JSON has id, rung, text, state, due, days, "
           "lead and region. Ends with status 3 when nothing is due."),
        NULL, 0, cli_remind},
    {"check", "[--repair] [--json]",
        N_("Check the database: file, references, counts, history, states, search"), check_options,
        N_("Every task's history is played again against the workflow and compared with the task; "
           "each finding is named. Ends with status 1 when something is wrong and stays so. What "
           "was "
           "made outside duban, a clock that was set back, tasks that wait for the search index, "
           "and drafts of who is gone are named too, and are no fault. --repair makes "
           "one "
           "change of all it can put right and never touches the history or a state. A finding in "
           "JSON has the keys kind, task, seq (line of the history), text, repaired."),
        NULL, 0, cli_check},
    {"who", "[--json]", N_("Tell who is at work"), who_options,
        N_("A line for each board, wall, plain session and following of events, longest at work "
           "first: from where, on which terminal, since when, and how long ago the last key was. "
           "Duty officers and administrators see all, others their own. An object of the array "
           "has login, name, role, what (board, wall, plain, events), origin, terminal, process, "
           "started_at and acted_at. Ends with status 3 when nobody is."),
        NULL, 0, cli_who},
    {"backup", "FILE", N_("Copy the database while others work on it"), NULL,
        N_("FILE must not be there yet. The copy is of one moment and is complete when the "
           "command ends."),
        NULL, CLI_LOCAL, cli_backup},
    {"wall", "[FILTER]", N_("A screen for a wall: page after page, and an alarm for what is new"),
        NULL,
        N_("Shows one large page after the other, wall.seconds each; wall.pages names them. A task "
           "that becomes overdue and an objection of the public interrupt them with an alarm that "
           "rings, not within wall.quiet, and stays until somebody presses Enter and gives a name. "
           "Nothing else can be changed from here. With a filter only its tasks are shown and "
           "ring. p lets a page stay, n and N turn pages, q leaves."),
        NULL, CLI_SCREEN, cli_wall},
    {"user", "[--reason TEXT] [--json] [COMMAND [LOGIN [WORD...]]]",
        N_("Say who may come in, as whom and with which keys"), user_options,
        N_("For administrators; anybody may show themselves. A person has name, role (viewer, "
           "reporter, department, officer, admin), region, department, reach (a filter; empty: "
           "what "
           "the role sees) and phone, written as for \"duban set\". A reporter needs a region, "
           "department staff a department. A key is a line of a .pub file, or a file with several; "
           "it belongs to one person. Each change is a line of the history that administrators "
           "see, and ends the sessions it takes the right away from. An object in JSON has login, "
           "name, role, reach, region, department, phone, disabled and keys, an array of "
           "{fingerprint, type, comment, added_at}. Ends with status 3 when there is nobody of "
           "that login."),
        &user_list, 0, cli_user},
    {"authorized-keys", "[FINGERPRINT [TYPE BLOB]]",
        N_("Tell sshd whose key that is, and what they may run"), NULL,
        N_("For AuthorizedKeysCommand of sshd_config, with %f %t %k behind it: prints the line for "
           "the key of that fingerprint, and nothing when it is nobody's or theirs who is "
           "disabled. Without words it prints the lines of all keys, for an authorized_keys file. "
           "Each lets its person run duban as themselves and nothing else: no shell, no files, no "
           "forwarding."),
        NULL, CLI_LOCAL | CLI_ANY_CONFIG, cli_authorized_keys},
    {"setup-server",
        "[--account NAME] [--folder DIR] [--units] [--root DIR] [--dry-run] [--undo [--purge]]",
        N_("Put duban on this server, for people who come by ssh"), setup_options,
        N_("Run it as root after \"make install\". It makes the account, its folder with the "
           "database, /etc/duban/duban.cfg, and a file in /etc/ssh/sshd_config.d by which "
           "everybody whose key is recorded comes in as that account and gets duban as the "
           "person they are, and nothing else; then sshd checks and rereads its configuration. "
           "The kernel's limit on live boards is raised, and the locales of terminals in GBK "
           "and GB18030 are made; where that cannot be, it says so. What is there already stays "
           "as it is, so that it can be run again. When a step fails, those before it are taken "
           "back. A folder that --undo left is taken up again with all in it."),
        NULL, CLI_WRITES | CLI_LOCAL, cli_setup_server},
    {"help", "[COMMAND or TOPIC]", N_("Explain a command or a topic"), NULL, NULL, &help_list,
        CLI_ANY_CONFIG, cli_help},
};
const size_t cli_command_count = sizeof cli_commands / sizeof *cli_commands;
