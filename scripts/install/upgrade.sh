# From the release that runs to the new one, and back if the new one does not answer.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

replacing=no # clean_up goes back if this run ends on the way
was_active=no
copy=      # the databases as they were; empty until they are whole
set_aside= # where the database of a failed release went

replace_release() {
    step "Starting release ${release##*/}"
    check_copy_fits
    replacing=yes
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
    replacing=no
    remove_old_releases
}

stop_service() {
    systemctl --quiet is-active appliance || return 0
    was_active=yes
    systemctl stop appliance
}

# For the copy and for what the new release does to the database.
check_copy_fits() {
    [ ! -e "$data/appliance.db" ] ||
        check_space "$data" "$(du -cm "$data"/*.db* | awk -v spare="$SPACE_TO_RUN" 'END { print $1 * 2 + spare }')"
}

# Nothing runs now, so plain copies of the databases are whole. Files are only ever added.
keep_copy() {
    local folder=$data/backups/before-upgrade
    [ -e "$data/appliance.db" ] || return 0
    rm -rf "$folder"
    as_account mkdir -p "$folder"
    as_account cp -p --reflink=auto "$data"/*.db* "$folder/"
    copy=$folder
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

give_up() {
    return_to_previous
    [ -n "$previous" ] || fail "$EX_SOFTWARE" "$1; nothing was left running"
    [ -z "$set_aside" ] || say "The database that release ${release##*/} has worked on is kept in $set_aside" >&2
    fail "$EX_SOFTWARE" "$1; back at release ${previous##*/}"
}

return_to_previous() {
    replacing=no
    stop_trial
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
    [ "$was_active" = no ] || systemctl start --no-block appliance
    [ "$release" = "$previous" ] || rm -rf "$release"
}

# The previous release reads a database whose schema did not change: then nothing is taken back, and nothing that
# arrived meanwhile is lost. Otherwise the newer one is kept beside, for a person to look into.
take_database_back() {
    [ -n "$copy" ] || return 0
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
