/* The detail beside the list, where the screen is wide enough; it follows the selection. */
#include "board_state.h"
#include "model/task_detail.h"

void board_pane_read(struct board *board)
{
    if (!board->pane_columns || !board->selected) {
        detail_page_free(board->pane);
        board->pane = NULL;
        board->pane_task = 0;
        return;
    }
    if (board->pane && board->pane_task == board->selected)
        return;
    struct task_detail *detail;
    struct error err = {0};
    if (!task_detail_read(board->env->model, board->selected, &detail, &err)) {
        if (err.code != ERROR_NOT_FOUND)
            model_report_failure(board->env->model, &err);
        return; /* the page of before stays: the freshness line says why */
    }
    detail_page_free(board->pane);
    board->pane = detail_page_new(board->env->model, detail, board->pane_columns - 1);
    board->pane_task = board->selected;
    task_detail_free(detail);
}
