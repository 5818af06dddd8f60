# Who runs on a data folder, and under which addresses people find it.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

# The running appliance holds a lock on DATA/run.lock and has written "pid host:port" into it.
is_running() {
    local code=0
    [ -e "$1/run.lock" ] || return 1
    flock --shared --nonblock --conflict-exit-code 200 "$1/run.lock" true 2>/dev/null || code=$?
    [ "$code" = 200 ]
}

# Says so and answers yes if an appliance already runs on this data folder.
report_running() {
    local pid address
    is_running "$1" || return 1
    read -r pid address <"$1/run.lock" || true
    say "The appliance is already running here (process ${pid:-unknown}); nothing was changed."
    print_addresses "${address:-$listen}"
    say "Ctrl-C in its window stops it; then ./install.sh upgrades and starts it."
}

# print_addresses HOST:PORT
print_addresses() {
    local host=${1%:*} address addresses
    case $host in
    0.0.0.0 | '[::]' | '') addresses=$(list_lan_addresses) ;;
    *) addresses=$host ;;
    esac
    for address in ${addresses:-127.0.0.1}; do
        say "    http://$address$(print_port "${1##*:}")/"
    done
}

print_port() {
    [ "$1" = 80 ] || printf ':%s' "$1"
}

# Without the bridges of containers and virtual machines: nobody in the shop can open those.
list_lan_addresses() {
    if command -v ip >/dev/null; then
        ip -4 -oneline address show up scope global |
            awk '$2 !~ /^(docker|br-|veth|virbr|lxc|cni|podman)/ { sub("/.*", "", $4); print $4 }'
    else
        hostname -I 2>/dev/null | tr ' ' '\n' | grep -E '^[0-9.]+$' || true
    fi
}
