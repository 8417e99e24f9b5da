#!/bin/bash
# Installs the real VS Code workbench (code-server 4.100.3 = VS Code 1.100.3, the last one for Node 20) from npm alone.
#
# usage: install-code-server.sh [DIR]    default: $OVERLINT_CODE_SERVER, else ~/.cache/overlint-test/code-server
# Prints the folder. Does nothing where it is already installed; an install that broke off is made anew.
# Needs Debian's ripgrep and libkrb5-dev, and a compiler for the native modules that npm builds.
set -euo pipefail

VERSION=4.100.3
DIR=${1:-${OVERLINT_CODE_SERVER:-$HOME/.cache/overlint-test/code-server}}
LOG=$DIR/install.log

if [ -f "$DIR/installed-$VERSION" ]; then
  echo "$DIR"
  exit 0
fi

fail() {
  echo "install-code-server: $1; the log's last lines:" >&2
  tail -n 20 "$LOG" >&2
  exit 1
}

ripgrep=$(command -v rg) || { echo 'install-code-server: ripgrep is missing (apt-get install ripgrep)' >&2; exit 1; }
mkdir -p "$DIR"
cd "$DIR"
rm -rf node_modules package-lock.json
echo '{"private":true}' > package.json
: > "$LOG"

quiet=(--ignore-scripts --no-audit --no-fund)
npm install "${quiet[@]}" "code-server@$VERSION" >> "$LOG" 2>&1 || fail 'npm could not fetch code-server'
# argon2's prebuilt binary lives on GitHub; without it npm falls back to node-gyp.
npm rebuild argon2 >> "$LOG" 2>&1 || fail 'argon2 could not be built'

cd node_modules/code-server/lib/vscode
npm install --omit=dev "${quiet[@]}" >> "$LOG" 2>&1 || fail "npm could not fetch the workbench's modules"
npm rebuild native-watchdog @vscode/spdlog >> "$LOG" 2>&1 || fail 'native modules could not be built (is libkrb5-dev there?)'
# node-pty's binary is built; only its post-install step, which asks the network for node-gyp, fails.
npm rebuild node-pty >> "$LOG" 2>&1 || true
mkdir -p node_modules/@vscode/ripgrep/bin
ln -sf "$ripgrep" node_modules/@vscode/ripgrep/bin/rg
ln -sfn node_modules node_modules.asar
ln -sf code-linux.sh bin/remote-cli/code-server
ln -sf browser-linux.sh bin/helpers/browser.sh

touch "$DIR/installed-$VERSION"
echo "$DIR"
