/* What the help and the man page tell that stands in no other table. */
#include "app/manual.h"

#include "base/language.h"

const struct manual_row manual_statuses[] = {
    {"0", N_("Done.")},
    {"1", N_("Refused or failed; standard error says why. Also when check finds something wrong.")},
    {"2", N_("The command, an option or a filter is wrong.")},
    {"3", N_("Nothing matched, or there is no task by that name.")},
    {NULL, NULL},
};

const struct manual_row manual_files[] = {
    {"/etc/duban/duban.cfg", N_("Configuration of the machine.")},
    {"$XDG_CONFIG_HOME/duban/duban.cfg",
        N_("Configuration of the person, read after it; ~/.config where the variable is not set.")},
    {"/var/lib/duban/duban.db", N_("The database, where it is there.")},
    {"$XDG_DATA_HOME/duban/duban.db",
        N_("The database otherwise; ~/.local/share where the variable is not set.")},
    {"DATABASE.gate",
        N_("The queue of writers, beside the database. Scripts that write may hold an exclusive "
           "flock on it too.")},
    {"DATABASE.sessions",
        N_("Who is at work (duban who). It may be removed: a session that goes on is recorded "
           "again at a key.")},
    {"DATABASE-wal, DATABASE-shm",
        N_("Parts of the database: never to be removed or copied alone.")},
    {NULL, NULL},
};

const struct manual_row manual_environment[] = {
    {"DUBAN_DB", N_("The database, unless --db names one.")},
    {"LC_ALL, LC_CTYPE, LC_MESSAGES, LANG",
        N_("Charset and language; Chinese unless the locale is English or cannot show it.")},
    {"NO_COLOR", N_("When not empty, the theme mono is chosen.")},
    {"COLUMNS", N_("Width of what is printed; else the terminal's.")},
    {"TERM", N_("The terminal.")},
    {"DUBAN_NOW",
        N_("Stops the clock, for tests: 2026-11-21T21:47:00+08:00, or @FILE to read it from.")},
    {NULL, NULL},
};

const struct manual_row manual_examples[] = {
    {"duban init --sample", N_("Make the database and fill it with the sample data.")},
    {"duban", N_("Open the board.")},
    {"duban list overdue region:pj", N_("What is late in Panjin, by the initials of its name.")},
    {"duban list --sort -updated --limit 10", N_("The ten tasks changed last.")},
    {"duban list --json 'due<2026-12-31 -closed' | jq -r '.[].id'",
        N_("The numbers of the open tasks due before the end of the year.")},
    {"duban show 2-047", N_("All that is known of one task.")},
    {"duban --as-of 2026-09-30 list overdue", N_("What was late at the end of that day.")},
    {"duban do 2-047", N_("What can be done with it now, and why the rest cannot.")},
    {"duban do 2-047,2-033 submit done_on=11-20",
        N_("Submit two tasks for acceptance, in one step of undo.")},
    {"duban set 2-047 officer=林华 done.3=2026-11-20",
        N_("Somebody else is in charge, and the third measure is done.")},
    {"duban report 2-047 --percent 60 - <report.txt", N_("A report from a file.")},
    {"duban --as wangqiang desk | mail -s 督办 wangqiang@example.org",
        N_("What somebody owes, from cron; nothing owed is status 3.")},
    {"duban events --follow --json", N_("Hand each event on to another program as it happens.")},
    {"duban --lang zh remind --send",
        N_("Remind whoever is to be reminded, each morning from cron.")},
    {"duban backup /backup/duban-$(date +%F).db", N_("Tonight's copy, from cron.")},
    {NULL, NULL},
};

const char *const manual_filter_intro =
    N_("A filter chooses tasks, on the board (f), in saved views and for duban list. Terms side by "
       "side must all hold. Names of fields and flags may be said in English or Chinese; places, "
       "departments and leaders by a piece of their name or the initials of its pinyin: pj is "
       "盘锦.");

const struct manual_row manual_filter[] = {
    {N_("FLAG"), N_("One of the flags below: overdue")},
    {N_("FIELD:VALUE"), N_("The field is, or holds, the value; = is the same as the colon")},
    {N_("FIELD:A,B"), N_("One of the values")},
    {N_("FIELD!=VALUE"), N_("Anything else than the value")},
    {N_("FIELD<VALUE <= > >="), N_("Numbers and dates; due.before:+30d says the same in words")},
    {N_("FIELD:A..B"), N_("Numbers and dates from A to B: percent:30..60")},
    {N_("FIELD:none"), N_("Tasks without one: lead:none")},
    {N_("FIELD:#N"), N_("Units, and tasks by id:#N, by their number in the database")},
    {N_("WORD"), N_("Text in the title, the problem, the goal or a measure; a number such as 2-047 "
                    "finds that task")},
    {N_("\"SOME WORDS\""), N_("Text with blanks in it, or that looks like something else")},
    {N_("-TERM, not TERM"), N_("Tasks for which the term does not hold")},
    {N_("TERM or TERM"), N_("Either; and, which may be left out, binds tighter")},
    {"( )", N_("Groups")},
    {"2026-12-31, 2026-12, 2026", N_("A day, a month, a year")},
    {"+30d, -1w, 2m, 1y", N_("Days, weeks, months or years from today")},
    {NULL, NULL},
};
