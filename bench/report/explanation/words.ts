import { formatMillis, type Millis } from '../../base/units.ts';
import type { Cause, CellCauses } from '../../explain/causes.ts';
import type { Prediction } from '../../explain/predict.ts';
import type { ServerMedians } from '../../samples/series.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { areEmulated, rttSources } from '../distances.ts';
import { visible, plural } from '../words.ts';
import type { ExplainedTable } from './explained-tables.ts';

/** What a cause is called in a heading. */
export const causeWords: Readonly<Record<Cause, string>> = {
  network: 'network',
  replay: 'replay',
  app: 'app',
  travel: "queries' way",
  query: 'database',
};

/** A part of the median, for people; nothing where it is not known. */
export function partText({ parts }: CellCauses, cause: Cause): string {
  const part = parts.find((p) => p.cause === cause);
  return part === undefined ? '–' : timeText(part.ms);
}

/** Zero is exact here: no way, no query. */
export const timeText = (ms: Millis): string => (ms === 0 ? '0' : formatMillis(ms));

/** What a reader of the table must know besides. */
export function explanationNotes({ cells, predictions }: ExplainedTable): string[] {
  return [
    ...silent(cells),
    ...cells.flatMap((cell) => [
      ...excess(cell),
      ...mixed(cell),
      ...named(cell),
      ...unbelievable(cell),
      ...cached(cell),
    ]),
    ...accuracy(predictions),
  ];
}

function silent(cells: readonly CellCauses[]): string[] {
  const names = new Set(cells.filter(({ served }) => served === undefined).map((c) => c.target));
  return [...names].map(
    (name) =>
      `${visible(name)} does not say where its time goes: it sends neither Server-Timing nor a header that names a region or a cache.`,
  );
}

function excess({ target, vantage, excessMs, whole }: CellCauses): string[] {
  if (excessMs < 0.005 * whole.centre) return [];
  return [
    `${visible(target)} in ${visible(vantage)}: the parts exceed the median by ${formatMillis(excessMs)} ms; medians don't add up exactly.`,
  ];
}

/** Causes are told for the region that served most. */
function mixed({ target, vantage, region, served }: CellCauses): string[] {
  if (served === undefined || region === undefined) return [];
  const share = (served.regions[region] ?? 0) / served.answers;
  if (share >= 0.95) return [];
  return [
    `${visible(target)} in ${visible(vantage)}: ${visible(region)} served ${(100 * share).toFixed(0)} % of the answers, other regions the rest.`,
  ];
}

function unbelievable({ target, vantage, says: { unbelievable: n = 0 } }: CellCauses): string[] {
  if (n === 0) return [];
  return [
    `${visible(target)} in ${visible(vantage)} says of ${plural(n, 'answer')} that the app took more than twice as long as the whole answer did: its times in ${n === 1 ? 'it' : 'them'} are left out.`,
  ];
}

/** Parts that only the server knows the meaning of, and whether one holds the other: so they are in no sum. */
function named({ target, vantage, says: { parts = [] } }: CellCauses): string[] {
  if (parts.length === 0) return [];
  return [
    `${visible(target)} in ${visible(vantage)} says of its own time, in the median: ${partsText(parts)}. These may hold one another, so they are in no column.`,
  ];
}

/** `view 12.0 ms, cache 3.00 ms`: the longest first. */
export function partsText(parts: NonNullable<ServerMedians['parts']>): string {
  const longest = [...parts].sort((a, b) => b.ms - a.ms).slice(0, mostNamed);
  const more = parts.length - longest.length;
  const text = longest.map(({ name, ms }) => `${visible(name)} ${timeText(ms)} ms`).join(', ');
  return more === 0 ? text : `${text} and ${more} more`;
}

/** More of them nobody reads. */
const mostNamed = 6;

function cached({ target, vantage, served, says, region, parts }: CellCauses): string[] {
  const caches = (says.caches ?? []).filter(({ said }) => said !== 'none');
  // Where the way to it is known, it is shown as a part.
  const isPart = parts.some(({ cause }) => cause === 'network');
  const made = region === undefined || isPart ? [] : [`made in ${visible(region)}`];
  if (made.length === 0 && says.edge === undefined && caches.length === 0) return [];
  const all = served?.answers ?? 0;
  const words = caches
    .slice(0, 3)
    .map(({ said, answers }) => `${visible(said)} (${((100 * answers) / all).toFixed(0)} %)`);
  const age = says.ageS === undefined ? [] : [`in the median ${says.ageS} s old`];
  const through = says.edge === undefined ? [] : [`came through the edge ${visible(says.edge)}`];
  const cache = words.length === 0 ? [] : [`cache: ${words.join(', ')}`];
  return [
    `The answers of ${visible(target)} in ${visible(vantage)}: ${[...made, ...through, ...cache, ...age].join('; ')}.`,
  ];
}

/** How far the predictions were from what was measured. */
function accuracy(predictions: readonly Prediction[]): string[] {
  const checked = predictions.flatMap(({ measured, ...p }) =>
    measured === undefined || p.placement === p.from
      ? []
      : [{ ...p, measured, off: Math.abs(p.predicted.centre - measured.centre) }],
  );
  const [worst] = [...checked].sort((a, b) => b.off - a.off);
  if (worst === undefined) return [];
  return [
    `Of ${checked.length} predictions that the run also measured, the farthest off is ${visible(worst.placement)} in ${visible(worst.vantage)}: ` +
      `${formatMillis(worst.predicted.centre)} ms predicted, ${formatMillis(worst.measured.centre)} ms measured.`,
  ];
}

/** How the figures come about, a sentence each. */
export const howExplained = (manifest: Manifest): readonly string[] => [
  'Network and replay are the round trips in force to the region that served; app and database are what the app says (Server-Timing), each as the median over rounds; the queries’ way is their number × the round trip to the database.',
  ...(areEmulated(manifest) ? [] : [howEstimated(manifest)]),
  'Unexplained is what these leave of the median; light is the least that physics allows on the same ways: fibre along the great circles, there and back.',
];

/** Where distances are real, nothing in an answer says how much of it was way. */
export const howEstimated = (manifest: Manifest): string =>
  `The distances are real here, and the round trips published ones (${rttSources(manifest)}), not measured in this run: network, replay and the queries’ way are estimates.`;

export const howPredicted = (from: string): string =>
  `Predicted from what ${visible(from)} spends apart from distance, at the same region, with the distances of the other placement.`;
