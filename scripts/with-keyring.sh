#!/bin/bash
# Runs a command inside a D-Bus session of its own, with a Secret Service (gnome-keyring) that no one else sees.
#
#   with-keyring.sh [--locked] COMMAND [ARGUMENT...]
#
# The keyring's login collection is unlocked with a fixed password, and kept in XDG_DATA_HOME if that is set (so that a
# second run finds it), else in a directory that is removed at the end. With --locked the service is started without the
# password: a collection of an earlier run stays locked, and there is nobody to ask for it.
# Needs on Debian and Ubuntu: gnome-keyring dbus. The exit code is that of the command.
set -euo pipefail

if [ "${1:-}" != --inside ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  mkdir -m 700 "$work/run"
  # A person's own session must not be reached from in here, nor the other way round.
  unset DBUS_SESSION_BUS_ADDRESS DISPLAY WAYLAND_DISPLAY GNOME_KEYRING_CONTROL
  export XDG_RUNTIME_DIR="$work/run" XDG_DATA_HOME="${XDG_DATA_HOME:-$work/data}"
  mkdir -p "$XDG_DATA_HOME"
  dbus-run-session -- "$BASH" "$0" --inside "$@"
  exit
fi

shift
if [ "${1:-}" = --locked ]; then
  shift
  eval "$(gnome-keyring-daemon --start --components=secrets)"
else
  eval "$(printf '%s' 'not a secret' | gnome-keyring-daemon --unlock --components=secrets)"
fi
exec "$@"
