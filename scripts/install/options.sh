# The flags and their environment twins.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

print_usage() {
    cat <<'USAGE'
Usage: ./install.sh [FLAG...]

Installs the appliance, or upgrades it, and starts it. As root on a machine with systemd it becomes a
service (/opt/appliance, data in /var/lib/appliance); otherwise it stays in this folder and runs in the
foreground until Ctrl-C.

  -y, --yes       ask nothing (also so without a terminal)      APPLIANCE_YES=1
  --demo          try it with sample conversations, no bot      APPLIANCE_DEMO=1
  --port N        listen on this port (8080)                    APPLIANCE_PORT=N
  --data DIR      keep everything that must survive in DIR      APPLIANCE_DATA=DIR
  --no-service    stay in this folder even as root              APPLIANCE_NO_SERVICE=1
  --no-start      install only, start nothing                   APPLIANCE_NO_START=1
  --uninstall     remove the program, keep the data             APPLIANCE_UNINSTALL=1
  --purge         with --uninstall: delete the data too         APPLIANCE_PURGE=1
  -h, --help      show this

APPLIANCE_LISTEN=HOST:PORT sets the address too (0.0.0.0:8080). Exit codes and more: docs/install.md
USAGE
}

read_options() {
    read_environment
    while [ $# -gt 0 ]; do
        case $1 in
        -y | --yes) yes=yes ;;
        --demo) demo=yes ;;
        --port=* | --data=*) set -- "${1%%=*}" "${1#*=}" "${@:2}" && continue ;;
        --port) need_value "$@" && port=$2 && shift ;;
        --data) need_value "$@" && data=$2 && shift ;;
        --no-service) no_service=yes ;;
        --no-start) no_start=yes ;;
        --uninstall) uninstall=yes ;;
        --purge) purge=yes ;;
        -h | --help) print_usage && exit 0 ;;
        *) fail "$EX_USAGE" "unknown flag $1; ./install.sh --help lists them" ;;
        esac
        shift
    done
    check_options
}

read_environment() {
    read_switch yes APPLIANCE_YES
    read_switch demo APPLIANCE_DEMO
    read_switch no_service APPLIANCE_NO_SERVICE
    read_switch no_start APPLIANCE_NO_START
    read_switch uninstall APPLIANCE_UNINSTALL
    read_switch purge APPLIANCE_PURGE
    port=${APPLIANCE_PORT:-}
    data=${APPLIANCE_DATA:-}
    listen=${APPLIANCE_LISTEN:-}
}

# read_switch VARIABLE TWIN
read_switch() {
    case ${!2:-} in
    '' | 0 | no | false | off) printf -v "$1" no ;;
    1 | yes | true | on) printf -v "$1" yes ;;
    *) fail "$EX_USAGE" "$2 is '${!2}'; use 1 or 0" ;;
    esac
}

need_value() {
    [ $# -ge 2 ] && [ -n "$2" ] || fail "$EX_USAGE" "$1 needs a value"
}

check_options() {
    if [ "$purge" = yes ]; then
        [ "$uninstall" = yes ] || fail "$EX_USAGE" "--purge goes with --uninstall"
        # Silence must never delete data: without a terminal nobody could have said no.
        [ "$yes" = yes ] || [ -t 0 ] || fail "$EX_USAGE" "--purge without a terminal needs --yes"
    fi
    [ -t 0 ] || yes=yes
    [ -z "$data" ] || data=$(realpath -m -- "$data")
    [ -z "$port" ] || check_port_number "$port"
}

check_port_number() {
    [[ $1 =~ ^[0-9]{1,5}$ ]] && ((10#$1 >= 1 && 10#$1 <= 65535)) ||
        fail "$EX_USAGE" "the port is '$1'; use a number from 1 to 65535"
}

# settle_address FALLBACK: one host:port out of --port, APPLIANCE_LISTEN and what was used before.
settle_address() {
    listen=${listen:-$1}
    [ -z "$port" ] || listen=${listen%:*}:$port
    port=${listen##*:}
    [[ $listen == *:* ]] || fail "$EX_USAGE" "APPLIANCE_LISTEN is '$listen'; write it as host:port"
    check_port_number "$port"
}
