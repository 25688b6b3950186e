#!/bin/sh
# What can be said to a k6 Machine, one verb a call: sh vantage.sh VERB [ARGUMENTS]. Every verb may be repeated.
#   poll PART SEGMENTS READINGS OFFSET LENGTH   how the part is, what is new since so many closed segments and CPU
#                                               readings, and LENGTH bytes (base64) of all closed segments' from OFFSET
#   clock             UNIX_MS RESOLUTION_MS SPENT_MS: the time, how exact it is, and how long the answer waited for it
#   part PART         takes what a later part runs on stdin (base64 of gzip; entry.sh says what is in it)
#   go PART UNIX_MS   tells the part to start then
#   upload PART OFFSET LENGTH SECONDS           PUTs those bytes of a part that is done to the URL on stdin, within that
#                                               time; answered HTTP_STATUS K6_ERROR_CODE, of which one is 0
#   stop              ends k6 early, as gently as possible
#   collected         lets the machine end
#   seal PART SEGMENT closes a segment that is given on stdin (the packer's)
set -u
umask 000
dir=${BENCH_DIR:-/tmp/bench}

poll() {
  [ -e "$dir/ready" ] || { echo 'state starting'; return; }
  date +%s >"$dir/asked"
  if [ -e "$dir/done.$1" ]; then echo 'state done'; cat "$dir/done.$1"
  elif [ -e "$dir/go.$1" ]; then echo 'state running'
  else echo 'state ready'
  fi
  echo "processors $(cat "$dir/ready")"
  # k6 prints a line for each of its scenarios below the one that counts.
  [ -e "$dir/out.$1" ] && tail -c 100000 "$dir/out.$1" | grep ' complete and ' | tail -n 1 | sed 's/^/progress /'
  [ -e "$dir/index.$1" ] && tail -n "+$(($2 + 1))" "$dir/index.$1" | sed 's/^/segment /'
  [ -e "$dir/cpu.$1" ] && tail -n "+$(($3 + 1))" "$dir/cpu.$1" | sed 's/^/cpu /'
  [ "$5" -gt 0 ] && [ -e "$dir/rows.$1" ] || return 0
  echo bytes
  tail -c "+$(($4 + 1))" "$dir/rows.$1" | head -c "$5" | base64
}

clock() {
  now=$(date +%s.%N)
  case ${now#*.} in
    *[!0-9]* | '') ;;
    *) ms=${now#*.}; echo "${now%.*}$(echo "$ms" | cut -c 1-3) 1 0"; return ;;
  esac
  # busybox's date has no fractions; its adjtimex, which only reads the clock here, may be there.
  adjtimex 2>/dev/null | awk '
    /tv_sec/ { s = $NF } /tv_usec/ { us = $NF }
    END { if (s == "") exit 1; printf "%s%03d 1 0\n", s, int(us / 1000) }' && return
  # The moment at which a new second begins.
  read -r from _ </proc/uptime
  second=$(date +%s)
  while now=$(date +%s); [ "$now" = "$second" ]; do :; done
  read -r to _ </proc/uptime
  echo "${now}000 10 $(awk -v from="$from" -v to="$to" 'BEGIN { printf "%.0f", 1000 * (to - from) }')"
}

# What k6 itself says of it holds the URL, which is a secret, and goes nowhere.
upload() {
  [ -e "$dir/done.$1" ] || { echo 'vantage.sh: not while it measures' >&2; exit 1; }
  piece=$dir/piece.$$
  trap 'rm -f "$piece" "$piece.url"' EXIT
  cat >"$piece.url"
  tail -c "+$(($2 + 1))" "$dir/rows.$1" | head -c "$3" >"$piece"
  k6 run -q --summary-mode=disabled --no-usage-report --log-format=raw --log-output=stdout \
    -e PIECE="$piece" -e SECONDS="$4" "${0%/*}/put.js" 2>/dev/null | grep '^answered ' ||
    { echo 'k6 could not run the upload' >&2; exit 1; }
}

# Whole or not at all.
take() {
  cat >"$dir/$1.$$" && mv "$dir/$1.$$" "$dir/$1"
}

seal() {
  packed=$dir/packed.$1
  gzip >"$packed"
  cat "$packed" >>"$dir/rows.$1"
  echo "$2 $(wc -c <"$packed" | tr -d ' ') $(sha256sum "$packed" | cut -d ' ' -f 1)" >>"$dir/index.$1"
}

verb=$1
shift
case $verb in
  poll) poll "$@" ;;
  clock) clock ;;
  part) base64 -d | take "part.$1.gz" ;;
  go) [ -e "$dir/go.$1" ] || echo "$2" | take "go.$1" ;;
  upload) upload "$@" ;;
  stop | collected) : >"$dir/$verb" ;;
  seal) seal "$@" ;;
  *)
    echo "vantage.sh: no verb $verb" >&2
    exit 2
    ;;
esac
