#!/usr/bin/env bash
set -euo pipefail
source ./lib.sh
. "$(dirname "$0")/base.sh"

readonly LIMIT=42
declare -A sizes=([small]=1 [large]=0x1F)

# Prints a usage text.
#
# With lines.
usage() {
  cat <<TEXT
Usage: $0 [${options[*]}] $((LIMIT * 2))
TEXT
  cat <<'RAW'
raw $text
RAW
}

# With the keyword.
function area() {
  local width="$1" height=${2:-1}
  local -r text="a ${width}cm by $(printf '%s' "$height") shape" raw='single $quoted' ansi=$'\n'
  if [[ "$width" =~ ^[0-9]+$ && -n $height ]]; then
    echo "$(( width * height ))"
  elif [ "$width" -lt 0 ]; then
    return 1
  else
    case "$width" in
      small|large) echo "${sizes[$width]}" ;;
      *) die "unknown: $width" >&2 ;;
    esac
  fi
}

function keyword_only {
  nested() { echo "nested"; }
  for i in {1..3} *.txt; do nested "$i" | tee -a log & done
  while read -r line; do echo "${line##*/}"; done < <(ls)
}

in_subshell() (
  cd /tmp && ls
)

name::spaced-out.function() { [[ -v x ]] && echo `date`; }

one_line() { echo one; } # trailing comments document nothing

if true; then
  # Within a condition.
  conditional() { :; }
fi

test_area() {
  assert_equal "$(area 2 3)" 6
}

@test "area of nothing" {
  run area 0
  [ "$status" -eq 0 ]
}

# Still found.
after() {
  echo "$@" "${#array[@]}" "$?" "${var/old/new}"
}

broken() {
  if true; then
