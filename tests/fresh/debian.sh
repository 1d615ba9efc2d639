#!/usr/bin/env bash
# Proves that ./run sets everything up on a bare machine: a minimal Debian with Python and git, nothing else.
#
#   sudo tests/fresh/debian.sh [EMPTY FOLDER]
#
# Makes such a Debian with debootstrap, in the folder given (and leaves it there) or in a temporary one,
# clones the committed project into it, and there
#   1. runs ./run demo as a user who may not install anything: a clear sentence, exit code 3;
#   2. runs ./run demo and ./run test as root, from nothing, then once more, and prints how long each took;
#   3. runs ./run demo as a user with sudo;
#   4. tries what must not break it: another folder, a set-up that is killed, two set-ups at once.
# About ten minutes on 2 cores, 2 GB of disk. Not part of the test run: it needs root, debootstrap and the
# network. How this machine reaches its mirrors (apt's mirror and proxy, pip's index, certificates, name
# servers) is read from its own configuration. SUITE names another release than bookworm.
set -euo pipefail

suite=${SUITE:-bookworm}
project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
TIMEFORMAT='      %2R s'

title() { printf '\n== %s\n' "$*"; }
die() { printf 'failed: %s\n' "$*" >&2; exit 1; }

prepare_folder() {
  if [ -n "${1:-}" ]; then
    mkdir -p "$1"
    [ -z "$(ls -A "$1")" ] || die "$1 is not empty"
    fresh=$(cd "$1" && pwd -P)
  else
    fresh=$(mktemp -d /var/tmp/fresh-debian.XXXXXX)
    temporary=yes
  fi
  chmod 755 "$fresh"   # it becomes another user's root folder
  trap clean_up EXIT
}

clean_up() {
  local mounted
  for mounted in proc dev/shm; do
    ! mountpoint -q "$fresh/$mounted" || umount --lazy "$fresh/$mounted"
  done
  [ -z "${temporary:-}" ] || rm -rf --one-file-system "$fresh"
}

# ── This machine's way to its mirrors ───────────────────────────────────────────────────────────

debian_mirror() {
  local address
  address=$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
    grep -oE '^(URIs:|deb ).*https?://[^ ]+/debian/?( |$)' | grep -oE 'https?://[^ ]+' | head -n 1) || true
  echo "${address:-http://deb.debian.org/debian}"
}

copy_network_settings() {
  local settings
  cp -L /etc/resolv.conf /etc/hosts "$fresh/etc/"
  cp -L /etc/ssl/certs/ca-certificates.crt "$fresh/etc/ssl/certs/"
  for settings in /etc/apt/apt.conf /etc/apt/apt.conf.d/*; do   # proxies and the like, not hooks
    if grep -qs '^ *Acquire' "$settings" && ! grep -q Invoke "$settings"; then
      cp "$settings" "$fresh/etc/apt/apt.conf.d/"
    fi
  done
}

# Sets network to NAME=VALUE words: proxies, and pip's settings whether they come from its files or the environment.
read_network_environment() {
  local name value
  network=()
  for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY SSL_CERT_FILE; do
    [ -z "${!name:-}" ] || network+=("$name=${!name}")
  done
  for name in index-url cert proxy trusted-host timeout default-timeout retries; do
    value=$(printenv "PIP_$(tr 'a-z-' 'A-Z_' <<<"$name")" || python3 -m pip config get "global.$name" 2>/dev/null) || continue
    network+=("PIP_$(tr 'a-z-' 'A-Z_' <<<"$name")=$value")
  done
}

# ── The bare machine ────────────────────────────────────────────────────────────────────────────

make_debian() {
  debootstrap --variant=minbase --include=python3,git,ca-certificates "$suite" "$fresh" "$(debian_mirror)" \
    >"$fresh.log" 2>&1 || { tail -n 20 "$fresh.log"; die "debootstrap, see $fresh.log"; }
  rm "$fresh.log"
  copy_network_settings
  mount -t proc proc "$fresh/proc"
  mkdir -p "$fresh/dev/shm"
  mount -t tmpfs tmpfs "$fresh/dev/shm"
  chroot "$fresh" useradd --create-home vera
}

# The committed project, and beside it the shared folder if there is one.
bring_project() {
  local home=$1
  mkdir -p "$fresh$home/work"
  git clone --quiet "file://$project" "$fresh$home/work/main"
  [ ! -d "$project/../shared" ] || cp -RL "$project/../shared" "$fresh$home/work/shared"
}

# as USER FOLDER COMMAND …
as() {
  local user=$1 folder=$2 home=/root
  shift 2
  [ "$user" = root ] || home=/home/$user
  # shellcheck disable=SC2016  # expanded by the inner shell
  chroot --userspec="$user:$user" "$fresh" /usr/bin/env -i HOME="$home" TERM=dumb \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${network[@]}" \
    bash -c 'cd "$0" && exec "$@"' "$folder" "$@" </dev/null
}

# ── The proof ───────────────────────────────────────────────────────────────────────────────────

refuses_without_rights() {
  local code=0 told
  title "./run demo as a user who may not install"
  bring_project /home/vera
  chroot "$fresh" chown -R vera:vera /home/vera/work
  told=$(as vera /home/vera/work/main ./run demo 2>&1) || code=$?
  printf '%s\n      exit code %s\n' "$told" "$code"
  [ "$code" -eq 3 ] || die "exit code 3 was expected"
  grep -q 'sudo apt-get install' <<<"$told" || die "the sentence does not say what to do"
}

works_from_nothing() {
  bring_project /root
  title "./run demo as root, from nothing"
  time as root "$main" ./run demo
  title "./run test, first time"
  time as root "$main" ./run test
  title "./run demo, second time"
  time as root "$main" ./run demo
  title "./run test, second time"
  time as root "$main" ./run test
  title "./run true (what ./run itself costs)"
  time as root "$main" ./run true
}

works_with_sudo() {
  title "./run demo as a user with sudo, the system packages taken away again"
  as root / env DEBIAN_FRONTEND=noninteractive bash -c 'apt-get purge -y "tesseract-ocr*" "python3*-venv" && apt-get install -y sudo' \
    >/dev/null 2>&1 || die "preparing for sudo"
  echo 'vera ALL=(ALL) NOPASSWD: ALL' >"$fresh/etc/sudoers.d/vera"
  time as vera /home/vera/work/main ./run demo
}

survives() {
  title "from another folder, with a path of that folder"
  as root /etc "$main/run" python -c 'import os, sys; print(os.path.exists(sys.argv[1]), sys.prefix)' debian_version
  title "a set-up that is killed, then two at once"
  rm -rf "$fresh$main/.venv"
  as root "$main" timeout --signal=KILL 15 ./run true || true
  as root "$main" ./run echo one &
  as root "$main" ./run echo two
  wait $!
}

main=/root/work/main
[ "$(id -u)" -eq 0 ] || die "root's rights are needed (chroot, mount)"
command -v debootstrap >/dev/null || die "debootstrap is missing: apt-get install debootstrap"
prepare_folder "${1:-}"
read_network_environment
title "a minimal Debian $suite in $fresh"
time make_debian
refuses_without_rights
works_from_nothing
works_with_sudo
survives
title "all as it should be"
