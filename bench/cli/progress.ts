import { createLogUpdate } from 'log-update';
import { visible } from '../base/visible.ts';
import { formatSeconds } from '../base/units.ts';
import type { JobProgress } from '../k6/job.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunEvents } from '../run/events.ts';
import { colorsFor, isInteractive, type Colors, type Io } from './io.ts';

/** What a person sees while a command works, on standard error. */
export interface Progress extends RunEvents {
  note(text: string): void;
  /** What must be known before the run's figures are read: said however quiet it is to be. */
  remark(text: string): void;
  /** Nothing moves any more; what was shown stays. */
  stop(): void;
}

export function makeProgress(io: Io, quiet: boolean): Progress {
  const remark = (text: string) => io.err.write(`note ${visible(text)}\n`);
  if (quiet) return { ...silent, remark };
  const colors = colorsFor(io.err, io.env);
  return isInteractive(io.err, io.env) ? movingProgress(io, colors) : plainProgress(io);
}

const silent: Progress = {
  step: () => () => undefined,
  measuring: () => undefined,
  progress: () => undefined,
  finished: () => undefined,
  note: () => undefined,
  remark: () => undefined,
  stop: () => undefined,
};

/** One line an event: for logs and pipes. A line of progress every ten seconds. */
function plainProgress(io: Io): Progress {
  const say = (text: string) => io.err.write(`${visible(text)}\n`);
  let schedule: Schedule | undefined;
  let saidAt = 0;
  return {
    ...silent,
    note: say,
    remark: (text) => say(`note ${text}`),
    step: (title) => {
      const started = Date.now();
      return (detail) => say(doneLine(title, started, detail));
    },
    measuring: (plan, startAt) => {
      schedule = { plan, startAt };
      say(`measuring for ${formatSeconds(plan.durationMs / 1000)}: ${describePlan(plan)}`);
    },
    progress: ({ elapsedMs }) => {
      if (schedule === undefined || elapsedMs < 0 || Date.now() - saidAt < 5000) return;
      // A reader that stands still wants the rest afterwards, not how things once stood.
      if (io.err.writableLength > 0) return;
      saidAt = Date.now();
      say(
        `  round ${roundAt(schedule.plan, elapsedMs)}, ${timeLeft(schedule.plan, elapsedMs)} left`,
      );
    },
    finished: (vantage, state) => {
      if (state !== 'completed') say(`  ${vantage}: ${state}`);
    },
  };
}

interface Schedule {
  readonly plan: Plan;
  readonly startAt: number;
}

/** Lines that move: the steps under way, and a bar per vantage. */
function movingProgress(io: Io, colors: Colors): Progress {
  // A hidden cursor would stay hidden when the command is killed.
  const lines = createLogUpdate(io.err, { showCursor: true });
  const running = new Map<symbol, { title: string; started: number }>();
  const vantages = new Map<string, JobProgress>();
  const ended = new Map<string, string>();
  let schedule: Schedule | undefined;
  const draw = () => {
    // A terminal that was stopped (Ctrl-S) is not to be filled with what will have passed when it goes on.
    if (io.err.writableLength > 0) return;
    lines(
      [
        ...[...running.values()].map(
          ({ title, started }) =>
            `${colors.yellow('…')} ${visible(title)} ${colors.dim(since(started))}`,
        ),
        ...(schedule === undefined ? [] : bars(schedule, vantages, ended, colors)),
      ].join('\n'),
    );
  };
  const keep = (line: string) => {
    lines.clear();
    io.err.write(`${line}\n`);
    draw();
  };
  const timer = setInterval(draw, 200);
  return {
    note: (text) => {
      keep(visible(text));
    },
    remark: (text) => {
      keep(`note ${visible(text)}`);
    },
    step: (title) => {
      const id = Symbol(title);
      const started = Date.now();
      running.set(id, { title, started });
      draw();
      return (detail) => {
        running.delete(id);
        keep(`${colors.green('✓')} ${visible(doneLine(title, started, detail))}`);
      };
    },
    measuring: (plan, startAt) => {
      schedule = { plan, startAt };
      ended.clear();
      vantages.clear();
      keep(`${colors.green('✓')} ${visible(describePlan(plan))}`);
    },
    progress: (progress) => {
      vantages.set(progress.vantage, progress);
    },
    finished: (vantage, state) => {
      ended.set(vantage, state);
      if (schedule === undefined || ended.size < schedule.plan.vantages.length) return;
      const elapsed = Math.max(0, Date.now() - schedule.startAt);
      keep(`${colors.green('✓')} measured for ${formatSeconds(elapsed / 1000)}`);
      schedule = undefined;
      draw();
    },
    stop: () => {
      clearInterval(timer);
      lines.clear();
      lines.done();
    },
  };
}

function bars(
  { plan, startAt }: Schedule,
  vantages: ReadonlyMap<string, JobProgress>,
  ended: ReadonlyMap<string, string>,
  colors: Colors,
): string[] {
  const elapsed = Date.now() - startAt;
  const share = Math.min(1, Math.max(0, elapsed / plan.durationMs));
  const width = 28;
  const full = Math.round(share * width);
  const bar = `${colors.cyan('━'.repeat(full))}${colors.dim('━'.repeat(width - full))}`;
  return plan.vantages.map((name) => {
    const state = ended.get(name);
    const vantage = visible(name);
    if (state !== undefined) return `  ${vantage} ${visible(state)}`;
    if (elapsed < 0) return `  ${vantage} ${colors.dim('k6 is starting')}`;
    const count = vantages.get(name)?.iterations ?? 0;
    return `  ${vantage} ${bar} round ${roundAt(plan, elapsed)}  ${String(count).padStart(5)} requests  ${timeLeft(plan, elapsed)} left`;
  });
}

/** `3/8`: the round under way. */
export function roundAt(plan: Plan, elapsedMs: number): string {
  const block = plan.blocks.findLast(({ startMs }) => startMs <= elapsedMs) ?? plan.blocks[0];
  return `${(block?.round ?? 0) + 1}/${plan.rounds}`;
}

const timeLeft = (plan: Plan, elapsedMs: number): string =>
  formatSeconds(Math.max(0, plan.durationMs - elapsedMs) / 1000);

const since = (started: number): string => formatSeconds((Date.now() - started) / 1000);

const doneLine = (title: string, started: number, detail?: string): string =>
  `${title}${detail === undefined ? '' : `: ${detail}`} (${since(started)})`;

/** The plan in one line. */
export function describePlan(plan: Plan): string {
  const rounds = new Set(plan.blocks.map(({ round }) => round)).size;
  return (
    `${rounds} ${rounds === 1 ? 'round' : 'rounds'} of ${plan.targets.map(({ name }) => name).join(', ')} ` +
    `from ${plan.vantages.join(', ')}, ${plan.rate} requests/s each`
  );
}
