import type { FileDigest, ScriptDigest } from '../samples/manifest.ts';

/** What is known of the scripts of a run; nothing of older runs. */
export interface Scripted {
  readonly versions: { readonly bench?: string };
  readonly plan: { readonly scenarios: readonly { readonly name: string; readonly own?: true }[] };
  readonly scripts?: Readonly<Record<string, ScriptDigest>>;
  readonly files?: Readonly<Record<string, FileDigest>>;
}

/**
 * How the scripts of two runs differ, a sentence each: what differs between the runs may come from that. A script that is
 * the user's is held against itself; those that ship change with versions of bench, and that is said so.
 */
export function scriptChanges(a: Scripted, b: Scripted): string[] {
  const changes = a.plan.scenarios.flatMap((one) => {
    const other = b.plan.scenarios.find(({ name }) => name === one.name);
    const [before, after] = [digestIn(a, one.name), digestIn(b, one.name)];
    if (other === undefined || before === undefined || after === undefined) return [];
    const changed = changesBetween(before, after);
    if (changed === undefined) return [];
    return one.own === true || other.own === true
      ? [`The script ${one.name} changed between the two: ${changed}.`]
      : [`The workload ${one.name} is not the same in both: ${shippedWith(a, b)}.`];
  });
  return changes.length > 0 ? changes : bundleChange(a, b);
}

/** As part of a sentence; undefined if nothing changed. */
function changesBetween(a: ScriptDigest, b: ScriptDigest): string | undefined {
  if (a.sha256 !== b.sha256) return `SHA-256 ${short(a.sha256)} and ${short(b.sha256)}`;
  const [before, after] = [
    new Map(Object.entries(a.imports ?? {})),
    new Map(Object.entries(b.imports ?? {})),
  ];
  const names = [...new Set([...before.keys(), ...after.keys()])];
  const changed = names.filter((name) => before.get(name) !== after.get(name));
  return changed.length === 0 ? undefined : `what it imports (${changed.join(', ')})`;
}

/** Of shipped workloads alone: a user's script is bundled with the paths and targets of its run. */
function bundleChange(a: Scripted, b: Scripted): string[] {
  const names = ({ plan }: Scripted) => plan.scenarios.map(({ name }) => name).join('\n');
  const isOwn = [a, b].some(({ plan }) => plan.scenarios.some(({ own }) => own === true));
  const [one, other] = [a.files?.['scenarios.js'], b.files?.['scenarios.js']];
  if (isOwn || one === undefined || other === undefined || names(a) !== names(b)) return [];
  if (one.sha256 === other.sha256) return [];
  return [`The load generator's script is not the same in both: ${shippedWith(a, b)}.`];
}

function shippedWith({ versions: a }: Scripted, { versions: b }: Scripted): string {
  if (a.bench === undefined || b.bench === undefined) return 'other versions of bench brought it';
  return a.bench === b.bench
    ? `both say bench ${a.bench}, but it was changed in between`
    : `it came with bench ${a.bench} and ${b.bench}`;
}

const digestIn = ({ scripts = {} }: Scripted, name: string): ScriptDigest | undefined =>
  Object.hasOwn(scripts, name) ? scripts[name] : undefined;

const short = (sha256: string): string => `${sha256.slice(0, 12)}…`;
