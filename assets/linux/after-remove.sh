#!/bin/sh
# Run by dpkg (remove, purge, upgrade, ...) and by rpm (how many versions are left). An upgrade keeps everything: the new
# version has already been set up, or is about to be.
case $1 in
  remove | purge | 0) ;;
  *) exit 0 ;;
esac
app='/opt/${sanitizedProductName}'

for name in '${executable}' mcp-manager; do
  # Only our own link, not something that a person has put in its place.
  case $(readlink "$DPKG_ROOT/usr/bin/$name") in
    "$app"/*) rm -f "$DPKG_ROOT/usr/bin/$name" ;;
  esac
done

# The entry that starts the application at login, which it has made in each person's own settings. Removed as that person:
# what lies in their home is theirs to link wherever they like.
as_person() {
  if [ -n "$DPKG_ROOT" ]; then shift; "$@"; else person=$1; shift; runuser -u "$person" -- "$@"; fi
}
while IFS=: read -r person _ _ _ _ home _; do
  for entry in "$DPKG_ROOT$home"/.config/autostart/*.desktop; do
    if as_person "$person" grep -qs "^Exec=.*$app/" "$entry"; then as_person "$person" rm -f "$entry"; fi
  done
done <"$DPKG_ROOT/etc/passwd"

if [ -e "$DPKG_ROOT/etc/apparmor.d/${executable}" ]; then
  if [ -z "$DPKG_ROOT" ] && apparmor_status --enabled 2>/dev/null; then
    apparmor_parser --remove '/etc/apparmor.d/${executable}' || true
  fi
  rm -f "$DPKG_ROOT/etc/apparmor.d/${executable}"
fi
exit 0
