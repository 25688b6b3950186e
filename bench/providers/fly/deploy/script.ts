import type { AppPlan } from './deploy-plan.ts';
import { passwordWord, primaryWord, type FlyStep, type Step } from './step.ts';

/**
 * The plan as commands that do the same by hand, for a first deployment, for any POSIX shell. Holds no secrets: a
 * password is drawn anew. It ends at the first command that fails.
 */
export function asScript(plans: readonly AppPlan[]): string {
  return [
    preamble(plans),
    ...plans.map((plan) => `${heading(plan)}\n${linesOf(plan).join('\n')}\n`),
  ].join('\n');
}

/** flyctl reads a fly.toml of the folder that it is called in, whatever it is asked. */
function preamble(plans: readonly AppPlan[]): string {
  const file = plans.flatMap(({ steps }) => steps).find((step) => step.kind === 'file');
  if (file === undefined) return '';
  const folder = quoted(folderOf(file.path));
  return ['set -eu', `mkdir -p ${folder}`, `cd ${folder}`, ''].join('\n');
}

const heading = ({ topology, app, database, regions, replicas }: AppPlan): string =>
  `# ---- ${topology}: ${app} in ${regions.join(', ')}; ${database}` +
  `${replicas.length === 0 ? '' : ` with replicas in ${replicas.join(', ')}`} ----`;

function linesOf({ steps, database }: AppPlan): string[] {
  const needed = steps.filter((step) => !(step.kind === 'fly' && step.repair === true));
  const firstClone = needed.findIndex((step) => step.kind === 'fly' && isClone(step));
  return [
    'PASSWORD=$(openssl rand -hex 24)',
    ...needed.flatMap((step, i) => [
      `# ${step.title}`,
      // Before there are replicas it is the only one.
      ...(i === firstClone ? primaryLines(database) : []),
      ...commandsOf(step),
    ]),
  ];
}

/** flyctl prints ids in a table: with blanks around them, and empty lines. */
const primaryLines = (database: string): string[] => [
  `MACHINES=$(fly machine list -q -a ${database})`,
  `PRIMARY=$(printf '%s\\n' "$MACHINES" | awk 'NF{print $1; exit}')`,
  `[ -n "$PRIMARY" ] || { echo "no machine of ${database}" >&2; exit 1; }`,
];

const isClone = ({ args }: FlyStep): boolean => args.includes(primaryWord);

function commandsOf(step: Step): string[] {
  switch (step.kind) {
    case 'file':
      return [`cat > ${quoted(step.path)} <<'END'`, `${step.text}END`];
    case 'health':
      return [
        ...countLines(step.app, step.regions.length),
        `fly checks list -a ${step.app}`,
        ...(step.url === undefined
          ? []
          : [`until curl -fsS --max-time 10 ${quoted(step.url)}; do sleep 3; done`]),
      ];
    case 'fly':
      return [flyCommand(step)];
  }
}

/** What the step waits for needs a machine in each region. */
const countLines = (app: string, wanted: number): string[] => [
  `MACHINES=$(fly machine list -q -a ${app})`,
  `COUNT=$(printf '%s\\n' "$MACHINES" | awk 'NF{n++} END{print n + 0}')`,
  `[ "$COUNT" -ge ${String(wanted)} ] || { echo "${app} has $COUNT of ${String(wanted)} machines" >&2; exit 1; }`,
];

function flyCommand({ args, input }: FlyStep): string {
  const command = `fly ${args.map(quoted).join(' ')}`;
  return input === undefined ? command : `echo "${input.trimEnd()}" | ${command}`;
}

const folderOf = (path: string): string => path.slice(0, Math.max(1, path.lastIndexOf('/')));

/** As a shell needs it; the words that stand for something are variables there too. */
function quoted(word: string): string {
  if (word === passwordWord || word === primaryWord) return `"${word}"`;
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
