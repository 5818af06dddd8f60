# The virtual environment beside the code: the locked packages, the core, the built-in plugins.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

STAMP=appliance-installed   # written last: what this environment was made from
MARK=appliance-unfinished   # there while it is being made: after a cut of power it is made anew
new_environment=            # what clean_up removes if this run does not finish it

# prepare_environment FOLDER: nothing to do and no network needed when nothing has changed.
prepare_environment() {
    local venv=$1/.venv
    ! environment_is_current "$1" || return 0
    if [ -e "$venv/$MARK" ] || ! is_whole_environment "$venv"; then
        make_environment "$venv"
    fi
    touch "$venv/$MARK"
    rm -f "$venv/$STAMP"
    step "Installing the locked packages (a few minutes on a small box)"
    install_locked_packages "$1"
    install_own_packages "$1"
    describe_environment "$1" >"$venv/$STAMP"
    rm -f "$venv/$MARK"
    new_environment=
}

environment_is_current() {
    [ "$(cat "$1/.venv/$STAMP" 2>/dev/null)" = "$(describe_environment "$1")" ] &&
        # A newer Python of the system leaves the packages behind.
        "$1/.venv/bin/python" -I -c 'import appliance, flask' 2>/dev/null
}

# An environment cannot be moved: its commands name the folder they were made in.
is_whole_environment() {
    "$1/bin/python" -c '' 2>/dev/null && head -n 3 "$1/bin/pip" 2>/dev/null | grep -qF "$1/bin/"
}

describe_environment() {
    { printf '%s\n' "$1" && cat "$1/requirements.lock" "$1/pyproject.toml" "$1"/plugins/*/pyproject.toml; } |
        sha256sum | cut -d ' ' -f 1
}

make_environment() {
    step "Making a virtual environment with $("$(find_python)" --version)"
    rm -rf "$1"
    new_environment=$1
    "$(find_python)" -m venv "$1" >"$scratch/venv.log" 2>&1 ||
        fail_with_log "$EX_SOFTWARE" "$scratch/venv.log" "no virtual environment could be made in $1"
}

install_locked_packages() {
    run_pip "$1" --require-hashes -r "$1/requirements.lock"
}

# Editable, with the build backend of the lock: installs nothing that the lock does not name.
install_own_packages() {
    local project arguments=(-e "$1")
    for project in "$1"/plugins/*/pyproject.toml; do
        arguments+=(-e "$(dirname "$project")")
    done
    run_pip "$1" --no-deps --no-build-isolation "${arguments[@]}"
}

# run_pip FOLDER ARGUMENT...
run_pip() {
    local log=$scratch/pip.log venv=$1/.venv
    shift
    "$venv/bin/python" -m pip install --quiet --no-input --disable-pip-version-check "$@" >"$log" 2>&1 </dev/null ||
        explain_pip_failure "$log" "$venv"
}

# pip takes back what it began, so an environment that was whole before still is.
explain_pip_failure() {
    rm -f "$2/$MARK"
    ! grep -q 'No space left on device' "$1" || fail "$EX_IOERR" "no space left for the packages"
    ! lacks_network "$1" ||
        fail "$EX_UNAVAILABLE" "no network: the package registry does not answer; run ./install.sh again when it does"
    fail_with_log "$EX_SOFTWARE" "$1" "pip could not install the packages"
}

lacks_network() {
    grep -qE 'NewConnectionError|ConnectTimeout|ReadTimeout|NameResolutionError|Temporary failure in name|ProxyError|Max retries exceeded|ConnectionResetError|RemoteDisconnected|\(from versions: none\)' "$1"
}

discard_unfinished() {
    [ -z "$new_environment" ] || rm -rf "$new_environment"
    [ -z "${new_release:-}" ] || rm -rf "$new_release"
}
