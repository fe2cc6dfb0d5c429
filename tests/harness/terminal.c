#include "harness/terminal.h"

#include <poll.h>
#include <pty.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"

static void answer(const char *bytes, size_t count, void *context)
{
    struct terminal *terminal = context;
    if (terminal->answers && write(terminal->fd, bytes, count) < 0)
        terminal->answers = false; /* the child is gone */
}

pid_t terminal_start(struct terminal *terminal, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    *terminal = (struct terminal){.answers = true};
    terminal->child = forkpty(&terminal->fd, NULL, NULL, &size);
    if (terminal->child < 0)
        abort();
    if (terminal->child == 0)
        return 0;
    terminal->emulator = vterm_new(rows, columns);
    vterm_set_utf8(terminal->emulator, 1);
    vterm_output_set_callback(terminal->emulator, answer, terminal);
    terminal->screen = vterm_obtain_screen(terminal->emulator);
    vterm_screen_enable_altscreen(terminal->screen, 1);
    vterm_screen_reset(terminal->screen, 1);
    return terminal->child;
}

void terminal_type(struct terminal *terminal, const char *keys)
{
    size_t length = strlen(keys);
    if (write(terminal->fd, keys, length) != (ssize_t)length)
        abort();
}

size_t terminal_read(struct terminal *terminal, int wait_ms)
{
    char bytes[4096];
    size_t total = 0;
    struct pollfd wanted = {.fd = terminal->fd, .events = POLLIN};
    while (poll(&wanted, 1, total > 0 ? 0 : wait_ms) > 0) {
        ssize_t count = read(terminal->fd, bytes, sizeof bytes);
        if (count <= 0)
            break;
        vterm_input_write(terminal->emulator, bytes, (size_t)count);
        strbuf_add_n(&terminal->raw, bytes, (size_t)count);
        total += (size_t)count;
    }
    return total;
}

#define END_MS 10000

/* The child is to end by itself: closed at once, the terminal would end it with SIGHUP. */
static void read_to_the_end(struct terminal *terminal)
{
    struct pollfd wanted = {.fd = terminal->fd, .events = POLLIN};
    while (poll(&wanted, 1, END_MS) > 0 && terminal_read(terminal, 0) > 0)
        ;
}

int terminal_end(struct terminal *terminal)
{
    int status = 0;
    if (terminal->fd >= 0)
        read_to_the_end(terminal);
    if (terminal->fd >= 0)
        close(terminal->fd);
    waitpid(terminal->child, &status, 0);
    vterm_free(terminal->emulator);
    strbuf_clear(&terminal->raw);
    return status;
}

void terminal_resize(struct terminal *terminal, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    vterm_set_size(terminal->emulator, rows, columns);
    ioctl(terminal->fd, TIOCSWINSZ, &size);
}

static VTermScreenCell cell_at(const struct terminal *terminal, int row, int column)
{
    VTermScreenCell cell;
    vterm_screen_get_cell(terminal->screen, (VTermPos){.row = row, .col = column}, &cell);
    return cell;
}

static bool is_right_half(const VTermScreenCell *cell)
{
    return cell->chars[0] == (uint32_t)-1;
}

static char look(const VTermScreenCell *cell)
{
    bool coloured = !VTERM_COLOR_IS_DEFAULT_FG(&cell->fg) || !VTERM_COLOR_IS_DEFAULT_BG(&cell->bg);
    return cell->attrs.reverse     ? 'r'
           : coloured              ? 'c'
           : cell->attrs.underline ? 'u'
           : cell->attrs.bold      ? 'b'
                                   : '.';
}

static void trim(struct strbuf *out, size_t start, char blank)
{
    size_t length = out->length;
    while (length > start && out->text[length - 1] == blank)
        length--;
    strbuf_cut(out, length);
    strbuf_add_char(out, '\n');
}

void terminal_text(const struct terminal *terminal, struct strbuf *out)
{
    int rows, columns;
    vterm_get_size(terminal->emulator, &rows, &columns);
    for (int row = 0; row < rows; row++) {
        size_t start = out->length;
        for (int column = 0; column < columns; column++) {
            VTermScreenCell cell = cell_at(terminal, row, column);
            if (is_right_half(&cell))
                continue;
            if (cell.chars[0] == 0)
                strbuf_add_char(out, ' ');
            for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i]; i++)
                text_encode(out, cell.chars[i]);
        }
        trim(out, start, ' ');
    }
}

void terminal_looks(const struct terminal *terminal, struct strbuf *out)
{
    int rows, columns;
    vterm_get_size(terminal->emulator, &rows, &columns);
    for (int row = 0; row < rows; row++) {
        size_t start = out->length;
        for (int column = 0; column < columns; column++) {
            VTermScreenCell cell = cell_at(terminal, row, column);
            strbuf_add_char(out, is_right_half(&cell) ? out->text[out->length - 1] : look(&cell));
        }
        trim(out, start, '.');
    }
}
