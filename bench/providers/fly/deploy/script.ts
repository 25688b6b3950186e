import type { AppPlan } from './deploy-plan.ts';
import { passwordWord, primaryWord, type FlyStep, type Step } from './step.ts';

/** The plan as commands that do the same by hand, for a first deployment. Holds no secrets: a password is drawn anew. */
export function asScript(plans: readonly AppPlan[]): string {
  return plans.map((plan) => `${heading(plan)}\n${linesOf(plan).join('\n')}\n`).join('\n');
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
      ...(i === firstClone ? [`PRIMARY=$(fly machine list -q -a ${database} | head -1)`] : []),
      ...commandsOf(step),
    ]),
  ];
}

const isClone = ({ args }: FlyStep): boolean => args.includes(primaryWord);

function commandsOf(step: Step): string[] {
  switch (step.kind) {
    case 'file':
      return [
        `mkdir -p ${quoted(folderOf(step.path))}`,
        `cat > ${quoted(step.path)} <<'END'`,
      ].concat(`${step.text}END`);
    case 'health':
      return [
        `fly checks list -a ${step.app}`,
        ...(step.url === undefined
          ? []
          : [`until curl -fsS --max-time 10 ${quoted(step.url)}; do sleep 3; done`]),
      ];
    case 'fly':
      return [flyCommand(step)];
  }
}

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
