#!/usr/bin/env bash
# Install, upgrade, start or remove the appliance; `./install.sh --help` tells how, docs/install.md tells more.
#
# Everything is a function and the last line calls main, so a cut copy of this file runs nothing.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)

# shellcheck source-path=SCRIPTDIR disable=SC2034
load_parts() {
    source "$checkout/scripts/install/messages.sh"
    source "$checkout/scripts/install/options.sh"
    source "$checkout/scripts/install/checks.sh"
    source "$checkout/scripts/install/packages.sh"
    source "$checkout/scripts/install/environment.sh"
    source "$checkout/scripts/install/encoder.sh"
    source "$checkout/scripts/install/running.sh"
    source "$checkout/scripts/install/foreground.sh"
    source "$checkout/scripts/install/release.sh"
    source "$checkout/scripts/install/service.sh"
    source "$checkout/scripts/install/trial.sh"
    source "$checkout/scripts/install/upgrade.sh"
    source "$checkout/scripts/install/uninstall.sh"
}

main() {
    load_parts
    umask 077
    become_predictable
    read_options "$@"
    scratch=$(mktemp -d)
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap clean_up EXIT
    hold_installer_lock
    if [ "$uninstall" = yes ]; then
        remove_appliance
    elif runs_as_service; then
        install_service
    else
        install_in_checkout
    fi
}

# Other people's settings must not bend what is installed; what this script parses must be in one language.
become_predictable() {
    caller_locale=${LC_ALL-unset}
    export LC_ALL=C.UTF-8
    shopt -s nullglob
    leave_virtual_environment
    unset PYTHONPATH PYTHONHOME PIP_USER PIP_TARGET PIP_PREFIX CDPATH
}

# The active one may be the very one that is about to be made anew.
leave_virtual_environment() {
    [ -n "${VIRTUAL_ENV:-}" ] || return 0
    PATH=$(tr ':' '\n' <<<"$PATH" | grep -vxF "$VIRTUAL_ENV/bin" | paste -sd ':')
    unset VIRTUAL_ENV
}

# Given back to what is started at the end: it speaks to people, not to this script.
restore_locale() {
    if [ "$caller_locale" = unset ]; then unset LC_ALL; else export LC_ALL="$caller_locale"; fi
}

# The lock is on this very file: nothing to clean up, and gone with the process.
hold_installer_lock() {
    exec 9<"$checkout/install.sh"
    flock -n 9 || fail "$EX_TEMPFAIL" "another install.sh is at work in $checkout; wait until it is done"
}

release_installer_lock() {
    exec 9<&-
}

runs_as_service() {
    [ "$no_service" = no ] && [ "$demo" = no ] && [ "$(id -u)" = 0 ] && [ -d /run/systemd/system ]
}

clean_up() {
    local code=$?
    trap - EXIT
    trap '' INT TERM
    set +e # nothing may keep the rest from being cleaned up
    [ "$replacing" = no ] || return_to_previous
    discard_unfinished
    rm -rf "$scratch"
    [ "$code" != 130 ] || printf '\ninstall.sh: stopped; run it again to go on\n' >&2
    exit "$code"
}

main "$@"
