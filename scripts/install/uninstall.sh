# Taking the appliance away. The data stays unless --purge says otherwise.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

remove_appliance() {
    if [ "$no_service" = no ] && [ -e "$UNIT" ]; then
        [ "$(id -u)" = 0 ] || fail "$EX_NOPERM" "the service can only be removed by root: sudo ./install.sh --uninstall"
        remove_service
    else
        remove_from_checkout
    fi
}

remove_service() {
    data=$(read_setting APPLIANCE_DATA)
    data=${data:-/var/lib/appliance}
    confirm_removal "the service, /opt/appliance and $COMMAND"
    [ ! -d /run/systemd/system ] || systemctl --quiet disable --now appliance || true
    rm -rf "$UNIT" "$UNIT.d" "$COMMAND" "$ROOT"
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
    step "Removed the service"
    finish_removal
    [ "$purge" = no ] || { rm -rf "${SETTINGS%/*}" && { userdel "$ACCOUNT" 2>/dev/null || true; }; }
}

remove_from_checkout() {
    data=${data:-$checkout/data}
    ! is_running "$data" || fail "$EX_TEMPFAIL" "the appliance is running on $data; stop it first (Ctrl-C in its window)"
    confirm_removal "$checkout/.venv"
    rm -rf "$checkout/.venv"
    find "$checkout/appliance" "$checkout/plugins" -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null || true
    step "Removed $checkout/.venv; the rest of this folder can be deleted by hand"
    finish_removal
}

# confirm_removal WHAT: deleting data takes the whole word.
confirm_removal() {
    local answer
    [ "$purge" = no ] || check_purge
    if [ "$purge" = yes ] && [ "$yes" = no ]; then
        read -r -p "Delete all tickets, messages and files in $data for good? Type yes: " answer || true
        [ "$answer" = yes ] || fail "$EX_USAGE" "nothing was removed"
    elif ! agree "Remove $1? The data in $data stays."; then
        fail "$EX_USAGE" "nothing was removed"
    fi
}

# A mistyped --data must not cost somebody a folder of something else.
check_purge() {
    [ ! -d "$data" ] || [ -e "$data/appliance.db" ] || [ -z "$(list_data)" ] ||
        fail "$EX_USAGE" "$data does not look like the appliance's data; nothing was removed"
}

list_data() {
    find "$data" -mindepth 1 -maxdepth 1 ! -name .gitkeep
}

finish_removal() {
    if [ "$purge" = no ]; then
        say "The data is kept in $data"
    elif [ -d "$data" ]; then
        find "$data" -mindepth 1 ! -path "$checkout/data/.gitkeep" -delete
        rmdir "$data" 2>/dev/null || true
        say "Deleted $data"
    fi
}
