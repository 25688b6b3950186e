import { ProblemsError, type Problem } from '../../base/errors.ts';
import type { Budgets } from '../../compare/gate/budgets.ts';
import type { Plan } from '../../plan/plan.ts';
import { suggest } from '../../config/nearest-name.ts';
import { topologies } from '../../topologies/index.ts';
import { regions } from '../../world/regions.ts';
import { namesOf } from '../../world/vantage.ts';
import type { GateRequest } from './settings.ts';

/** Refuses names that exist nowhere, all at once; targets to compare must be in the run. */
export function checkNames(request: GateRequest, plan: Plan): void {
  const problems = [...comparedProblems(request, plan), ...budgetProblems(request, plan)];
  if (problems.length > 0) throw new ProblemsError(problems);
}

/** Which budgets this run says nothing about, a sentence each. */
export function unmeasuredBudgets({ file }: GateRequest, plan: Plan): string[] {
  const inRun = targetsOf(plan);
  const { targets = none, vantages = none } = budgetsOf(file);
  const say = (name: string) =>
    `The budgets of ${name} are not judged: this run did not measure it.`;
  const places = [vantages, ...[...targets.values()].map((target) => target.vantages ?? none)];
  const codes = places.flatMap((place) => [...place.keys()]);
  return [
    ...[...targets.keys()].filter((name) => !inRun.includes(name)),
    ...new Set(codes.filter((code) => !isMeasuredFrom(code, plan))),
  ].map(say);
}

const none: ReadonlyMap<string, never> = new Map<string, never>();

const budgetsOf = ({ budgets = {} }: GateRequest['file']): Budgets => budgets;

const isMeasuredFrom = (name: string, { vantages }: Plan): boolean =>
  vantages.some((vantage) => namesOf(vantage).includes(name));

const targetsOf = (plan: Plan): string[] => plan.targets.map(({ name }) => name);

function comparedProblems(request: GateRequest, plan: Plan): Problem[] {
  const { baselineTarget, control, where, flags } = request;
  const inRun = targetsOf(plan);
  const named = [
    { key: 'gate.baseline_target', name: baselineTarget },
    { key: 'gate.control', name: control },
    ...(flags.candidate ?? []).map((name) => ({ key: 'gate.candidate', name })),
  ];
  const reference = baselineTarget ?? control;
  return named.flatMap(({ key, name }): Problem[] => {
    if (name === undefined) return [];
    if (!inRun.includes(name))
      return [
        {
          where: where(key),
          what: `the run has no target "${name}"`,
          fix: suggest(name, inRun),
        },
      ];
    if (key !== 'gate.candidate' || name !== reference) return [];
    return [
      {
        where: where(key),
        what: `"${name}" can't be judged against itself`,
        fix: 'Name another target, or leave --candidate out to judge all others.',
      },
    ];
  });
}

function budgetProblems({ file, where }: GateRequest, plan: Plan): Problem[] {
  const { targets = none, vantages = none } = budgetsOf(file);
  const knownTargets = [
    ...targetsOf(plan),
    ...topologies.map(({ name }) => name),
    ...new Map(file.targets).keys(),
    ...(file.topologies ?? []),
  ];
  const knownVantages = [...plan.vantages, ...(file.regions ?? []), ...regions.keys()];
  const unknown = (key: string, kind: string, typed: string, known: readonly string[]) =>
    known.includes(typed)
      ? []
      : [
          {
            where: where(key),
            what: `no ${kind} is called "${typed}"`,
            fix: suggest(typed, [...new Set(known)]),
          },
        ];
  const vantageProblems = (table: string, of: ReadonlyMap<string, unknown>) =>
    [...of.keys()].flatMap((code) => unknown(`${table}.${code}`, 'vantage', code, knownVantages));
  return [
    ...vantageProblems('budgets.vantages', vantages),
    ...[...targets].flatMap(([name, target]) => [
      ...unknown(`budgets.targets.${name}`, 'target', name, knownTargets),
      ...vantageProblems(`budgets.targets.${name}.vantages`, target.vantages ?? none),
    ]),
  ];
}
