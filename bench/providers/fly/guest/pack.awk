# Packs k6's CSV rows as they come, to about a fifth of what gzip alone makes of them. Lossless up to the order of the
# tags within a row; ../vantage/unpack.ts gives the rows back. Runs in busybox awk, mawk and gawk; wants LC_ALL=C.
#   awk -v seal='COMMAND THAT TAKES A SEGMENT ON STDIN, AND ITS NUMBER AS LAST WORD' -f pack.awk
#
# Rows of one virtual user's iteration that follow each other, from one http_reqs to the next, are a group, written as
# one line of numbers. A segment is whole in itself. Its lines:
#   "ROW    a row as k6 wrote it (the header, quoted or odd ones);   'LINE  what follows a line end within quotes
#   RMETRIC,ERROR,STATUS,TAGS     the next row shape; tags in order
#   GITER ROW ROW ...             the next group shape. ITER: - no user; = the user's iteration as before; + the next;
#                                 * said in the line. ROW: number of the row shape, then `.` same time as the row
#                                 before or `t` later, then the value: 0, 1, d (sending + waiting + receiving), or in
#                                 the line with i no, c two, u six decimals and no point
#   GROUP [USER [ITERATION]] ...  per row the microseconds since the row before and the value, where the shape wants them
BEGIN {
  FS = ","
  usualHeader = "metric_name,timestamp,metric_value,error_code,status,extra_tags,metadata"
  if (spanUs == "") spanUs = 10000000
  if (maxBytes == "") maxBytes = 480000
  segment = 0
  beginSegment()
}

NR == 1 { isUsual = $0 == usualHeader }

inQuotes || index($0, "\"") { quoted(); next }

!isUsual || NF != 7 || length($2) != 16 || $2 !~ /^[1-8][0-9]+$/ \
  || $3 !~ /^(0|[1-9][0-9]*)\.[0-9][0-9][0-9][0-9][0-9][0-9]$/ { literal("\""); next }

{
  if (rows == 0 || rows >= 64 || $1 == "http_reqs" || ($7 != origin && $7 != originTurned)) {
    endGroup()
    if (!isOrigin($7)) { literal("\""); next }
    if (isFull($2)) { endSegment(); isOrigin($7) }
  }
  addRow()
}

END { endGroup(); endSegment() }

function beginSegment() {
  split("", rowShape); split("", sortedShape); split("", groupShape); split("", iterationOf); split("", decimals)
  rowShapes = groupShapes = 0
  before = 0
  began = ""
  bytes = 0
  into = seal " " segment
  clearGroup()
}

function endSegment() {
  if (bytes > 0) {
    close(into)
    segment++
  }
  beginSegment()
}

function isFull(at) {
  if (began == "") began = at
  return bytes >= maxBytes || at - began >= spanUs
}

function put(line) {
  print line | into
  bytes += length(line) + 1
}

function quoted(  marks, line) {
  endGroup()
  literal(inQuotes ? "'" : "\"")
  line = $0
  marks = gsub(/"/, "", line)
  if (marks % 2) inQuotes = !inQuotes
}

function literal(mark) {
  endGroup()
  put(mark $0)
  if (bytes >= 2 * maxBytes && !inQuotes) endSegment()
}

# Whose row it is: a user and an iteration, in either order, or nobody's; 0 for anything else.
function isOrigin(text,  part) {
  origin = originTurned = text
  user = iteration = ""
  if (text == "") return 1
  if (split(text, part, /[=&]/) != 4) return 0
  if (part[1] == "vu" && part[3] == "iter") { user = part[2]; iteration = part[4] }
  else if (part[1] == "iter" && part[3] == "vu") { user = part[4]; iteration = part[2] }
  else return 0
  if (!isWhole(user) || !isWhole(iteration)) return 0
  origin = "vu=" user "&iter=" iteration
  originTurned = "iter=" iteration "&vu=" user
  return text == origin || text == originTurned
}

function isWhole(text) { return length(text) < 15 && text ~ /^(0|[1-9][0-9]*)$/ }

function addRow(  shape) {
  shape = rowShape[$1, $4, $5, $6]
  if (shape == "") shape = rowShape[$1, $4, $5, $6] = newRowShape()
  rows++
  if ($2 == before) def = def " " shape "."
  else {
    def = def " " shape "t"
    nums = nums " " sprintf("%.0f", $2 - before)
    before = $2
  }
  if ($1 == "http_req_duration" && duration == "" && length($3) <= 15) {
    # What it is the sum of comes after it.
    duration = $3
    defBefore = def; numsBefore = nums
    def = nums = ""
    return
  }
  if ($1 == "http_req_sending") sending = $3
  else if ($1 == "http_req_waiting") waiting = $3
  else if ($1 == "http_req_receiving") receiving = $3
  addValue($1, $3)
}

# Sets `def` and `nums`.
function addValue(metric, value,  dot, digits, fraction, need) {
  if (value == "0.000000") { def = def "0"; return }
  if (value == "1.000000") { def = def "1"; return }
  dot = index(value, ".")
  fraction = substr(value, dot + 1)
  need = fraction == "000000" ? 0 : substr(fraction, 3) == "0000" ? 2 : 6
  if (need > decimals[metric]) decimals[metric] = need
  else need = decimals[metric] + 0
  digits = substr(value, 1, dot - 1) substr(fraction, 1, need)
  if (substr(digits, 1, 1) == "0") sub(/^0+/, "", digits)
  def = def (need == 0 ? "i" : need == 2 ? "c" : "u")
  nums = nums " " digits
}

function newRowShape(  tags, key) {
  tags = sorted($6)
  key = $1 "," $4 "," $5 "," tags
  if (!(key in sortedShape)) {
    sortedShape[key] = rowShapes++
    put("R" key)
  }
  return sortedShape[key]
}

function sorted(text,  part, n, i, j, moved) {
  n = split(text, part, "&")
  if (n < 2) return text
  for (i = 2; i <= n; i++) {
    moved = part[i] ""
    for (j = i - 1; j > 0 && part[j] "" > moved; j--) part[j + 1] = part[j]
    part[j + 1] = moved
  }
  text = part[1]
  for (i = 2; i <= n; i++) text = text "&" part[i]
  return text
}

function clearGroup() {
  rows = 0
  def = nums = duration = sending = waiting = receiving = ""
}

function endGroup(  turn) {
  if (rows == 0) return
  if (duration != "") endDuration()
  turn = turnOf()
  if (turn == "*") nums = " " iteration nums
  if (user != "") { nums = " " user nums; iterationOf[user] = iteration }
  def = turn def
  if (!(def in groupShape)) {
    groupShape[def] = groupShapes++
    put("G" def)
  }
  put(groupShape[def] nums)
  clearGroup()
}

function turnOf() {
  if (user == "") return "-"
  if (!(user in iterationOf)) return "*"
  if (iteration == iterationOf[user]) return "="
  return iteration == iterationOf[user] + 1 ? "+" : "*"
}

function endDuration(  defAfter, numsAfter) {
  defAfter = def; numsAfter = nums
  def = defBefore; nums = numsBefore
  if (sending != "" && waiting != "" && receiving != "" \
    && sprintf("%.6f", sending + waiting + receiving) "" == duration "") def = def "d"
  else addValue("http_req_duration", duration)
  def = def defAfter
  nums = nums numsAfter
}
