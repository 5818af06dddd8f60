# A release shows that it works before it is used.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

trial= # the process of a release that has to show itself

# The new release brings the database up to date and answers once on a port of its own, before it may fetch a
# single message: taking the database back then loses none.
try_release() {
    local spare code=0
    as_account "$release/.venv/bin/appliance" migrate || return 1
    spare=$(find_spare_port) || return 1
    (listen=127.0.0.1:$spare && become_account "$release/.venv/bin/appliance" web) >"$scratch/web.log" 2>&1 &
    trial=$!
    wait_until_it_answers "127.0.0.1:$spare" "kill -0 $trial" || code=1
    stop_trial
    [ "$code" = 0 ] || tail -n 15 "$scratch/web.log" | sed 's/^/    /' >&2
    return "$code"
}

stop_trial() {
    [ -n "$trial" ] || return 0
    kill "$trial" 2>/dev/null || true
    for _ in $(seq 100); do
        kill -0 "$trial" 2>/dev/null || break
        sleep 0.2
    done
    kill -KILL "$trial" 2>/dev/null || true
    wait "$trial" 2>/dev/null || true
    trial=
}

# The kernel gives every asker another one: two upgrades at a time never try their releases on the same.
find_spare_port() {
    "$release/.venv/bin/python" -I - <<'PYTHON'
import socket
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    print(probe.getsockname()[1])
PYTHON
}

# wait_until_it_answers HOST:PORT ALIVE: a minute at most, and no longer than the command ALIVE succeeds.
wait_until_it_answers() {
    local address=$1
    case $address in 0.0.0.0:* | '[::]:'* | :*) address=127.0.0.1:${address##*:} ;; esac
    for _ in $(seq 120); do
        ! answers "$address" || return 0
        $2 2>/dev/null || return 1
        sleep 0.5
    done
    return 1
}

answers() {
    "$release/.venv/bin/python" -I - "$1" <<'PYTHON'
import http.client, sys
try:
    connection = http.client.HTTPConnection(sys.argv[1], timeout=5)
    connection.request("GET", "/healthz")
    sys.exit(connection.getresponse().status != 200)
except OSError:
    sys.exit(1)
PYTHON
}
