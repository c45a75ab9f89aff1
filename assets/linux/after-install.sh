#!/bin/sh
# Run by dpkg and rpm after unpacking. electron-builder fills in the names; $DPKG_ROOT is dpkg's name for another root.
app='/opt/${sanitizedProductName}'

mkdir -p "$DPKG_ROOT/usr/bin"
ln -sf "$app/${executable}" "$DPKG_ROOT/usr/bin/${executable}"
ln -sf "$app/resources/bin/mcp-manager" "$DPKG_ROOT/usr/bin/mcp-manager"

# Chromium's sandbox needs user namespaces. Where the kernel has none for everyone, its helper needs to be setuid.
if unshare --user true 2>/dev/null; then mode=0755; else mode=4755; fi
if [ -e "$DPKG_ROOT$app/chrome-sandbox" ]; then chmod $mode "$DPKG_ROOT$app/chrome-sandbox"; fi

# Ubuntu 24.04 and later give user namespaces to programs with a profile only. An older AppArmor does not know `userns`
# and does not need the profile either.
profile="$app/resources/apparmor-profile"
if [ -z "$DPKG_ROOT" ] && apparmor_status --enabled 2>/dev/null &&
  apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
  cp -f "$profile" '/etc/apparmor.d/${executable}'
  apparmor_parser --replace '/etc/apparmor.d/${executable}' || true
fi

if [ -z "$DPKG_ROOT" ]; then
  update-desktop-database /usr/share/applications 2>/dev/null || true
fi
exit 0
