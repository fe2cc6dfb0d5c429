#include "harness/terminfo.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"

const struct terminfo_kind terminfo_kinds[] = {
    {"duban-all", false},
    {"duban-no-rev", false},
    {"duban-no-looks", false},
    {"duban-no-smcup", false},
    {"duban-no-scroll", false},
    {"duban-no-civis", false},
    {"duban-xmc", false},
    {"duban-no-xenl", true},
    {"duban-no-am", false},
    {"duban-least", true},
    {"duban-pads", false},
    {NULL, false},
};

/* "use" takes a capability away where it stands with @ before. */
static const char source[] =
    "duban-all|all that the others lack,\n"
    "	am, xenl, mir, msgr, cols#80, lines#24, colors#8, pairs#64,\n"
    "	clear=\\E[H\\E[J, cup=\\E[%i%p1%d;%p2%dH, home=\\E[H, cr=\\r, cud1=\\n, cub1=\\b,\n"
    "	cuf1=\\E[C, cuu1=\\E[A, cuf=\\E[%p1%dC, cub=\\E[%p1%dD, cuu=\\E[%p1%dA, cud=\\E[%p1%dB,\n"
    "	el=\\E[K, ed=\\E[J, el1=\\E[1K, ind=\\n, ri=\\EM, csr=\\E[%i%p1%d;%p2%dr, il1=\\E[L,\n"
    "	dl1=\\E[M, il=\\E[%p1%dL, dl=\\E[%p1%dM, bel=^G, sgr0=\\E[m, rev=\\E[7m, smso=\\E[7m,\n"
    "	rmso=\\E[27m, bold=\\E[1m, dim=\\E[2m, smul=\\E[4m, rmul=\\E[24m, setaf=\\E[3%p1%dm,\n"
    "	setab=\\E[4%p1%dm, op=\\E[39;49m, smcup=\\E[?1049h, rmcup=\\E[?1049l, civis=\\E[?25l,\n"
    "	cnorm=\\E[?25h, smkx=\\E[?1h\\E=, rmkx=\\E[?1l\\E>, kcuu1=\\EOA, kcud1=\\EOB, kbs=^?,\n"
    "duban-no-rev|neither reverse nor colours,\n"
    "	rev@, smso@, rmso@, colors@, pairs@, setaf@, setab@, op@, use=duban-all,\n"
    "duban-no-looks|no attributes at all,\n"
    "	bold@, dim@, smul@, rmul@, sgr0@, use=duban-no-rev,\n"
    "duban-no-smcup|one screen, smcup@, rmcup@, use=duban-all,\n"
    "duban-no-scroll|scrolls nothing, csr@, il1@, dl1@, il@, dl@, ri@, use=duban-all,\n"
    "duban-no-civis|always shows its cursor, civis@, cnorm@, use=duban-all,\n"
    "duban-xmc|attributes that take room, xmc#1, use=duban-all,\n"
    "duban-no-xenl|wraps at once, xenl@, use=duban-all,\n"
    "duban-no-am|stays in the last column, am@, xenl@, use=duban-all,\n"
    "duban-least|places its cursor and clears,\n"
    "	am, cols#80, lines#24, clear=\\E[H\\E[J, cup=\\E[%i%p1%d;%p2%dH, bel=^G,\n"
    "duban-pads|wants to be waited for,\n"
    "	cup=\\E[%i%p1%d;%p2%dH$<5>, clear=\\E[H\\E[J$<50>, el=\\E[K$<3>, rev=\\E[7m$<2>,\n"
    "	rmcup=\\E[?1049l$<10/>, use=duban-all,\n";

bool terminfo_make(const char *folder)
{
    char *path = alloc_format("%s/duban.ti", folder);
    FILE *file = fopen(path, "w");
    bool written = file && fputs(source, file) >= 0;
    if (file && fclose(file) != 0)
        written = false;
    char *command = alloc_format("tic -x -o '%s' '%s'", folder, path);
    bool made = written && system(command) == 0;
    free(command);
    free(path);
    return made;
}
