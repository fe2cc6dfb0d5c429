/* sample_dice: chance that can be repeated. splitmix64 (Steele, Lea, Flood 2014), a stream for each
 * task, so that the same seed gives the same task whatever was made before it. */
#ifndef MODEL_SAMPLE_DICE_H
#define MODEL_SAMPLE_DICE_H

#include <stdbool.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

static inline uint64_t dice_next(struct dice *dice)
{
    uint64_t z = (dice->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static inline struct dice dice_of(uint64_t seed, uint64_t stream)
{
    struct dice dice = {seed * 0xd6e8feb86659fd93u + stream};
    dice.state = dice_next(&dice);
    return dice;
}

/* 0 .. sides - 1 */
static inline int dice_roll(struct dice *dice, int sides)
{
    return (int)(dice_next(dice) % (uint64_t)sides);
}

static inline bool dice_percent(struct dice *dice, int percent)
{
    return dice_roll(dice, 100) < percent;
}

/* 0 .. sides - 1, small numbers far more often than large ones */
static inline int dice_skewed(struct dice *dice, int sides)
{
    return dice_roll(dice, dice_roll(dice, sides) + 1);
}

#endif
