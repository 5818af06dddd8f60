# What this machine encodes films with: tried once, at the end of an install.
# shellcheck shell=bash disable=SC2154

TRIAL_SECONDS=10
ENCODER_DEVICE=/dev/video11 # the one of a Raspberry Pi 4

# try_encoder APPLIANCE [AS]: quiet and bounded. A machine too slow for it, or one where it fails, takes what is safe
# and tries by itself when it has nothing else to do.
try_encoder() {
    local appliance=$1 as=${2:-}
    [ ! -e "$data/plugin-data/media/encoder.json" ] || return 0
    ${as:+"$as"} timeout --kill-after=1 "$TRIAL_SECONDS" "$appliance" media choose-encoder --if-needed \
        </dev/null >/dev/null 2>&1 9<&- || true
}

# The board's own encoder belongs to a group.
allow_encoder() {
    [ ! -e "$ENCODER_DEVICE" ] || usermod --append --groups video "$ACCOUNT"
}

# For the unit, which otherwise sees no device of the machine.
describe_encoder() {
    [ ! -e "$ENCODER_DEVICE" ] ||
        printf 'PrivateDevices=no\nDevicePolicy=closed\nDeviceAllow=char-video4linux rw\n'
}
