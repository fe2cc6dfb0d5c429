/* percent: how far work has come, in the words of lists.
 *
 *   80, 80%, 80.00%, 已完成80%, 完成率80%, 百分之八十                 so far
 *   约80%, 80%左右, 近九成, 八成五, 超80%, 80%以上, 66.7%             about so far: the nearest
 * whole one 已完成, 全部完成; 未启动, 未开工                                  100; 0
 *
 * What is not 100 is never made so, nor 0. A part of one (0.8, 1.0) is not read: it may be either.
 */
#ifndef MODEL_PERCENT_H
#define MODEL_PERCENT_H

#include <stdbool.h>

/* How exactly it is told; 66.7% is rounded. */
enum percent_told { PERCENT_PLAIN, PERCENT_ROUNDED, PERCENT_ABOUT };

/* `*told` may be NULL. */
bool percent_read(const char *text, int *percent, enum percent_told *told);

#endif
