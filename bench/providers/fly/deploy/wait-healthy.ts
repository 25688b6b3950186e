import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../../../base/errors.ts';
import type { FlyMachine } from './look.ts';
import type { Memory } from './remember.ts';
import type { HealthStep } from './step.ts';

/** How long and how often it is asked whether something is healthy, in ms, and how a URL is asked. */
export interface Patience {
  readonly forMs: number;
  readonly everyMs: number;
  /** Whether the URL answers 200. Never rejects. */
  readonly answers: (url: string, signal: AbortSignal) => Promise<boolean>;
}

export const patience: Patience = { forMs: 300_000, everyMs: 3000, answers: answersOk };

/** Until all is as the step wants it. Throws a BenchError (fault) that says what is not, once patience is at its end. */
export async function waitHealthy(
  { app, regions, url }: HealthStep,
  look: Memory,
  { forMs, everyMs, answers }: Patience,
  signal: AbortSignal,
): Promise<void> {
  const until = performance.now() + forMs;
  for (;;) {
    const ill = unhealthy(await look.machines(app), regions);
    if (ill === undefined && (url === undefined || (await answers(url, signal)))) return;
    if (performance.now() > until)
      throw new BenchError(
        'fault',
        `${app} is not healthy: ${ill ?? `${url ?? ''} does not answer`}.`,
        `See \`fly logs -a ${app}\`; once it is, run the same command again.`,
      );
    await sleep(everyMs, undefined, { signal });
    look.forget(app);
  }
}

/** What is wrong with the machines, in words; undefined: every region has one that is well. */
export function unhealthy(
  machines: readonly FlyMachine[],
  regions: readonly string[],
): string | undefined {
  for (const region of regions) {
    const here = machines.filter((machine) => machine.region === region);
    const reasons = here.map(illness);
    if (reasons.includes(undefined)) continue;
    return reasons[0] === undefined ? `no machine in ${region}` : `in ${region} ${reasons[0]}`;
  }
  return undefined;
}

function illness({ state, checks }: FlyMachine): string | undefined {
  if (state !== 'started') return `the machine is ${state}`;
  const failing = checks.find(({ status }) => status !== 'passing');
  return failing === undefined
    ? undefined
    : `the check "${failing.name}" is ${failing.status} (${oneLine(failing.output)})`;
}

const oneLine = (text: string): string => text.trim().split('\n', 1)[0]?.slice(0, 100) ?? '';

async function answersOk(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
