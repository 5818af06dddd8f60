# Everything that is looked at before anything is changed.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

SPACE_TO_INSTALL=1024 # MiB: packages take about 350, ffmpeg 400
SPACE_TO_RUN=200

# APPLIANCE_ANY_SYSTEM=1 tries elsewhere; APPLIANCE_OS_RELEASE names another os-release file.
check_system() {
    local name
    name=$(read_system_name)
    [ "${APPLIANCE_ANY_SYSTEM:-}" = 1 ] || is_known_system ||
        fail "$EX_OSERR" "$name is not supported; Debian 12 or newer, Raspberry Pi OS (64-bit) and Ubuntu 24.04" \
            "or newer are (APPLIANCE_ANY_SYSTEM=1 tries anyway)"
    [ "${APPLIANCE_ANY_SYSTEM:-}" = 1 ] || has_known_architecture ||
        fail "$EX_OSERR" "$name is $(dpkg --print-architecture) here; the 64-bit system is needed (amd64 or arm64)"
}

read_system_field() {
    sed -n "s/^$1=//p" "${APPLIANCE_OS_RELEASE:-/etc/os-release}" 2>/dev/null | tr -d "\"'"
}

read_system_name() {
    local name
    name=$(read_system_field PRETTY_NAME) || true
    printf '%s\n' "${name:-$(uname -s)}"
}

is_known_system() {
    local family
    [ "$(uname -s)" = Linux ] || return 1
    family=" $(read_system_field ID) $(read_system_field ID_LIKE) "
    case $family in *' debian '* | *' ubuntu '* | *' raspbian '*) return 0 ;; *) return 1 ;; esac
}

# A 32-bit Raspberry Pi OS runs on a 64-bit kernel: uname would not tell.
has_known_architecture() {
    case $(dpkg --print-architecture) in amd64 | arm64) return 0 ;; *) return 1 ;; esac
}

# check_space FOLDER MIB
check_space() {
    local free
    free=$(df -Pk "$(find_existing_parent "$1")" | awk 'NR == 2 { print int($4 / 1024) }')
    [ "$free" -ge "$2" ] || fail "$EX_IOERR" "no space: $1 has $free MB free, $2 MB are needed"
}

find_existing_parent() {
    local folder=$1
    until [ -d "$folder" ]; do folder=$(dirname "$folder"); done
    printf '%s\n' "$folder"
}

check_port_is_free() {
    ! port_is_taken "$port" ||
        fail "$EX_TEMPFAIL" "port $port is taken by another program; choose a free one: ./install.sh --port N"
    [ "$port" -ge 1024 ] || [ "$(id -u)" = 0 ] ||
        fail "$EX_NOPERM" "port $port needs root; choose one from 1024 on: ./install.sh --port N"
}

# The kernel's own list of listening sockets (state 0A), so that no tool has to be installed for it.
port_is_taken() {
    local hexadecimal
    printf -v hexadecimal '%04X' "$1"
    { cat /proc/net/tcp /proc/net/tcp6 2>/dev/null || true; } |
        awk -v end=":$hexadecimal" '$4 == "0A" && substr($2, length($2) - 4) == end { found = 1 } END { exit !found }'
}

check_data_folder() {
    local probe
    if [ -d "$data" ]; then
        probe=$(mktemp "$data/.write-XXXXXX" 2>/dev/null) && rm -f -- "$probe"
    else
        [ ! -e "$data" ] && [ -w "$(find_existing_parent "$data")" ]
    fi || fail "$EX_CANTCREAT" "the data folder $data cannot be written by $(id -un)"
}

# Closed to other users of the machine from the first byte on.
make_data_folder() {
    mkdir -p -- "$data" || fail "$EX_CANTCREAT" "the data folder $data could not be made"
    [ -n "$(find "$data" -mindepth 1 ! -name .gitkeep -print -quit)" ] || chmod 700 "$data"
}
