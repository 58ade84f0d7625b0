# shellcheck shell=bash disable=SC2034
# Sourced by the steps beside it. A step prints one line for what it does and can be repeated at any time; it exits 0
# when its thing is ready, else with 3 and the reason as its last line on standard error.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
readonly root target=$root/target
step=$(basename "$0")
readonly step

say() { echo "prepare $step: $*"; }

impossible() {
  echo "$step: $*" >&2
  exit 3
}

can_be_root() { [[ $(id -u) == 0 ]] || sudo -n true 2>/dev/null; }

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; else sudo -n "$@"; fi
}

engine_answers() { docker version --format '{{.Server.Version}}' >/dev/null 2>&1; }

mkdir -p "$target"
