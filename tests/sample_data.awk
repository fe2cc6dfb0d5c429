# Checks sample-data: `awk -f sample_data.awk SCHEMA FILE.tsv ...` with LC_ALL=C. Prints one line for each
# check, "ok NAME" or "not NAME: FILE:LINE: what is wrong". Words of states, kinds and levels are those of
# the schema's own constraints. Files in this order: places and units first, tasks, then what belongs to tasks.

BEGIN {
    FS = "\t"
    reference = "2026-11-21"
    today = day(reference)
    columns("regions", "code name short level parent")
    columns("departments", "name short region")
    columns("sources", "code name year kind rhythm")
    columns("sponsors", "name post region line")
    columns("people", "login name role reach region department phone")
    columns("duty", "name phone")
    columns("tasks", "source number part title problem goal category state returned listed progress percent" \
        " deadline deadline_kind deadline_raw assigned_on lead supervisor regions sponsor responsible officer" \
        " phone done_on submitted_on closed_on close_document")
    columns("measures", "source number part position text due_on done_on waived")
    columns("targets", "source number part position text value unit by_on by_raw")
    columns("reports", "source number part period unit reporter reported_at percent progress text problems next_step")
    columns("notices", "source number part level document issuer reason issued_on reply_due replied_on reply lifted_on")
    columns("reviews", "source number part level result reviewed_on department reviewer conclusion")
    columns("publicities", "source number part starts_on ends_on days day_kind medium office phone address email results")
    columns("objections", "source number part publicity_starts_on raised_on channel raiser text settled_on settlement upheld")
    columns("extensions", "source number part old_deadline new_deadline reason asked_on asked_by decided_on decided_by" \
        " approved comment")
    names = "fields,text,keys,words,references,dates,order,measures,targets,reports,states,notices,reviews,publicities,extensions,counts"
    name_count = split(names, check_names, ",")
    # columns that may lie ahead of the reference date, and those that must be filled
    split("deadline old_deadline due_on ends_on reply_due new_deadline by_on", list, " ")
    for (i in list) may_be_ahead[list[i]] = 1
    split("code name short level title problem goal category state progress percent deadline_kind deadline_raw" \
        " assigned_on supervisor regions officer phone text period reporter reported_at reason issued_on result" \
        " reviewed_on reviewer conclusion starts_on ends_on days results raised_on asked_on asked_by new_deadline", list, " ")
    for (i in list) is_needed[list[i]] = 1
}

function columns(file, names) { header[file] = names; gsub(/ /, "\t", header[file]) }

function wrong(check, what) {
    wrongs[check]++
    if (!(check in first)) first[check] = FILENAME ":" FNR ": " what
}

function expect(holds, check, what) { if (!holds) wrong(check, what) }

# Days since 1970-01-01 of YYYY-MM-DD, an "=" before it aside; "" when there is no such day.
function day(text,    y, m, d, last, era, of_era, of_year) {
    sub(/^=/, "", text)
    if (text !~ /^[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]$/) return ""
    y = substr(text, 1, 4) + 0; m = substr(text, 6, 2) + 0; d = substr(text, 9, 2) + 0
    last = m == 2 ? (y % 4 == 0 && (y % 100 || y % 400 == 0) ? 29 : 28) : (m == 4 || m == 6 || m == 9 || m == 11) ? 30 : 31
    if (m < 1 || m > 12 || d < 1 || d > last) return ""
    if (m <= 2) { y--; m += 12 }
    era = int(y / 400); of_era = y - era * 400; of_year = int((153 * (m - 3) + 2) / 5) + d - 1
    return era * 146097 + of_era * 365 + int(of_era / 4) - int(of_era / 100) + of_year - 719468
}

function weekday(date) { return (date + 3) % 7 } # 0 Monday

function working_days(from, to,    d, n) {
    for (d = from; d <= to; d++) n += weekday(d) < 5
    return n + 0
}

function characters(text) { gsub(/[\200-\277]/, "", text); return length(text) }

# What a person's table may say in a column: the words the schema's CHECK lists.
function is_word(table, column, value) { return (table, column, value) in schema_word }

FILENAME ~ /\.sql$/ {
    if ($0 ~ /^CREATE TABLE/) { table = $3; split($0, list, " "); table = list[3] }
    if (match($0, /[a-z_]+ IN \('[^)]*\)/)) {
        words = substr($0, RSTART, RLENGTH); column = words; sub(/ .*/, "", column)
        word_count = split(words, list, "'")
        for (i = 2; i <= word_count; i += 2) schema_word[table, column, list[i]] = 1
    }
    for (rest = $0; match(rest, /[a-z_]+ = '[a-z_]+'/); rest = substr(rest, RSTART + RLENGTH)) {
        split(substr(rest, RSTART, RLENGTH), list, /[ ='"]+/)
        schema_word[table, list[1], list[2]] = 1
    }
    next
}

FNR == 1 {
    file = FILENAME; sub(/.*\//, "", file); sub(/\.tsv$/, "", file)
    seen[file] = 1
    if ($0 != header[file]) wrong("fields", "not the header of " file ".tsv")
    split(header[file], column_of, "\t")
    column_count = split(header[file], list, "\t")
    next
}
/^#/ || $0 == "" { next }

{
    if (NF != column_count) wrong("fields", NF " fields in place of " column_count)
    split("", f)
    for (i = 1; i <= column_count; i++) { f[column_of[i]] = $i; check_field(column_of[i], $i) }
    rows[file]++
    if (file == "tasks") task_row()
    else if (header[file] ~ /^source\tnumber\tpart/) { id = f["source"] "-" f["number"] "." f["part"]; owned_row() }
    else unit_row()
}

function check_field(column, value) {
    expect(value !~ /[\001-\010\013-\037\177]/ && value !~ /^ | $/, "fields", column " holds a control character or an outer blank")
    expect(value != "" || !(column in is_needed) || (file == "people" && column == "name"), "fields", column " is empty")
    if (column ~ /(_on|_at|_due|deadline|period)$/ && value != "") {
        expect(day(value) != "", "dates", column " \"" value "\" is no date")
        if (!(column in may_be_ahead)) {
            expect(value !~ /^=/, "dates", column " is fixed, so it could come to lie ahead of today")
            expect(day(value) <= today, "dates", column " " value " is after " reference)
        }
    }
    if (column == "phone" && value != "") expect(value ~ /^0[0-9]+-0000[0-9]+$/, "text", "phone " value " could be somebody's")
    if (column ~ /^(title|problem|goal|text|problems|next_step|reason|reply|conclusion|results|settlement|comment)$/ && value != "") {
        expect(value !~ /[\340-\357][\200-\277][\200-\277][,;:?!()]/, "text", column " has half-width punctuation after a Chinese character: " value)
        expect(value !~ /\?\?|  |。。|，，|，。|TODO|XXX/, "text", column " has a slip: " value)
        expect(column == "title" || column == "text" || value ~ /。$/ || file == "measures", "text", column " does not end in 。: " value)
    }
}

function once(check, key) {
    expect(!((file, key) in known_key), check, "twice: " key)
    known_key[file, key] = 1
}

function has_department(name) { return (name ~ /@/ ? name : name "@210000") in department }

function word_of(table, column) {
    expect(is_word(table, column, f[column]), "words", column " \"" f[column] "\" is not one of the schema's")
}

function unit_row(    n, part) {
    if (file == "regions") {
        once("keys", f["code"]); region_level[f["code"]] = f["level"]
        word_of("region", "level")
        expect(f["level"] == "province" ? f["parent"] == "" : f["parent"] in region_level, "references", "parent " f["parent"] " is not above")
        expect(characters(f["short"]) <= 4, "text", "short name " f["short"] " has more than 4 characters")
        level_count[f["level"]]++
    } else if (file == "departments") {
        once("keys", f["name"] "@" f["region"])
        once("keys", "short " f["short"] "@" f["region"])
        expect(f["region"] in region_level, "references", "region " f["region"])
        department[f["short"] "@" f["region"]] = 1
    } else if (file == "sources") {
        once("keys", f["code"]); source[f["code"]] = f["rhythm"]
        word_of("source", "kind"); word_of("source", "rhythm")
    } else if (file == "sponsors") {
        once("keys", f["name"]); sponsor[f["name"]] = 1
        expect(f["region"] == "" || f["region"] in region_level, "references", "region " f["region"])
        if (f["line"] != "") sponsor_line[f["line"]] = FNR
    } else if (file == "people") {
        once("keys", f["login"]); word_of("person", "role")
        expect(f["region"] == "" || f["region"] in region_level, "references", "region " f["region"])
        expect(f["department"] == "" || has_department(f["department"]), "references", "department " f["department"])
        role_count[f["role"]]++
    }
}

function departments_known(list_of, column,    n, i, part) {
    n = split(list_of, part, ";")
    for (i = 1; i <= n; i++) expect(has_department(part[i]), "references", column " " part[i] " is not a department")
}

function task_row(    n, i, part, place, rank) {
    id = f["source"] "-" f["number"] "." f["part"]
    once("keys", id)
    task[id] = FNR; task_state[id] = f["state"]; task_title[id] = f["title"]
    expect(f["source"] in source, "references", "source " f["source"])
    word_of("task", "state"); word_of("task", "progress"); word_of("task", "deadline_kind")
    departments_known(f["lead"], "lead"); departments_known(f["responsible"], "responsible"); departments_known(f["supervisor"], "supervisor")
    expect(f["lead"] == "" || f["lead"] != f["supervisor"], "references", "the lead supervises itself: " f["lead"])
    expect(f["sponsor"] == "" || f["sponsor"] in sponsor, "references", "sponsor " f["sponsor"])
    n = split(f["regions"], place, ";")
    for (i = 1; i <= n; i++) expect(place[i] in region_level, "references", "region " place[i])
    expect(characters(f["title"]) >= 8 && characters(f["title"]) <= 24, "text", "title of " characters(f["title"]) " characters")
    once("text", "title " f["title"])
    categories[f["category"]] = 1
    if (f["part"] > 0) { expect((f["source"] "-" f["number"] ".0") in task, "references", "a part without its task"); parts[f["source"]]++ }
    else { total[f["source"]]++; state_count[f["source"], f["state"]]++; leads[f["source"], f["lead"]]++ }
    if (f["part"] == 0 && f["source"] != "P") places[region_level[place[1]] == "city" ? place[1] : substr(place[1], 1, 4) "00"] = 1

    assigned[id] = day(f["assigned_on"]); done[id] = day(f["done_on"]); submitted[id] = day(f["submitted_on"]); closed[id] = day(f["closed_on"])
    percent[id] = f["percent"]; progress[id] = f["progress"]; returned[id] = f["returned"]; listed[id] = f["listed"]
    deadline[id] = f["deadline"]
    expect((f["deadline"] == "") == (f["deadline_kind"] ~ /^(immediate|ongoing)$/), "states", "deadline and its kind " f["deadline_kind"] " do not agree")
    if (f["deadline_kind"] == "immediate") expect(f["deadline_raw"] ~ /^立行立改/, "text", "immediate, but " f["deadline_raw"])
    if (f["deadline_kind"] ~ /ongoing/) expect(f["deadline_raw"] ~ /长期坚持$/, "text", "ongoing, but " f["deadline_raw"])
    if (f["deadline"] ~ /^[0-9]/) expect(f["deadline_raw"] ~ /\{deadline\}/, "text", "the words of a deadline that shifts need {deadline}")

    rank = index("not_started in_progress submitted in_review publicised closed", f["state"])
    later = f["state"] ~ /^(submitted|in_review|publicised|closed)$/
    task_later[id] = later
    expect(!later || (f["percent"] == 100 && f["progress"] == "done" && done[id] != "" && submitted[id] != ""), "states", f["state"] " needs 100%, done_on and submitted_on")
    expect((f["state"] == "closed") == (closed[id] != "") && (f["state"] == "closed") == (f["close_document"] != ""), "states", "closed_on and close_document belong to closed tasks")
    expect(f["state"] != "not_started" || (f["percent"] == 0 && f["progress"] == "not_started"), "states", "not started, but moving")
    expect(f["returned"] == 0 || (f["state"] == "in_progress" && done[id] == ""), "states", "returned belongs to in_progress")
    expect(f["percent"] ~ /^[0-9]+$/ && f["percent"] <= 100, "states", "percent " f["percent"])
    ordered("order", assigned[id], done[id], "assigned, done"); ordered("order", done[id], submitted[id], "done, submitted")
    ordered("order", submitted[id], closed[id], "submitted, closed"); ordered("order", assigned[id], submitted[id], "assigned, submitted")
    if (f["source"] == "2" && f["part"] == 0 && f["state"] != "closed") {
        due = f["deadline_kind"] == "immediate" ? assigned[id] + 30 : f["deadline"] == "" ? today + 9999 : day(f["deadline"])
        overdue += due < today; due_soon += due >= today && due <= today + 30
    }
    if (closed[id] != "") closed_recently += today - closed[id] <= 365
}

function ordered(check, a, b, what) { if (a != "" && b != "") expect(a <= b, check, id ": " what " are the wrong way round") }

function owned_row() {
    expect(id in task, "references", "no task " id)
    if (!(id in task)) return
    if (file == "measures") measure_row()
    else if (file == "targets") target_row()
    else if (file == "reports") report_row()
    else if (file == "notices") notice_row()
    else if (file == "reviews") review_row()
    else if (file == "publicities") publicity_row()
    else if (file == "objections") objection_row()
    else if (file == "extensions") extension_row()
}

function measure_row(    at) {
    expect(f["position"] == ++measure_count[id], "measures", id ": measures are not 1, 2, 3")
    at = day(f["done_on"])
    expect(f["done_on"] == "" || f["waived"] == "", "measures", "done and waived")
    expect(!task_later[id] || at != "" || f["waived"] != "", "measures", id " is " task_state[id] " with a measure neither done nor waived")
    expect(at == "" || at >= assigned[id], "measures", id ": done before it was assigned")
    expect(at == "" || done[id] == "" || at <= done[id], "measures", id ": done after the task")
    if (at == "" && f["waived"] == "") open_measures[id]++
}

function target_row() {
    expect(f["position"] == ++target_count[id], "targets", id ": goals are not 1, 2, 3")
    expect(f["value"] ~ /[0-9]/ || (f["value"] == "" && f["unit"] == ""), "targets", id ": a unit without a figure")
    expect(characters(f["value"]) <= 40 && characters(f["unit"]) <= 40, "targets", id ": figure or unit is too long")
    expect(f["by_on"] == "" || (f["by_on"] ~ /^=/ && index(f["by_raw"], substr(f["by_on"], 2, 4)) > 0), "targets", id ": the day of a goal is not fixed, or another than its words")
    targets_of[f["source"]]++
}

function period_of(rhythm, date, text,    d, m) {
    if (rhythm == "weekly") return date - weekday(date)
    m = substr(text, 1, 7); d = substr(text, 9, 2)
    return rhythm == "half_monthly" ? m (d > 15 ? "b" : "a") : substr(text, 1, 4) "q" int((substr(text, 6, 2) + 2) / 3)
}

function report_row(    at, key) {
    word_of("report", "progress")
    at = day(f["period"]); key = id " " f["unit"] " " period_of(source[f["source"]], at, f["period"])
    expect(!(key in report_period), "reports", "two reports for the period of " f["period"] " by " f["unit"])
    report_period[key] = 1
    expect(f["unit"] in region_level || has_department(f["unit"]), "references", "unit " f["unit"])
    expect(at >= assigned[id], "reports", id ": reported before it was assigned")
    expect(closed[id] == "" || day(f["reported_at"]) <= closed[id], "reports", id ": reported after it was closed")
    expect(day(f["reported_at"]) >= at || f["source"] == "P", "reports", id ": reported before its period")
    expect(f["percent"] != 100 || done[id] == "" || day(f["reported_at"]) >= done[id] || returned[id], "reports", id ": 100% before it was done")
    if (!(id in last_period) || at > last_period[id]) { last_period[id] = at; last_percent[id] = f["percent"]; last_progress[id] = f["progress"] }
    if (percent_at[id] != "" && !returned[id]) expect(f["percent"] >= percent_at[id], "reports", id ": percent falls to " f["percent"])
    percent_at[id] = f["percent"]
    expect((f["percent"] == 100) == (f["progress"] == "done"), "reports", id ": " f["percent"] "% is not " f["progress"])
    expect(!(f["text"] in report_text), "reports", "the same text twice: " f["text"])
    report_text[f["text"]] = 1
}

function notice_row(    issued) {
    word_of("notice", "level"); notice_levels[f["level"]]++
    issued = day(f["issued_on"])
    once("notices", f["document"])
    expect(issued >= assigned[id], "notices", id ": issued before it was assigned")
    ordered("notices", issued, day(f["reply_due"]), "issued, reply due")
    ordered("notices", issued, day(f["replied_on"]), "issued, replied"); ordered("notices", day(f["replied_on"]), day(f["lifted_on"]), "replied, lifted")
    expect((f["replied_on"] == "") == (f["reply"] == ""), "notices", "a reply has a date and words")
    if (f["level"] == "listed" && f["lifted_on"] == "") listing[id] = 1
    lifted += f["lifted_on"] != ""; reply_late += f["replied_on"] == "" && day(f["reply_due"]) < today
}

function review_row(    at) {
    word_of("review", "level"); word_of("review", "result")
    at = day(f["reviewed_on"]); once("keys", id " " f["level"] " " f["reviewed_on"])
    expect(submitted[id] != "" && at >= submitted[id], "reviews", id ": reviewed before it was submitted")
    expect(task_state[id] != "submitted", "reviews", id ": reviewed, but only submitted")
    ordered("reviews", at, closed[id], "reviewed, closed")
    expect(f["department"] == "" || has_department(f["department"]), "references", "department " f["department"])
    review_count[f["result"]]++
    if (f["result"] == "passed") { passed_at[id] = at; passed_level[id, f["level"]] = 1 }
    else back_at[id] = at
    if (at == review_day[id]) wrong("reviews", id ": two reviews on one day")
    review_day[id] = at
}

function publicity_row(    from, to) {
    word_of("publicity", "day_kind")
    from = day(f["starts_on"]); to = day(f["ends_on"])
    ordered("publicities", from, to, "start, end"); ordered("publicities", to, closed[id], "end, closed")
    expect(passed_at[id] != "", "publicities", id ": made public without a passed review")
    expect(f["days"] == (f["day_kind"] == "calendar" ? to - from + 1 : working_days(from, to)), "publicities", id ": " f["days"] " " f["day_kind"] " days is miscounted")
    publicity[id, f["starts_on"]] = 1; public_from[id] = from; public_to[id] = to; public_count[id]++
}

function objection_row(    at) {
    expect((id, f["publicity_starts_on"]) in publicity, "references", "no publicity of " id " from " f["publicity_starts_on"])
    at = day(f["raised_on"])
    ordered("publicities", day(f["publicity_starts_on"]), at, "publicity, objection"); ordered("publicities", at, day(f["settled_on"]), "raised, settled")
    expect((f["settled_on"] == "") == (f["settlement"] == "") && (f["settled_on"] == "") == (f["upheld"] == ""), "publicities", "a settled objection has day, words and result")
    if (f["settled_on"] == "") { objection_open++; expect(public_to[id] >= today && public_from[id] <= at, "publicities", id ": an open objection outside a running publicity") }
    else objection_upheld += f["upheld"] == 1
    if (f["upheld"] == 1) expect(public_count[id] > 1 && passed_at[id] >= day(f["settled_on"]), "publicities", id ": an upheld objection sends back: another review and publicity must follow")
}

function extension_row() {
    ordered("extensions", day(f["asked_on"]), day(f["old_deadline"]), "asked, old deadline"); ordered("extensions", day(f["asked_on"]), day(f["decided_on"]), "asked, decided")
    ordered("extensions", day(f["old_deadline"]), day(f["new_deadline"]), "old, new deadline")
    expect(f["approved"] == 1 ? deadline[id] == f["new_deadline"] : deadline[id] == f["old_deadline"], "extensions", id ": the deadline does not follow the decision")
    expect((f["decided_on"] == "") == (f["approved"] == ""), "extensions", "a decision has a day")
    extension_count[f["approved"] == "" ? "open" : f["approved"] ? "approved" : "refused"]++
}

function count(what, have, least, most) { expect(have + 0 >= least && have + 0 <= most, "counts", what ": " have + 0 ", not " least (most > least ? " or more" : "")) }

END {
    FILENAME = "sample-data"; FNR = 0; many = 100000
    for (i in header) expect(i in seen, "fields", i ".tsv is missing")
    for (id in task) {
        expect(measure_count[id] >= 2 && measure_count[id] <= 5, "measures", id " has " measure_count[id] + 0 " measures")
        expect(task_state[id] != "closed" || (passed_at[id] != "" && public_to[id] != ""), "states", id " is closed without review or publicity")
        expect(task_state[id] != "closed" || closed[id] < today - 365 || id !~ /^2-.*\.0$/ || (id, "province") in passed_level, "reviews", id " is closed without the province's review")
        expect(task_state[id] != "publicised" || (public_from[id] <= today && public_to[id] >= today), "states", id " is publicised, its publicity does not run")
        expect(task_state[id] == "closed" || task_state[id] == "publicised" || public_to[id] == "", "states", id " is " task_state[id] ", yet was made public")
        expect(!returned[id] || back_at[id] >= passed_at[id], "states", id " is returned, its last review passed")
        expect(passed_at[id] == "" || public_from[id] == "" || passed_at[id] <= public_from[id], "order", id ": reviewed after its publicity began")
        expect(!(listed[id] + 0) == !(listing[id] + 0), "notices", id ": listed and its notices do not agree")
        expect(task_state[id] == "closed" || !(id in last_period) || (last_percent[id] == percent[id] && last_progress[id] == progress[id]), "reports", id " is not where its last report says")
        if (id ~ /\.[1-9]/) { sub(/\.[0-9]+$/, ".0", id); expect(!task_later[id], "states", id " was submitted before its parts") }
    }
    for (i in sponsor_line) expect(i in categories, "references", "no task is of the sponsor's line " i)
    count("province", level_count["province"], 1, 1); count("cities and 沈抚", level_count["city"], 15, 15); count("counties", level_count["county"], 100, 100)
    count("townships", level_count["township"], 8, 10)
    count("tasks of 2", total["2"], 98, 98); count("closed of 2", state_count["2", "closed"], 85, 85); count("parts of X", parts["X"], 2, 2)
    count("not started", state_count["2", "not_started"], 1, 1); count("submitted", state_count["2", "submitted"], 2, 2)
    count("in review", state_count["2", "in_review"], 1, 1); count("publicised", state_count["2", "publicised"], 2, 2)
    count("overdue of 2", overdue, 3, 4); count("due soon of 2", due_soon, 4, 4); count("closed within a year", closed_recently, 25, many)
    count("tasks of P", total["P"], 36, 36); count("P led by 生态环境厅 alone", leads["P", "生态环境厅"], 14, 14)
    count("P led by 发展改革委 alone", leads["P", "发展改革委"], 4, 4); count("P without a lead", leads["P", ""], 7, 7)
    count("tasks of X", total["X"], 20, 20); count("places with tasks", length_of(places), 15, many); count("categories", length_of(categories), 12, many)
    count("goals of 2", targets_of["2"], 10, many); count("goals of P", targets_of["P"], 30, many); count("goals of X", targets_of["X"], 5, many)
    count("reports", rows["reports"], 250, many); count("notices", rows["notices"], 15, many); count("levels of notice", length_of(notice_levels), 5, 5)
    count("notices lifted", lifted, 1, many); count("replies overdue", reply_late, 1, many); count("reviews sent back", review_count["returned"], 3, many)
    count("open objections", objection_open, 1, many); count("upheld objections", objection_upheld, 1, many)
    count("extensions approved", extension_count["approved"], 2, many); count("extensions refused", extension_count["refused"], 1, many); count("extensions open", extension_count["open"], 1, many)
    count("duty names", rows["duty"], 5, many); count("roles of people", length_of(role_count), 5, 5)
    for (i = 1; i <= name_count; i++)
        print check_names[i] in wrongs ? "not " check_names[i] ": " first[check_names[i]] (wrongs[check_names[i]] > 1 ? " (and " wrongs[check_names[i]] - 1 " more)" : "") : "ok " check_names[i]
}

function length_of(array,    i, n) { for (i in array) n++; return n + 0 }
