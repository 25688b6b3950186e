var __defProp = Object.defineProperty;
var __export = (target, all) => {
  for (var name in all)
    __defProp(target, name, { get: all[name], enumerable: true });
};

// bench/scenarios/k6lib/schedule.ts
import { randomSeed, sleep } from "k6";
import { Trend } from "k6/metrics";
var startedLate = new Trend("bench_started_late_ms");
function seedVu() {
  randomSeed(Number(__ENV["BENCH_SEED"] ?? 0) + __VU);
}
function waitForStart() {
  const startAt = Number(__ENV["BENCH_START_AT"] ?? 0);
  const wait = startAt - Date.now();
  if (wait > 0) sleep(wait / 1e3);
  startedLate.add(Date.now() - startAt);
}
function jitter() {
  sleep(Math.random() * Number(__ENV["BENCH_JITTER_S"] ?? 0));
}

// bench/scenarios/search.k6.ts
var search_k6_exports = {};
__export(search_k6_exports, {
  default: () => search
});

// bench/scenarios/k6lib/measure.ts
import http from "k6/http";
import { Trend as Trend2 } from "k6/metrics";
var targetUrl = () => (__ENV["TARGET_URL"] ?? "").replace(/\/+$/, "");
var appMs = new Trend2("server_app_ms", true);
var dbMs = new Trend2("server_db_ms", true);
var dbQueries = new Trend2("server_db_queries");
function measure(step, method, url, body = null, params = {}) {
  const answer = http.request(method, url, body, {
    timeout: `${__ENV["BENCH_TIMEOUT_MS"] ?? "10000"}ms`,
    redirects: 0,
    ...params,
    // `name` groups all URLs of a step into one time series in k6's memory.
    tags: { step, name: step }
  });
  keepServerFacts(step, answer);
  return answer;
}
function keepServerFacts(step, answer) {
  const timing = parseServerTiming(answer.headers["Server-Timing"] ?? "");
  if (timing.size === 0) return;
  const replay = timing.get("replay")?.desc;
  const tags = {
    step,
    served: answer.headers["Fly-Region"] ?? "",
    cache: timing.get("cache")?.desc ?? "",
    // A tag only where there is something to say: it stands in three rows of every request.
    ...replay === void 0 ? {} : { replay }
  };
  const db = timing.get("db");
  appMs.add(timing.get("app")?.dur ?? 0, tags);
  dbMs.add(db?.dur ?? 0, tags);
  dbQueries.add(Number.parseInt(db?.desc ?? "0", 10), tags);
}
function parseServerTiming(header) {
  const entries = /* @__PURE__ */ new Map();
  for (const entry of header.split(",")) {
    const [name = "", ...params] = entry.split(";").map((part) => part.trim());
    if (name === "") continue;
    const value = (key) => params.find((param) => param.startsWith(`${key}=`))?.slice(key.length + 1).replace(/"/g, "");
    entries.set(name, { dur: Number(value("dur") ?? 0), desc: value("desc") ?? "" });
  }
  return entries;
}

// bench/scenarios/search.k6.ts
var words = [
  "chicken",
  "tomato",
  "rice",
  "soup",
  "lemon",
  "onion",
  "garlic",
  "pepper",
  "bean",
  "fish"
];
function search() {
  const word = words[Math.floor(Math.random() * words.length)] ?? "rice";
  measure("search", "GET", `${targetUrl()}/search?q=${word}&queries=${__ENV["QUERIES"] ?? "3"}`);
}

// <stdin>
seedVu();
var modules = [search_k6_exports];
function setup() {
  const data = modules.map((m) => m.setup?.());
  waitForStart();
  return data;
}
function teardown(data) {
  modules.forEach((m, i) => m.teardown?.(data[i]));
}
function scenario0(data) {
  jitter();
  return modules[0].default(data[0]);
}
export {
  scenario0,
  setup,
  teardown
};
