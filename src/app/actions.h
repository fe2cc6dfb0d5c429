/* actions: the handlers behind the rows of actions.c, one file for what concerns the list and the
 * task, one for the program. */
#ifndef APP_ACTIONS_H
#define APP_ACTIONS_H

#include "ui/action.h"

/* actions_list.c */
enum effect action_down(struct app *app, const char *argument);
enum effect action_up(struct app *app, const char *argument);
enum effect action_page_down(struct app *app, const char *argument);
enum effect action_page_up(struct app *app, const char *argument);
enum effect action_half_down(struct app *app, const char *argument);
enum effect action_half_up(struct app *app, const char *argument);
enum effect action_first(struct app *app, const char *argument);
enum effect action_last(struct app *app, const char *argument);
enum effect action_left(struct app *app, const char *argument);
enum effect action_right(struct app *app, const char *argument);
enum effect action_section_next(struct app *app, const char *argument);
enum effect action_section_previous(struct app *app, const char *argument);
enum effect action_task_next(struct app *app, const char *argument);
enum effect action_task_previous(struct app *app, const char *argument);
enum effect action_find_text(struct app *app, const char *argument);
enum effect action_find_next(struct app *app, const char *argument);
enum effect action_find_previous(struct app *app, const char *argument);
enum effect action_filter(struct app *app, const char *argument);
enum effect action_view(struct app *app, const char *argument);
enum effect action_open(struct app *app, const char *argument);
enum effect action_mark(struct app *app, const char *argument);
enum effect action_range(struct app *app, const char *argument);
enum effect action_unmark(struct app *app, const char *argument);
enum effect action_copy(struct app *app, const char *argument);
enum effect action_sort(struct app *app, const char *argument);
enum effect action_reverse(struct app *app, const char *argument);
enum effect action_columns(struct app *app, const char *argument);
enum effect action_pause(struct app *app, const char *argument);
enum effect action_desk(struct app *app, const char *argument);

/* actions_export.c */
enum effect action_export(struct app *app, const char *argument);

/* actions_import.c */
enum effect action_import(struct app *app, const char *argument);
enum effect action_import_choose(struct app *app, const char *argument);
enum effect action_import_leave_out(struct app *app, const char *argument);
enum effect action_import_page(struct app *app, const char *argument);
enum effect action_import_again(struct app *app, const char *argument);
enum effect action_import_write(struct app *app, const char *argument);

/* actions_scorecard.c */
enum effect action_scorecard(struct app *app, const char *argument);
enum effect action_score_units(struct app *app, const char *argument);
enum effect action_score_sort(struct app *app, const char *argument);
enum effect action_score_explain(struct app *app, const char *argument);
enum effect action_score_columns(struct app *app, const char *argument);

/* actions_time.c */
enum effect action_trend(struct app *app, const char *argument);
enum effect action_timeline(struct app *app, const char *argument);
enum effect action_zoom_in(struct app *app, const char *argument);
enum effect action_zoom_out(struct app *app, const char *argument);
/* actions_matrix.c */
enum effect action_matrix(struct app *app, const char *argument);
enum effect action_measure(struct app *app, const char *argument);
enum effect action_measure_before(struct app *app, const char *argument);
enum effect action_axes(struct app *app, const char *argument);
enum effect action_swap(struct app *app, const char *argument);
enum effect action_fold(struct app *app, const char *argument);
enum effect action_fold_open(struct app *app, const char *argument);
enum effect action_fold_close(struct app *app, const char *argument);
enum effect action_fold_all(struct app *app, const char *argument);
enum effect action_column_first(struct app *app, const char *argument);
enum effect action_column_last(struct app *app, const char *argument);
enum effect action_matrix_copy(struct app *app, const char *argument);
enum effect action_columns_next(struct app *app, const char *argument);
enum effect action_columns_previous(struct app *app, const char *argument);

/* actions_work.c */
enum effect action_edit(struct app *app, const char *argument);
enum effect action_act(struct app *app, const char *argument);
enum effect action_report(struct app *app, const char *argument);
enum effect action_new(struct app *app, const char *argument);
enum effect action_drafts(struct app *app, const char *argument);
enum effect action_undo(struct app *app, const char *argument);
enum effect action_redo(struct app *app, const char *argument);

/* actions_measures.c */
enum effect action_measures(struct app *app, const char *argument);
enum effect action_measure_tick(struct app *app, const char *argument);
enum effect action_measure_words(struct app *app, const char *argument);
enum effect action_measure_due(struct app *app, const char *argument);
enum effect action_measure_done(struct app *app, const char *argument);
enum effect action_measure_waive(struct app *app, const char *argument);
enum effect action_measure_below(struct app *app, const char *argument);
enum effect action_measure_above(struct app *app, const char *argument);
enum effect action_measure_up(struct app *app, const char *argument);
enum effect action_measure_down(struct app *app, const char *argument);
enum effect action_measure_remove(struct app *app, const char *argument);
enum effect action_measure_undo(struct app *app, const char *argument);
enum effect action_measure_redo(struct app *app, const char *argument);
enum effect action_measure_take(struct app *app, const char *argument);
enum effect action_measure_save(struct app *app, const char *argument);

/* actions_handover.c */
enum effect action_handover(struct app *app, const char *argument);
enum effect action_handover_next(struct app *app, const char *argument);
enum effect action_handover_seen(struct app *app, const char *argument);
enum effect action_handover_note(struct app *app, const char *argument);
enum effect action_handover_notes(struct app *app, const char *argument);

/* actions_program.c */
enum effect action_help(struct app *app, const char *argument);
enum effect action_command(struct app *app, const char *argument);
enum effect action_settings(struct app *app, const char *argument);
enum effect action_who(struct app *app, const char *argument);
enum effect action_set(struct app *app, const char *argument);
enum effect action_theme(struct app *app, const char *argument);
enum effect action_refresh(struct app *app, const char *argument);
enum effect action_repaint(struct app *app, const char *argument);
enum effect action_suspend(struct app *app, const char *argument);
enum effect action_clear(struct app *app, const char *argument);
enum effect action_back(struct app *app, const char *argument);
enum effect action_quit(struct app *app, const char *argument);

/* actions_wall.c */
enum effect action_wall(struct app *app, const char *argument);
enum effect action_wall_next(struct app *app, const char *argument);
enum effect action_wall_previous(struct app *app, const char *argument);
enum effect action_wall_pause(struct app *app, const char *argument);
enum effect action_wall_leave(struct app *app, const char *argument);
enum effect action_wall_acknowledge(struct app *app, const char *argument);

#endif
