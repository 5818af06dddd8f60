# What the installer says and asks, and its exit codes (sysexits.h; listed in docs/install.md).
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

EX_USAGE=64       # a flag that does not exist or does not fit
EX_UNAVAILABLE=69 # a system package or the network is missing
EX_SOFTWARE=70    # it cannot be installed or does not work; an upgrade was taken back
EX_OSERR=71       # a system or a Python it does not run on
EX_CANTCREAT=73   # the data folder cannot be written
EX_IOERR=74       # no space
EX_TEMPFAIL=75    # the port is taken, or something is running that must stop first
EX_NOPERM=77      # root is needed

say() {
    printf '%s\n' "$*"
}

step() {
    printf '==> %s\n' "$*"
}

fail() {
    local code=$1
    shift
    printf 'install.sh: %s\n' "$*" >&2
    exit "$code"
}

# fail_with_log CODE FILE TEXT: the last lines of what went wrong, then what it means.
fail_with_log() {
    tail -n 15 "$2" | sed 's/^/    /' >&2
    fail "$1" "$3"
}

# agree QUESTION: a yes unless a person says no.
agree() {
    local answer
    [ "$yes" = no ] || return 0
    read -r -p "$1 [Y/n] " answer || answer=no
    case $answer in '' | [Yy]*) return 0 ;; *) return 1 ;; esac
}
