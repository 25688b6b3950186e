import { formatMillis, formatSeconds, type Millis } from '../../base/units.ts';
import type { ReportModel } from '../model.ts';
import type { Manifest } from '../../samples/manifest.ts';
import { countedRounds, isSuperseded } from '../../samples/superseded.ts';
import { areEmulated, rttSources } from '../distances.ts';
import { viaWords } from '../rented.ts';
import { plural } from '../words.ts';
import { html, name, type Html } from './markup.ts';
import { moment } from './moment.ts';

/** A term and what is to be said of it. */
export type Fact = readonly [term: string, value: Html];

/** How the run was planned, what was left out of it, and on what it was measured. */
export function methodFacts(model: ReportModel): Fact[] {
  const { manifest } = model;
  const via = viaWords(manifest);
  const { plan, startedAtIso, endedAtIso, state } = manifest;
  return [
    ['Run', html`${moment(startedAtIso)} to ${moment(endedAtIso)}, ${state}`],
    ['Plan', planned(model)],
    ['Load', load(model)],
    ['Profile and seed', html`${plan.profile}, seed ${plan.seed}`],
    [
      'Scenarios',
      html`${plan.scenarios.map((s, i) => html`${i > 0 ? ', ' : ''}${name(s.name)}${settings(s.env)}`)}`,
    ],
    ['Samples', samples(model)],
    [
      'Timeout',
      html`${duration(plan.requestTimeoutMs)}; without an answer by then, or when its block ends, a
      request is an error, and counts as at least that long`,
    ],
    ['Primary region', name(plan.primary)],
    ['Generators', generators(model)],
    ...(via === undefined ? [] : [['Reached by', html`${via}`] as const]),
    ...distances(model).map((text) => ['Distances', text] as const),
    ...environment(model),
    ['Versions', versions(model)],
  ];
}

function planned({ manifest: { plan } }: ReportModel): Html {
  const counts = [
    plural(plan.vantages.length, 'region'),
    plural(plan.targets.length, 'target'),
    plural(plan.scenarios.length, 'scenario'),
    plural(countedRounds(plan), 'round'),
  ].join(' × ');
  const block = plan.blocks.find(({ round }) => !isSuperseded(plan, round));
  if (block === undefined) return html`${counts}`;
  const [warmUp, keep, drain] = [block.warmUpMs, block.keepMs, block.drainMs].map(duration);
  return html`${counts}; each block warms up for ${warmUp}, is kept for ${keep} and drains for
  ${drain}`;
}

/** On one line with its unit. */
const duration = (ms: Millis): string => formatSeconds(ms / 1000).replaceAll(' ', '\u00a0');

const load = ({ manifest: { plan } }: ReportModel): Html =>
  html`${plan.rate} iterations a second at each region, started whether or not earlier ones ended;
  ${plan.vus} virtual users with connections of their own; ${duration(plan.durationMs)} in all`;

/** Errors and exclusions are the same for both temperatures: they are counted once. */
function samples({ cells }: ReportModel): Html {
  const sum = (of: (cell: (typeof cells)[number]) => number, among = cells) =>
    among.reduce((total, cell) => total + of(cell), 0).toLocaleString('en');
  const warm = cells.filter(({ temperature }) => temperature === 'warm');
  return html`${sum((c) => c.summary.n)} used; ${sum((c) => c.excluded)} excluded (implausible, or
  in an invalid round); ${sum((c) => c.errors, warm)} failed`;
}

/** How busy k6 was: above 80 % it would have measured itself. */
function generators({ manifest }: ReportModel): Html {
  const { vantages, versions } = manifest;
  const shares = Object.entries(vantages).flatMap(([code, { cpuShare }]) =>
    cpuShare === undefined ? [] : [html`${name(code)} ${(100 * cpuShare).toFixed(1)} %`],
  );
  const used =
    shares.length === 0
      ? html`how busy they were is not known`
      : html`of ${areEmulated(manifest) ? 'the machine’s' : 'their'} processors they used
        ${joined(shares)} (trusted up to 80 %)`;
  return html`k6 ${versions.k6}, a ${areEmulated(manifest) ? 'process' : 'machine'} for each region;
  ${used}`;
}

const joined = (parts: readonly Html[]): Html =>
  html`${parts.map((part, i) => html`${i > 0 ? ', ' : ''}${part}`)}`;

/** The whole table stands in the section on distances. */
function distances({ calibration, manifest }: ReportModel): Html[] {
  if (!areEmulated(manifest)) return [realDistances(manifest)];
  if (calibration.length === 0) return [];
  const errors = calibration.flatMap(({ before, after }) =>
    [before, after].flatMap((link) => (link === undefined ? [] : [Math.abs(link.errorMs)])),
  );
  const worst: Millis = Math.max(0, ...errors);
  return [
    html`emulated on ${calibration.length} links; the worst median was ${formatMillis(worst)} ms off
    before or after the run; round trips from: ${rttSources(manifest)}`,
  ];
}

/** Nobody measured them apart from the requests. */
function realDistances(manifest: Manifest): Html {
  const sources = rttSources(manifest);
  return sources === ''
    ? html`real`
    : html`real; where a round trip is given, it is a published one (${sources}), not one of this
      run`;
}

/** Names only: what stands in such variables may be secret. */
function environment({ manifest: { environment } }: ReportModel): Fact[] {
  const { passed = [], dropped = [] } = environment ?? {};
  const named = (names: readonly string[]) => joined(names.map((each) => name(each)));
  return [
    ...(dropped.length === 0
      ? []
      : [
          [
            'Environment not used',
            html`${named(dropped)}: set, but kept from the measurement`,
          ] as const,
        ]),
    ...(passed.length === 0 ? [] : [['Environment used', html`${named(passed)}`] as const]),
  ];
}

function versions({ manifest: { versions } }: ReportModel): Html {
  const { bench, gitSha, k6, node, postgres, os } = versions;
  return html`bench ${bench}${gitSha === undefined ? undefined : ` (${gitSha.slice(0, 10)})`}, k6
  ${k6}, Node ${node}${postgres === undefined ? undefined : `, Postgres ${postgres}`}, ${os}`;
}

function settings(env: Readonly<Record<string, string>>): Html | undefined {
  const pairs = Object.entries(env).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? undefined : html` (${pairs.join(', ')})`;
}
