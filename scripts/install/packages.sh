# What must come from the system: Python with venv, ffmpeg, and poppler for PDFs.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

# Prints the first Python from 3.11 on; nothing if there is none.
find_python() {
    local name path
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        path=$(command -v "$name") || continue
        if "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s\n' "$path"
            return
        fi
    done
}

# Fails if only an older Python is here: the system's packages would bring no newer one.
check_python() {
    [ -z "$(find_python)" ] && command -v python3 >/dev/null || return 0
    fail "$EX_OSERR" "Python 3.11 or newer is needed, this system has $(python3 --version 2>&1 | sed 's/Python //')"
}

list_missing_packages() {
    local python
    python=$(find_python)
    if [ -z "$python" ]; then
        printf 'python3\npython3-venv\n'
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        name_venv_package "$python"
    fi
    { command -v ffmpeg && command -v ffprobe; } >/dev/null || printf 'ffmpeg\n'
    { command -v pdfinfo && command -v pdftoppm && command -v pdftotext; } >/dev/null || printf 'poppler-utils\n'
}

# Debian keeps venv in a package of its own, one for each version of Python.
name_venv_package() {
    case $1 in
    */python3) printf 'python3-venv\n' ;;
    *) printf '%s-venv\n' "${1##*/}" ;;
    esac
}

install_missing_packages() {
    local missing
    missing=$(list_missing_packages | tr '\n' ' ')
    missing=${missing% }
    [ -n "$missing" ] || return 0
    find_root || fail "$EX_UNAVAILABLE" "missing: $missing; run as root: apt-get install $missing"
    agree "Install $missing with apt?" || fail "$EX_UNAVAILABLE" "missing: $missing"
    step "Installing $missing"
    # shellcheck disable=SC2086  # a list of names
    install_packages $missing
    check_python
    missing=$(list_missing_packages | tr '\n' ' ')
    [ -z "$missing" ] || fail "$EX_UNAVAILABLE" "still missing after apt-get install: $missing"
}

# Sets as_root to what runs a command as root.
find_root() {
    as_root=()
    [ "$(id -u)" != 0 ] || return 0
    command -v sudo >/dev/null || return 1
    as_root=(sudo)
    # Without a person to type a password only a sudo that asks for none is of use.
    if [ "$yes" = yes ]; then sudo -n true 2>/dev/null; fi
}

install_packages() {
    local log=$scratch/apt.log
    refresh_package_lists "$log"
    run_apt install --yes --no-install-recommends "$@" >>"$log" 2>&1 ||
        fail_with_log "$EX_UNAVAILABLE" "$log" "apt-get could not install $* (is there a network?)"
}

# apt does not wait for this lock by itself. What fails for another reason the install will say.
refresh_package_lists() {
    local attempt
    for attempt in $(seq 60); do
        run_apt update >"$1" 2>&1 || true
        grep -q 'Could not get lock' "$1" || return 0
        [ "$attempt" != 1 ] || say "    (waiting for another package manager to finish)"
        sleep 5
    done
}

# An unattended upgrade may hold the package database for minutes: wait for it.
run_apt() {
    # shellcheck disable=SC2030,SC2031
    (
        umask 022
        exec "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=600 \
            -o Acquire::Retries=3 "$@" </dev/null
    )
}
