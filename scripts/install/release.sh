# Releases of the service: /opt/appliance/releases/VERSION, each with its own environment, and a link to one.
# shellcheck shell=bash disable=SC2015,SC2034,SC2154

ROOT=/opt/appliance
new_release= # what clean_up removes if this run does not finish it

# Sets release to a folder that holds this checkout, ready to run. The running one is not touched.
build_release() {
    local version digest
    version=$(read_version)
    digest=$(describe_checkout)
    release=$ROOT/releases/$version
    # The same version with other content: a checkout that was changed by hand.
    if [ -d "$release" ] && ! is_made_from "$digest"; then release=$release-${digest:0:8}; fi
    if ! is_made_from "$digest"; then
        step "Building release ${release##*/}"
        new_release=$release
        rm -rf "$release"
        copy_checkout "$release"
        printf '%s\n' "$digest" >"$release/.made-from"
    fi
    prepare_environment "$release"
    open_release
    new_release=
}

# Anybody may read the program, and only root may change it: what Python would compile later is compiled now.
open_release() {
    "$release/.venv/bin/python" -m compileall -q "$release/appliance" "$release/plugins" || true
    chmod -R u=rwX,go=rX "$release"
}

is_made_from() {
    [ "$(cat "$release/.made-from" 2>/dev/null)" = "$1" ]
}

read_version() {
    sed -n 's/^version = "\(.*\)"$/\1/p' "$checkout/pyproject.toml" | head -n 1
}

describe_checkout() {
    (cd "$checkout" && list_checkout | sort -z | xargs -0 sha256sum) | sha256sum | cut -d ' ' -f 1
}

copy_checkout() {
    mkdir -p "$1"
    (cd "$checkout" && list_checkout | tar --create --null --files-from=-) | tar --extract --directory="$1" --no-same-owner
}

# What git knows; in an unpacked archive everything but what the checkout makes for itself. NUL-separated.
list_checkout() {
    local file
    if git_in_checkout rev-parse --git-dir >/dev/null 2>&1; then
        git_in_checkout ls-files -z
    else
        find . -type f -not -path './.venv/*' -not -path './data/*' -not -path '*/__pycache__/*' -printf '%P\0'
    fi | while IFS= read -r -d '' file; do
        [ ! -f "$file" ] || printf '%s\0' "$file"
    done
}

# The checkout may belong to somebody else than root, which git would not trust.
git_in_checkout() {
    git -c safe.directory="$checkout" -C "$checkout" "$@"
}

# One rename: at no moment is there no current release.
switch_release() {
    ln -sfn "$1" "$ROOT/.next"
    mv -T "$ROOT/.next" "$ROOT/current"
}

# The running one and the one before it stay.
remove_old_releases() {
    local folder
    for folder in "$ROOT"/releases/*/; do
        folder=${folder%/}
        [ "$folder" = "$release" ] || [ "$folder" = "$previous" ] || rm -rf "$folder"
    done
}
