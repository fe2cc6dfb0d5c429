/* A text being typed: whatever the terminal sends, in an area of any size, the text stays clean and
 * within its limit, and the caret between clusters and in sight. */
#include <assert.h>
#include <locale.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "../../src/ui/decoder.h"
#include "ui/textedit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS = 8, COLUMNS = 24, LIMIT = 600 };

static void look(const struct textedit *edit, struct canvas *canvas, int rows, int columns)
{
    const char *text = textedit_text(edit);
    struct text_cluster cluster;
    size_t place = 0;
    int row, column;
    bool visible;
    assert(strlen(text) <= LIMIT && text_is_clean(text, TEXT_LINES));
    while (place < textedit_caret(edit) && text_cluster(text + place, &cluster))
        place += (size_t)cluster.bytes;
    assert(place == textedit_caret(edit));
    textedit_draw(edit, canvas, (struct rect){0, 0, rows, columns}, true);
    canvas_cursor_get(canvas, &row, &column, &visible);
    assert(visible && row < rows && column < columns);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    setlocale(LC_ALL, "C.UTF-8");
    struct decoder *decoder = decoder_new();
    struct textedit *edit = textedit_new("辽河口（湿地）\n", LIMIT);
    struct canvas *canvas = canvas_new(ROWS, COLUMNS);
    int rows = size > 0 ? 1 + data[0] % ROWS : 1;
    int columns = size > 1 ? 1 + data[1] % COLUMNS : 1;
    struct key key;
    textedit_resize(edit, rows, columns);
    for (size_t at = 2; at < size; at += 9) {
        decoder_feed(decoder, (const char *)data + at, size - at < 9 ? size - at : 9);
        while (decoder_next(decoder, at % 2, &key)) {
            if (!textedit_key(edit, &key) && key.code == KEY_CODE_MOUSE) {
                rows = 1 + (int)((unsigned)key.row % ROWS);
                columns = 1 + (int)((unsigned)key.column % COLUMNS);
                textedit_resize(edit, rows, columns);
            }
            look(edit, canvas, rows, columns);
        }
    }
    canvas_free(canvas);
    textedit_free(edit);
    decoder_free(decoder);
    return 0;
}
