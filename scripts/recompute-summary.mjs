/**
 * Recomputes every figure of a run's summary.csv from samples/*.csv.gz and outcomes.json alone, and compares:
 * `node scripts/recompute-summary.mjs RUN`. Shares no line with bench/: it is written from the measurement
 * specification, so that a fault there shows here. Exits with 1 if a figure differs, and names it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { judgedBlocks } from './recompute-summary/blocks.mjs';
import { readRequests } from './recompute-summary/requests.mjs';
import { estimates } from './recompute-summary/estimates.mjs';

const [named] = process.argv.slice(2);
// A run that was cut lies beside the place that it was meant for.
const run = [named, `${named}.partial`].find((dir) => existsSync(join(dir, 'summary.csv')));
if (named === undefined || run === undefined) {
  console.error(
    'Name a run folder that has a summary.csv: node scripts/recompute-summary.mjs reports/latest',
  );
  process.exit(2);
}

const claimed = parse(readFileSync(join(run, 'summary.csv')), { columns: true });
const { blocks, filesOf } = await judgedBlocks(run);
// Requests are summarised by step where a scenario has several: its metrics then carry the step's name.
const inSteps = new Set(
  claimed.filter(({ metric }) => metric.includes('/')).map((row) => row.scenario),
);
const cells = await collect();

let figures = 0;
const problems = [];
for (const row of claimed) compare(row);
for (const key of cells.keys())
  if (!claimed.some((row) => keyOf(row) === key)) problems.push(`${key}: not in summary.csv`);

for (const problem of problems) console.error(problem);
console.log(
  `${claimed.length} cells, ${figures} figures: ${problems.length === 0 ? 'all equal' : `${problems.length} differ`}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

/** Every cell that has a request in a kept part: values by round, errors, excluded. */
async function collect() {
  const found = new Map();
  const cell = (place) => {
    const key = keyOf(place);
    if (!found.has(key))
      found.set(key, { rounds: new Map(), cutFrom: new Map(), cut: 0, excluded: 0 });
    return found.get(key);
  };
  const errors = new Map();
  for (const vantage of new Set(blocks.map((block) => block.vantage)))
    for await (const request of requestsAt(vantage)) {
      const block = blockOf(vantage, request);
      if (block === undefined) continue;
      const { target, scenario, round, failed, cut, temperature, ttfb, waiting } = request;
      const step = inSteps.has(scenario) ? `/${request.step}` : '';
      const place = { target, vantage, scenario };
      const own = cell({ ...place, metric: `ttfb_${temperature}${step}` });
      if (block.superseded) {
        own.excluded++;
        continue;
      }
      if (failed || cut) {
        const key = keyOf({ ...place, metric: step });
        errors.set(key, (errors.get(key) ?? 0) + 1);
      }
      if (failed) continue;
      // The request timeout of the specification: a longer wait is a wall clock that jumped.
      if (!block.valid || !(waiting > 0 && waiting <= 10_000 + (cut ? 1000 : 0))) own.excluded++;
      else own.rounds.set(round, [...(own.rounds.get(round) ?? []), ttfb]);
      if (!cut || !block.valid) continue;
      own.cut++;
      own.cutFrom.set(round, Math.min(own.cutFrom.get(round) ?? Infinity, ttfb));
    }
  for (const row of claimed)
    cell(row).errors =
      errors.get(keyOf({ ...row, metric: row.metric.replace(/^ttfb_(warm|cold)/, '') })) ?? 0;
  return found;
}

/** What a part's own file has, other files may have in part: it is read from that one alone. */
async function* requestsAt(vantage) {
  for (const { file, has } of filesOf(vantage))
    for await (const request of readRequests(file)) if (has(request.round)) yield request;
}

function keyOf({ target, vantage, scenario, metric }) {
  return [target, vantage, scenario, metric].join(', ');
}

function blockOf(vantage, { target, scenario, round, atUs }) {
  return blocks.find(
    (block) =>
      block.vantage === vantage &&
      block.target === target &&
      block.scenario === scenario &&
      block.round === round &&
      atUs >= block.keep_from_us &&
      atUs <= block.end_us,
  );
}

function compare(row) {
  const { rounds, cutFrom, cut, errors, excluded } = cells.get(keyOf(row));
  const inOrder = [...rounds].sort(([a], [b]) => a - b);
  const byRound = inOrder.map(([, values]) => values);
  const cuts = inOrder.map(([round]) => cutFrom.get(round) ?? Infinity);
  const figuresOf = { ...estimates(byRound, cuts), errors, excluded, cut };
  for (const [column, value] of Object.entries(figuresOf)) {
    const text = column.endsWith('_ms') ? milliseconds(value) : String(value);
    figures++;
    if (row[column] !== text)
      problems.push(
        `${keyOf(row)}: ${column} is "${row[column]}" in summary.csv, recomputed "${text}"`,
      );
  }
}

/** Empty where not available, and for the open end of an interval. */
function milliseconds(value) {
  return value === undefined || value === Infinity ? '' : value.toFixed(4);
}
