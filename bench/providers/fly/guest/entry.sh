#!/bin/sh
# What a k6 Machine does from its boot to its end, whatever becomes of whoever rented it: waits to be told when to
# start, runs k6, packs its rows as they come, and keeps them until they are collected. vantage.sh is how it is told.
# BENCH_DIR: where everything is written. BENCH_EXPIRES: the Unix second at which it ends come what may.
# BENCH_IDLE_S: how long it waits for a start, and after a part for what comes next, since anybody asked how it is.
# BENCH_SEGMENT_US: the time that a segment of rows spans.
# Beside this file: script.js.gz, and part.0.gz, which holds lines NAME=VALUE of k6's environment, an empty line, and
# k6's options as JSON; those of later parts come to BENCH_DIR.
set -u
umask 000
here=$(dirname "$0")
dir=${BENCH_DIR:-/tmp/bench}
idle=${BENCH_IDLE_S:-600}
expires=${BENCH_EXPIRES:-9999999999}
span=${BENCH_SEGMENT_US:-10000000}
told_to_end=
code=0
part=0
trap 'told_to_end=1' INT TERM HUP

main() {
  mkdir -p "$dir"
  gunzip <"$here/script.js.gz" >"$dir/script.js"
  cp "$here/part.0.gz" "$dir/part.0.gz"
  nproc >"$dir/ready.new"
  mv "$dir/ready.new" "$dir/ready"
  while wait_for_go; do
    run_part
    part=$((part + 1))
  done
  exit "$code"
}

wait_for_go() {
  give_up=$(($(date +%s) + idle))
  while [ ! -e "$dir/go.$part" ]; do
    [ -e "$dir/collected" ] && return 1
    [ "$part" = 0 ] && [ -e "$dir/stop" ] && return 1
    must_end && return 1
    [ "$(date +%s)" -ge "$give_up" ] && is_forgotten && return 1
    sleep 0.2 2>/dev/null || sleep 1
  done
}

# Rows that take long to fetch are not to go meanwhile.
is_forgotten() {
  asked=0
  [ -e "$dir/asked" ] && read -r asked <"$dir/asked"
  give_up=$((${asked:-0} + idle))
  [ "$(date +%s)" -ge "$give_up" ]
}

must_end() {
  [ -n "$told_to_end" ] || [ "$(date +%s)" -ge "$expires" ]
}

run_part() {
  gunzip <"$dir/part.$part.gz" >"$dir/part.$part"
  awk 'after; /^$/ { after = 1 }' "$dir/part.$part" >"$dir/options.$part.json"
  fifo=$dir/fifo.$part
  rm -f "$fifo"
  mkfifo "$fifo"
  # Held open, so that the packer neither waits for a k6 that never opens it, nor sees an end before k6 has ended.
  exec 3<>"$fifo"
  pack &
  packer=$!
  run_k6 >"$dir/out.$part" 2>"$dir/log.$part" &
  k6=$!
  watch_k6
  wait "$k6"
  code=$?
  # It did not listen yet, or no longer: 105 is what k6 itself says when it is told to end.
  [ "$code" = 143 ] && [ -n "$stopping" ] && code=105
  exec 3>&-
  wait "$packer"
  packed=$?
  say_done
}

# A signal to the whole group must not cost the rows that are on their way.
pack() {
  exec 3>&-
  trap '' INT TERM HUP
  export LC_ALL=C
  exec awk -v seal="sh '$here/vantage.sh' seal $part" -v spanUs="$span" -f "$here/pack.awk" <"$fifo"
}

run_k6() {
  exec 3>&-
  while IFS= read -r line && [ -n "$line" ]; do export "${line?}"; done <"$dir/part.$part"
  read -r BENCH_START_AT <"$dir/go.$part"
  # As an argument of --out, a path with a comma or an equals sign is taken for settings.
  export BENCH_START_AT K6_CSV_FILENAME="$fifo" K6_CSV_TIME_FORMAT=unix_micro K6_CSV_SAVE_INTERVAL=200ms
  exec k6 run --config "$dir/options.$part.json" --out csv \
    --summary-mode=disabled --no-usage-report --no-color "$dir/script.js"
}

# Reads k6's processor time every second, and ends it where it has to end.
watch_k6() {
  stopping=
  while kill -0 "$k6" 2>/dev/null; do
    read_cpu
    if [ -n "$stopping" ]; then stopping=$((stopping + 1))
    # A signal to the whole group has reached k6 too, and a second one would cut its end short.
    elif [ -n "$told_to_end" ]; then stopping=0
    elif [ -e "$dir/stop" ] || must_end || ! kill -0 "$packer" 2>/dev/null; then stopping=2
    fi
    [ "$stopping" = 2 ] && kill -TERM "$k6" 2>/dev/null
    [ "${stopping:-0}" -gt 7 ] && kill -KILL "$k6" 2>/dev/null
    sleep 1
  done
}

# UNIX_SECONDS UPTIME_SECONDS TICKS: user and system time are fields 14 and 15 of stat, counted after the name's bracket.
read_cpu() {
  read -r line 2>/dev/null <"/proc/$k6/stat" || return
  read -r uptime _ </proc/uptime
  # shellcheck disable=SC2086
  set -- ${line##*) }
  echo "$(date +%s) $uptime $((${12} + ${13}))" >>"$dir/cpu.$part"
}

say_done() {
  error=$(grep level=error "$dir/log.$part" | tail -n 1)
  [ -n "$error" ] || error=$(tail -n 1 "$dir/log.$part")
  {
    echo "exit $code"
    [ "$packed" = 0 ] || echo "packer $packed"
    printf 'error %s\n' "$(printf '%s' "$error" | cut -c 1-600)"
  } >"$dir/done.new"
  mv "$dir/done.new" "$dir/done.$part"
}

main
