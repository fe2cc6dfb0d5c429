# duban: `make help` lists the targets.
PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
VERSION := 0.1.0

RUN_PACKAGES  := gcc make pkg-config gettext libc6-dev libncurses-dev libsqlite3-dev libconfig-dev \
                 libunistring-dev libicu-dev libsodium-dev libyajl-dev libcsv-dev libxlsxwriter-dev \
                 libzip-dev zlib1g-dev libexpat1-dev
TEST_PACKAGES := $(RUN_PACKAGES) git libcmocka-dev libvterm-dev libxml2-utils unzip sqlite3 ncurses-term locales \
                 man-db procps faketime openssh-server openssh-client
LOOK_PACKAGES := chromium poppler-utils fonts-noto-cjk
LINT_PACKAGES := clang libclang-rt-14-dev clang-format clang-tidy valgrind

LIBRARIES := ncursesw sqlite3 libconfig libsodium yajl xlsxwriter libzip zlib expat
CFLAGS    ?= -O2 -g
WARNINGS  := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings \
             -Wvla -Wundef -Wformat=2 -Wno-format-nonliteral
# Asked at use, not at start: pkg-config itself may be one of the packages still to come.
LIBRARY_CFLAGS = $(shell pkg-config --cflags $(LIBRARIES))
LIBRARY_LIBS   = $(shell pkg-config --libs $(LIBRARIES)) -lunistring -lcsv -lpthread
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DPREFIX='"$(PREFIX)"' -Iinclude -I$(BUILD)/gen \
             $(WARNINGS) $(STRICT) $(CFLAGS) $(LIBRARY_CFLAGS) -MMD -MP
LINK = $(CC) $(CFLAGS) $(LDFLAGS) -Wl,--as-needed

SOURCES := $(wildcard src/base/*.c src/store/*.c src/model/*.c src/exchange/*.c src/ui/*.c \
             src/views/*.c src/app/*.c)
OBJECTS := $(SOURCES:src/%.c=$(BUILD)/obj/%.o)
LIBRARY := $(BUILD)/libduban.a
SQL     := $(patsubst src/store/%.sql,$(BUILD)/gen/%.sql.h,$(wildcard src/store/*.sql))
SHARE   := $(BUILD)/share/locale/zh_CN/LC_MESSAGES/duban.mo $(BUILD)/share/duban/themes \
           $(BUILD)/share/duban/sample-data
# of charsets that no system has as a locale any more; GB18030 takes ten seconds
LOCALES := $(BUILD)/locale/C.GBK $(BUILD)/locale/C.GB18030
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))
HARNESS := $(patsubst tests/harness/%.c,$(BUILD)/obj/harness/%.o,$(wildcard tests/harness/*.c))
# a test takes of it what it asks for: some have functions of the program of their own
HARNESS_LIBRARY := $(BUILD)/libharness.a
DRIVERS := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/screens.c tests/live.c tests/terminals.c tests/line.c tests/floods.c tests/sessions.c tests/plain.c tests/together.c tests/wall_month.c tests/crash.c tests/soak.c tests/bench.c tests/bench_work.c tests/bench_overview.c tests/bench_matrix.c tests/bench_counts.c tests/bench_line.c tests/bench_load.c tests/bench_export.c tests/bench_import.c))
DRIVERS += $(BUILD)/tests/ssh_board # run by tests/ssh.sh

.PHONY: all build tests run check asan valgrind soak bench bless look fuzz tidy format po compdb install dist clean help \
        packages test-packages lint-packages
all: build
.SECONDARY: $(HARNESS)

build: $(BUILD)/duban $(SHARE)           ## build the program

$(BUILD)/duban: $(BUILD)/obj/app/main.o $(LIBRARY)
	@$(LINK) -o $@ $^ $(LIBRARY_LIBS)

$(LIBRARY): $(filter-out $(BUILD)/obj/app/main.o,$(OBJECTS))
	@rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/obj/%.o: src/%.c | $(SQL) $(BUILD)/gen/pinyin_initials.h
	@mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/gen/%.sql.h: src/store/%.sql
	@mkdir -p $(@D) && sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/^/"/' -e 's/$$/\\n"/' $< >$@

# The initials of 20,992 characters, made once by ICU, so that the program itself need not carry it.
$(BUILD)/gen/pinyin_initials.h: src/tools/pinyin_table.c
	@mkdir -p $(BUILD)/tools $(@D)
	@$(CC) -std=c17 -O2 $(shell pkg-config --cflags icu-i18n) -o $(BUILD)/tools/pinyin_table $< \
	    $(shell pkg-config --libs icu-i18n icu-uc)
	@$(BUILD)/tools/pinyin_table >$@.new && mv $@.new $@

$(BUILD)/share/locale/%/LC_MESSAGES/duban.mo: src/po/%.po
	@mkdir -p $(@D) && msgfmt --check -o $@ $<

$(BUILD)/locale/C.%:
	@mkdir -p $(@D) && { localedef -f $* -i C $@ 2>/dev/null || test -f $@/LC_CTYPE; }

$(BUILD)/share/duban/%: %
	@mkdir -p $(@D) && ln -sfn $(CURDIR)/$< $@

$(BUILD)/obj/harness/%.o: tests/harness/%.c
	@mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -Itests -c -o $@ $<

$(HARNESS_LIBRARY): $(HARNESS)
	@rm -f $@ && $(AR) rcs $@ $^

$(BUILD)/tests/%: tests/unit/%.c $(LIBRARY) $(HARNESS_LIBRARY) | $(SHARE)
	@mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -Itests $(LDFLAGS) -o $@ $< $(HARNESS_LIBRARY) $(LIBRARY) $(LIBRARY_LIBS) -lcmocka -lvterm -lutil

$(BUILD)/tests/%: tests/%.c $(LIBRARY) $(HARNESS_LIBRARY) | $(SHARE)
	@mkdir -p $(@D) && $(CC) $(ALL_CFLAGS) -Itests $(LDFLAGS) -o $@ $< $(HARNESS_LIBRARY) $(LIBRARY) $(LIBRARY_LIBS) -lcmocka -lvterm -lutil

$(BUILD)/tests/terminals $(BUILD)/tests/test_charset $(BUILD)/tests/bench_line: | $(LOCALES)

packages:
	@.ci/packages $(RUN_PACKAGES)
test-packages:
	@.ci/packages $(TEST_PACKAGES)
lint-packages:
	@.ci/packages $(LINT_PACKAGES)

run: packages                            ## set up what is missing, build, open the board on sample data
	@echo "run: building"
	@$(MAKE) --no-print-directory build
	@test -f $(BUILD)/sample.db || { echo "run: making the sample database $(BUILD)/sample.db"; \
	    $(BUILD)/duban --db $(BUILD)/sample.db init --sample; }
	@LANG=$${LANG:-C.UTF-8} $(BUILD)/duban --db $(BUILD)/sample.db

tests: build $(UNIT) $(DRIVERS)          ## build the tests without running them

check: test-packages                     ## set up what is missing, build with -Werror, run every test
	@echo "check: building with -Werror"
	@$(MAKE) --no-print-directory STRICT=-Werror BUILD=$(BUILD)/check tests
	@tests/run.sh $(BUILD)/check

asan: test-packages                      ## the tests under the address and undefined-behaviour sanitizers
	@echo "asan: building"
	@$(MAKE) --no-print-directory STRICT=-Werror BUILD=$(BUILD)/asan \
	    CFLAGS='-O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined' tests
	@tests/run.sh $(BUILD)/asan

valgrind: test-packages lint-packages    ## the unit tests under valgrind
	@$(MAKE) --no-print-directory STRICT=-Werror BUILD=$(BUILD)/check tests
	@tests/valgrind.sh $(BUILD)/check

SOAK_SECONDS ?= 3600
soak: test-packages                      ## use a board for SOAK_SECONDS (3600), from SEED (by the clock), while its database changes
	@echo "soak: building"
	@$(MAKE) --no-print-directory STRICT=-Werror BUILD=$(BUILD)/check tests
	@$(BUILD)/check/tests/soak $(BUILD)/check $(SOAK_SECONDS) $(SEED:0=)

bench: test-packages                     ## measure, each figure beside its budget
	@$(MAKE) --no-print-directory build $(BUILD)/tests/bench $(BUILD)/tests/bench_work \
	    $(BUILD)/tests/bench_overview $(BUILD)/tests/bench_matrix $(BUILD)/tests/bench_counts $(BUILD)/tests/bench_line \
	    $(BUILD)/tests/bench_load $(BUILD)/tests/bench_export $(BUILD)/tests/bench_import
	@$(BUILD)/tests/bench $(BUILD)
	@$(BUILD)/tests/bench_work $(BUILD)
	@$(BUILD)/tests/bench_overview $(BUILD)
	@$(BUILD)/tests/bench_matrix $(BUILD)
	@$(BUILD)/tests/bench_counts $(BUILD)
	@$(BUILD)/tests/bench_line $(BUILD)
	@$(BUILD)/tests/bench_load $(BUILD)
	@$(BUILD)/tests/bench_export $(BUILD)
	@$(BUILD)/tests/bench_import $(BUILD)

look: test-packages                      ## print the bulletin with a browser (large packages), pages to be looked at
	@.ci/packages $(LOOK_PACKAGES)
	@$(MAKE) --no-print-directory build
	@tests/look.sh $(BUILD)

bless: test-packages                     ## accept the screens as they are now
	@$(MAKE) --no-print-directory STRICT=-Werror BUILD=$(BUILD)/check tests
	@$(BUILD)/check/tests/screens --bless $(BUILD)/check tests/screens

SECONDS_EACH ?= 600
SEED ?= 0
fuzz: test-packages lint-packages        ## fuzz each parser for SECONDS_EACH seconds (600; of documents DOCUMENT_SECONDS), from SEED (by the clock)
	@LIBS='$(LIBRARY_LIBS)' tests/fuzz.sh $(BUILD)/fuzz $(SECONDS_EACH) $(SEED) $(DOCUMENT_SECONDS)

po:                                      ## bring the Chinese catalogue up to the sources' messages
	@xgettext --from-code=UTF-8 -k_ -kN_ -kngettext:1,2 --no-location --sort-output -o $(BUILD)/duban.pot \
	    src/*/*.c include/*/*.h
	@sed -i '/POT-Creation-Date/d; /Report-Msgid-Bugs-To/d' $(BUILD)/duban.pot
	@msgmerge --quiet --no-fuzzy-matching --sort-output --no-location --update --backup=none src/po/zh_CN.po $(BUILD)/duban.pot
	@msgattrib --no-obsolete --sort-output -o src/po/zh_CN.po src/po/zh_CN.po
	@msgfmt --statistics -o /dev/null src/po/zh_CN.po

tidy: lint-packages compdb               ## clang-tidy over all sources
	@clang-tidy --quiet -p . $(SOURCES)

format: lint-packages                    ## clang-format over all sources
	@clang-format -i $$(git ls-files '*.c' '*.h')

compdb: $(SQL) $(BUILD)/gen/pinyin_initials.h  ## compile_commands.json for editors
	@{ echo '['; first=1; for f in $(SOURCES); do test $$first || echo ','; first=; \
	    printf '{"directory":"%s","file":"%s","command":"%s"}' '$(CURDIR)' $$f \
	    "$$(printf '%s' '$(CC) $(ALL_CFLAGS) -c '$$f | sed 's/\\/\\\\/g;s/"/\\"/g')"; done; echo ']'; } \
	    >compile_commands.json

install: build                           ## install under DESTDIR and PREFIX
	@install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(PREFIX)/share/man/zh_CN/man1 \
	    $(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/duban/themes \
	    $(DESTDIR)$(PREFIX)/share/duban/sample-data $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES
	@install -m 755 $(BUILD)/duban $(DESTDIR)$(PREFIX)/bin/duban
	@$(BUILD)/duban --lang en help man >$(DESTDIR)$(PREFIX)/share/man/man1/duban.1
	@$(BUILD)/duban --lang zh help man >$(DESTDIR)$(PREFIX)/share/man/zh_CN/man1/duban.1
	@$(BUILD)/duban help completion >$(DESTDIR)$(PREFIX)/share/bash-completion/completions/duban
	@install -m 644 themes/* $(DESTDIR)$(PREFIX)/share/duban/themes/
	@install -m 644 sample-data/* $(DESTDIR)$(PREFIX)/share/duban/sample-data/
	@install -m 644 $(BUILD)/share/locale/zh_CN/LC_MESSAGES/duban.mo $(DESTDIR)$(PREFIX)/share/locale/zh_CN/LC_MESSAGES/

dist:                                    ## a source archive of HEAD
	@mkdir -p $(BUILD) && git archive --prefix=duban-$(VERSION)/ -o $(BUILD)/duban-$(VERSION).tar.gz HEAD

clean:                                   ## remove what was built
	@rm -rf $(BUILD) compile_commands.json

help:                                    ## this list
	@sed -n 's/^\([a-z]*\):[^#]*##  *\(.*\)/\1\t\2/p' $(MAKEFILE_LIST) | sort | awk -F '\t' '{printf "  make %-10s %s\n", $$1, $$2}'

-include $(OBJECTS:.o=.d) $(HARNESS:.o=.d) $(UNIT:=.d) $(DRIVERS:=.d)
