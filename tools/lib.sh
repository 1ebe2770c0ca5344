# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Shared by the scripts beside it: where things are, how many jobs, quiet steps with a log that is shown when one fails.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
log=$root/build/log

# Compilations at once: one a core, but no more than memory holds (Eigen and Qt take up to 1 GB each).
jobs() {
  local cores gigabytes
  cores=$(nproc)
  gigabytes=$(awk '/^MemAvailable:/ { print int($2 / 1048576) }' /proc/meminfo 2>/dev/null || echo "$cores")
  if [ "${gigabytes:-0}" -lt 1 ]; then gigabytes=1; fi
  echo $((cores < gigabytes ? cores : gigabytes))
}

# step NAME TEXT COMMAND…: runs it quietly into build/log/NAME.txt and says how long it took; returns its exit code. On a
# terminal the build's own counter is shown meanwhile.
step() {
  local name=$1 text=$2 start=$SECONDS code=0 counter='' line=''
  shift 2
  mkdir -p "$log"
  printf '  %s … ' "$text"
  if [ -t 1 ]; then
    line=$'\r\e[K'"  $text … "
    while sleep 1 && kill -0 $$ 2>/dev/null; do
      printf '%s%s' "$line" "$(tail -n 1 "$log/$name.txt" 2>/dev/null | grep -o '^\[[0-9/]*\]')"
    done &
    counter=$!
  fi
  "$@" >"$log/$name.txt" 2>&1 </dev/null || code=$?
  if [ -n "$counter" ]; then
    kill "$counter"
    wait "$counter" 2>/dev/null || true
  fi
  if [ "$code" = 0 ]; then
    printf '%s%d s\n' "$line" $((SECONDS - start))
  else
    printf '%sfailed after %d s\n' "$line" $((SECONDS - start))
  fi
  return "$code"
}

# explain NAME: what went wrong in that step: the compiler's errors if there are any, else the end of the log.
explain() {
  local errors
  errors=$(grep -E -A 4 '(error|Error):|^FAILED:|undefined reference' "$log/$1.txt" | grep -v ' -o .* -c ' | head -n 60 || true)
  printf '%s\n' "${errors:-$(tail -n 40 "$log/$1.txt")}" | sed 's/^/    /'
  printf '    (all of it: %s)\n' "${log#"$PWD"/}/$1.txt"
}

# configure PRESET [OPTION…]: only when needed; cmake itself notices changed CMakeLists later. A build folder that was made
# for another place or was left half configured is made anew.
configure() {
  local preset=$1 build=$root/build/$1
  shift
  if [ -f "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
    rm -rf "$build"
  fi
  if [ -f "$build/build.ninja" ] && [ "$build/build.ninja" -nt "$root/CMakePresets.json" ]; then return 0; fi
  local launcher=()
  if command -v ccache >/dev/null; then launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache); fi
  (cd "$root" && cmake --preset "$preset" "${launcher[@]}" "$@")
}

# build PRESET [TARGET…]
build() {
  local preset=$1 targets=()
  shift
  if [ $# -gt 0 ]; then targets=(--target "$@"); fi
  configure "$preset" && cmake --build "$root/build/$preset" -j "$(jobs)" "${targets[@]}"
}
