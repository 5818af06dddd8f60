# The appliance as a service of systemd.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

SETTINGS=/etc/appliance/appliance.env
UNIT=/etc/systemd/system/appliance.service
COMMAND=/usr/local/bin/appliance
ACCOUNT=appliance

install_service() {
    # Nothing of root's own (~/.pyenv, say): the service's user could not read it.
    PATH=/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin
    settle_service
    if ! systemctl --quiet is-active appliance && report_running "$data"; then return; fi
    check_service
    [ -e "$UNIT" ] || agree "Install the appliance as a service (program in $ROOT, data in $data)?" ||
        fail "$EX_USAGE" "nothing was installed; ./install.sh --no-service keeps everything in this folder"
    install_missing_packages
    mkdir -p "$ROOT/releases"
    chmod 755 "$ROOT" "$ROOT/releases"
    previous=$(readlink "$ROOT/current" || true)
    build_release
    prepare_account
    if is_unchanged; then
        step "Already at release ${release##*/}"
    else
        replace_release
    fi
    try_encoder "$release/.venv/bin/appliance" as_account
    report_service
}

# What the last run settled on stays, unless a flag says otherwise.
settle_service() {
    old_data=$(read_setting APPLIANCE_DATA)
    data=${data:-${old_data:-/var/lib/appliance}}
    [ "$data" = "${old_data:-$data}" ] || say "The data is kept in $data from now on; what was in $old_data stays there."
    old_listen=$(read_setting APPLIANCE_LISTEN)
    settle_address "${old_listen:-0.0.0.0:8080}"
}

read_setting() {
    sed -n "s/^$1=//p" "$SETTINGS" 2>/dev/null | tail -n 1 || true
}

check_service() {
    check_system
    check_python
    if ! systemctl --quiet is-active appliance || [ "$port" != "${old_listen##*:}" ]; then check_port_is_free; fi
    mkdir -p /opt
    check_space /opt "$SPACE_TO_INSTALL"
    check_space "$data" "$SPACE_TO_RUN"
    check_data_folder
    # The service cannot see people's homes, and has a /tmp of its own.
    case $data/ in
    /home/* | /root/* | /run/* | /tmp/* | /var/tmp/*)
        fail "$EX_CANTCREAT" "the service cannot keep its data in $data; choose a folder outside of homes and /tmp" ;;
    esac
}

prepare_account() {
    id "$ACCOUNT" >/dev/null 2>&1 ||
        useradd --system --user-group --no-create-home --home-dir "$data" --shell /usr/sbin/nologin "$ACCOUNT"
    allow_encoder
    make_data_folder
    chown -R "$ACCOUNT:$ACCOUNT" "$data"
    as_account test -w "$data" || fail "$EX_CANTCREAT" "the user $ACCOUNT cannot reach $data"
}

# Runs a command as the service would.
as_account() {
    (become_account "$@")
}

# This process becomes the command.
become_account() {
    cd /
    export APPLIANCE_DATA=$data APPLIANCE_LISTEN=$listen HOME=$data
    exec setpriv --reuid "$ACCOUNT" --regid "$ACCOUNT" --init-groups -- "$@" 9<&-
}

is_unchanged() {
    [ "$release" = "$previous" ] && [ "$(describe_settings)" = "$(cat "$SETTINGS" 2>/dev/null)" ] &&
        cmp --silent "$release/scripts/install/appliance.service" "$UNIT" &&
        { [ "$no_start" = yes ] || systemctl --quiet is-active appliance; }
}

# The file as it should be: other lines that somebody wrote into it stay.
describe_settings() {
    if [ -f "$SETTINGS" ]; then
        grep -vE '^APPLIANCE_(DATA|LISTEN)=' "$SETTINGS" || true
    else
        printf '# Settings of the service; docs/install.md lists them. After a change: systemctl restart appliance\n'
    fi
    printf 'APPLIANCE_DATA=%s\nAPPLIANCE_LISTEN=%s\n' "$data" "$listen"
}

write_settings() {
    local text
    text=$(describe_settings)
    mkdir -p "${SETTINGS%/*}"
    chmod 755 "${SETTINGS%/*}"
    printf '%s\n' "$text" >"$SETTINGS"
    chown "root:$ACCOUNT" "$SETTINGS"
    chmod 640 "$SETTINGS"
}

# write_unit RELEASE
write_unit() {
    install -m 755 "$1/scripts/install/appliance-command" "$COMMAND"
    install -m 644 "$1/scripts/install/appliance.service" "$UNIT"
    mkdir -p "$UNIT.d"
    chmod 755 "$UNIT.d"
    describe_exceptions >"$UNIT.d/installed.conf"
    chmod 644 "$UNIT.d/installed.conf"
    systemctl daemon-reload
}

# What --data and --port ask for beyond the unit.
describe_exceptions() {
    printf '[Service]\n'
    [ "$data" = /var/lib/appliance ] || printf 'ReadWritePaths="%s"\n' "$data"
    describe_encoder
    [ "$port" -ge 1024 ] ||
        # A capability counts for the machine's ports only outside of a user namespace.
        printf 'AmbientCapabilities=CAP_NET_BIND_SERVICE\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\nPrivateUsers=no\n'
}

report_service() {
    if [ "$no_start" = yes ]; then
        say "Installed. It starts with: systemctl start appliance"
        return
    fi
    say "The appliance runs, also after a restart of this machine:"
    print_addresses "$listen"
    # Says so where staff is set up already; whatever it says, the service runs.
    "$COMMAND" setup-code || true
    say "Its log: journalctl -u appliance    Its commands: appliance --help"
}
