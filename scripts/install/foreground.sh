# Everything stays in the checkout and runs in the foreground.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

install_in_checkout() {
    settle_address 0.0.0.0:8080
    if [ "$demo" = yes ]; then data=${data:-$checkout/data/demo}; else data=${data:-$checkout/data}; fi
    ! report_running "$data" || return 0
    check_checkout
    install_missing_packages
    prepare_environment "$checkout"
    make_data_folder
    export APPLIANCE_DATA=$data APPLIANCE_LISTEN=$listen
    if [ "$demo" = yes ]; then start_demo; else start_appliance; fi
}

check_checkout() {
    check_system
    check_python
    [ "$no_start" = yes ] || check_port_is_free
    if environment_is_current "$checkout"; then
        check_space "$data" "$SPACE_TO_RUN"
    else
        check_space "$checkout" "$SPACE_TO_INSTALL"
        [ -w "$checkout" ] || fail "$EX_NOPERM" "$checkout cannot be written by $(id -un)"
    fi
    check_data_folder
}

start_appliance() {
    run_appliance migrate || fail "$EX_SOFTWARE" "the database in $data could not be brought up to date"
    try_encoder "$checkout/.venv/bin/appliance"
    if [ "$no_start" = yes ]; then
        say "Installed. It starts with:"
        say "    $(print_settings)$checkout/.venv/bin/appliance run"
        return
    fi
    say "The appliance will be at:"
    print_addresses "$listen"
    # Says so where staff is set up already.
    run_appliance setup-code || true
    say "Ctrl-C stops it."
    become_appliance run
}

start_demo() {
    if [ "$no_start" = yes ]; then
        say "Installed. The demo starts with:"
        say "    $(print_settings)$checkout/.venv/bin/appliance demo"
        return
    fi
    become_appliance demo
}

run_appliance() {
    "$checkout/.venv/bin/appliance" "$@" 9<&-
}

# Only what differs from what the appliance takes by itself.
print_settings() {
    [ "$data" = "$checkout/data" ] || printf 'APPLIANCE_DATA=%q ' "$data"
    [ "$listen" = 0.0.0.0:8080 ] || printf 'APPLIANCE_LISTEN=%q ' "$listen"
}

# From here on this process is the appliance: Ctrl-C and a closed window reach it directly.
become_appliance() {
    rm -rf "$scratch"
    trap - EXIT INT TERM
    release_installer_lock
    restore_locale
    unset APPLIANCE_YES APPLIANCE_DEMO APPLIANCE_PORT APPLIANCE_NO_SERVICE APPLIANCE_NO_START
    exec "$checkout/.venv/bin/appliance" "$@"
}
