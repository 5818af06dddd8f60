# From the release that runs to the new one, and back if the new one does not answer.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

set_aside= # where the database of a failed release went

replace_release() {
    step "Starting release ${release##*/}"
    trap 'return_to_previous; exit 130' INT
    trap 'return_to_previous; exit 143' TERM
    stop_service
    keep_copy
    try_release || give_up "release ${release##*/} does not work with the data in $data"
    cp -p "$SETTINGS" "$scratch/settings" 2>/dev/null || true
    write_settings
    switch_release "$release"
    write_unit "$release"
    systemctl --quiet enable appliance
    if [ "$no_start" = no ]; then
        start_service || give_up "release ${release##*/} did not answer within a minute"
    fi
    trap 'exit 130' INT
    trap 'exit 143' TERM
    remove_old_releases
}

stop_service() {
    ! systemctl --quiet is-active appliance || systemctl stop appliance
}

# Nothing runs now, so plain copies of the databases are whole. Files are only ever added.
keep_copy() {
    copy=$data/backups/before-upgrade
    [ -e "$data/appliance.db" ] || return 0
    check_space "$data" "$(du -cm "$data"/*.db* | awk 'END { print $1 * 2 + 100 }')"
    rm -rf "$copy"
    as_account mkdir -p "$copy"
    as_account cp -p --reflink=auto "$data"/*.db* "$copy/"
}

# The new release brings the database up to date and answers once on a port of its own, before it may fetch a
# single message: taking the database back then loses none.
try_release() {
    local spare code=0
    as_account "$release/.venv/bin/appliance" migrate || return 1
    spare=$(find_spare_port)
    listen=127.0.0.1:$spare as_account "$release/.venv/bin/appliance" web >"$scratch/web.log" 2>&1 &
    trial=$!
    wait_until_it_answers "127.0.0.1:$spare" "kill -0 $trial" || code=1
    kill "$trial" 2>/dev/null || true
    wait "$trial" 2>/dev/null || true
    [ "$code" = 0 ] || tail -n 15 "$scratch/web.log" | sed 's/^/    /' >&2
    return "$code"
}

find_spare_port() {
    local spare=18080
    while port_is_taken "$spare"; do spare=$((spare + 1)); done
    printf '%s\n' "$spare"
}

start_service() {
    systemctl reset-failed appliance 2>/dev/null || true
    systemctl start --no-block appliance
    wait_until_it_answers "$listen" is_starting && return
    journalctl --unit appliance --lines 15 --no-pager --output cat 2>/dev/null | sed 's/^/    /' >&2
    return 1
}

# Two failures in a row are enough to know.
is_starting() {
    [ "$(systemctl show --property NRestarts --value appliance)" -lt 2 ]
}

# wait_until_it_answers HOST:PORT ALIVE: a minute at most, and no longer than the command ALIVE succeeds.
wait_until_it_answers() {
    local second address=$1
    case $address in 0.0.0.0:* | '[::]:'* | :*) address=127.0.0.1:${address##*:} ;; esac
    for second in $(seq 60); do
        ! answers "$address" || return 0
        $2 2>/dev/null || return 1
        sleep 1
    done
    return 1
}

answers() {
    "$release/.venv/bin/python" -I - "$1" <<'PYTHON'
import http.client, sys
try:
    connection = http.client.HTTPConnection(sys.argv[1], timeout=5)
    connection.request("GET", "/healthz")
    sys.exit(connection.getresponse().status != 200)
except OSError:
    sys.exit(1)
PYTHON
}

give_up() {
    return_to_previous
    [ -n "$previous" ] || fail "$EX_SOFTWARE" "$1; nothing was left running"
    [ -z "$set_aside" ] || say "The database that release ${release##*/} has worked on is kept in $set_aside" >&2
    fail "$EX_SOFTWARE" "$1; release ${previous##*/} runs again"
}

return_to_previous() {
    systemctl stop appliance 2>/dev/null || true
    [ ! -e "$scratch/settings" ] || cp -p "$scratch/settings" "$SETTINGS"
    if [ -z "$previous" ]; then
        systemctl --quiet disable appliance 2>/dev/null || true
        rm -rf "$ROOT/current" "$UNIT" "$UNIT.d" "$COMMAND" "$release"
        systemctl daemon-reload
        return
    fi
    take_database_back
    switch_release "$previous"
    write_unit "$previous"
    systemctl start --no-block appliance
    [ "$release" = "$previous" ] || rm -rf "$release"
}

# The previous release reads a database whose schema did not change: then nothing is taken back, and nothing that
# arrived meanwhile is lost. Otherwise the newer one is kept beside, for a person to look into.
take_database_back() {
    [ -e "$copy/appliance.db" ] || return 0
    [ "$(describe_schema "$copy")" != "$(describe_schema "$data")" ] || return 0
    set_aside=$data/backups/after-failed-upgrade
    rm -rf "$set_aside"
    as_account mkdir -p "$set_aside"
    mv "$data"/*.db* "$set_aside/"
    cp -p "$copy"/*.db* "$data/"
}

# describe_schema FOLDER: its tables, and the steps of the migrations it has seen.
describe_schema() {
    as_account "$previous/.venv/bin/python" -I - "$1/appliance.db" <<'PYTHON'
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
for name, sql in sorted(database.execute("SELECT name, coalesce(sql, '') FROM sqlite_master")):
    print(name, sql)
    if "alembic" in name and sql.startswith("CREATE TABLE"):
        print(sorted(database.execute(f'SELECT * FROM "{name}"')))
PYTHON
}
