#!/bin/sh
# Installs what `make demo`, `make test` or `make bench` needs and is missing, or all of it; silent when nothing is.
set -eu

what=${1:-all}
packages=

say() { echo "==> $*"; }
stop() { echo "setup: $*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }
need() { packages="$packages $1"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        stop "become root for this, or install sudo: $*"
    fi
}

# PostgreSQL's server programs are not in PATH on Debian; 15 is the oldest that has what the schema uses.
has_postgres() {
    for program in "$(command -v postgres)" /usr/lib/postgresql/*/bin/postgres \
        /usr/pgsql-*/bin/postgres /opt/homebrew/opt/postgresql*/bin/postgres; do
        [ -x "$program" ] || continue
        major=$("$program" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
        [ "$major" -ge 15 ] && return 0
    done
    return 1
}

find_missing() {
    has cc || need gcc
    # Some crates bring C, and its headers come with no compiler.
    [ -e /usr/include/stdio.h ] || [ "$(uname)" = Darwin ] || need libc6-dev
    has pkg-config || need pkg-config
    [ -e /etc/ssl/certs/ca-certificates.crt ] || [ "$(uname)" = Darwin ] || need ca-certificates
    has_postgres && has psql || need postgresql
    case $what in test | bench | all) has redis-server || need redis-server ;; esac
    case $what in bench | all) has wrk || need wrk ;; esac
}

# The packages of servers start them at once and at every boot. Bodega runs its own, so ours must do neither, and a
# server that was there before is left alone.
install_packages() {
    has apt-get || stop "please install these by your system's means:$packages"
    say "installing:$packages"
    policy=/usr/sbin/policy-rc.d
    cluster=/etc/postgresql-common/createcluster.d/bodega-setup.conf
    made=
    trap 'remove_made' EXIT INT TERM
    if [ ! -e "$policy" ]; then
        made="$made $policy"
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
    fi
    if [ ! -e "$cluster" ]; then
        made="$made $cluster"
        as_root mkdir -p "${cluster%/*}"
        echo 'create_main_cluster = false' | as_root tee "$cluster" >/dev/null
    fi
    apt_get update
    # shellcheck disable=SC2086 # a list of words
    apt_get install --yes --no-install-recommends $packages
    case $packages in *redis-server*) disable redis-server ;; esac
    remove_made
    trap - EXIT INT TERM
    has_postgres || stop "this system's PostgreSQL is older than 15; for a newer one run" \
        "/usr/share/postgresql-common/pgdg/apt.postgresql.org.sh as root, then this again"
}

apt_get() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@"; }

disable() {
    has systemctl || return 0
    as_root systemctl --quiet disable "$1" 2>/dev/null || true
}

remove_made() {
    # shellcheck disable=SC2086 # a list of words
    [ -z "$made" ] || as_root rm -f $made
    made=
}

check_rust() {
    has cargo || stop "Rust is missing; install it from https://rustup.rs and open a new terminal"
    wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
    found=$(cargo --version | cut -d ' ' -f 2)
    oldest=$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)
    [ "$oldest" = "$wanted" ] ||
        stop "Rust $found is too old, $wanted is needed: rustup update stable"
    case $what in test | all) check_test_tools ;; esac
}

check_test_tools() {
    for tool in fmt clippy; do
        cargo "$tool" --version >/dev/null 2>&1 && continue
        has rustup || stop "cargo $tool is missing; install it as you did Rust"
        rustup component add rustfmt clippy
    done
    if ! cargo nextest --version >/dev/null 2>&1; then
        say "installing cargo-nextest, which runs the tests; this takes some minutes"
        cargo install --locked --quiet cargo-nextest
    fi
}

case $what in demo | test | bench | all) ;; *) stop "for what? demo, test, bench or all" ;; esac
cd "$(dirname "$0")/.."
find_missing
[ -z "$packages" ] || install_packages
check_rust
