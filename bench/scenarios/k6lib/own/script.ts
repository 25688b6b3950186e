import { durationMs } from '../duration.ts';
import { k6Env } from '../k6-env.ts';
import exec from 'k6/execution';
import { Counter } from 'k6/metrics';
import { scriptError } from '../../../base/script-error.ts';
import { jitter } from '../schedule.ts';
import { exportsOf, flowsOf, type Flow, type ScriptModule } from './flows.ts';
import { masked } from './masked.ts';
import { splitOptions, thresholdsByTarget } from './options.ts';
import { running } from './running.ts';
import { isTrial, note } from './trial.ts';

const exceptions = new Counter('bench_exceptions');
const trouble = new Counter('bench_script_trouble');

/** One copy of a user's script, made for one target. */
export interface Copy {
  readonly target: string;
  readonly env: Record<string, string>;
  readonly module: ScriptModule;
}

/** A user's script as the schedule runs it: one copy a target, as `TARGET_URL` is read where a file begins, too. */
export class OwnScript {
  private readonly copies: readonly (Copy & { readonly flows: readonly Flow[] })[];

  /** Throws an Error that says what the script lacks. */
  constructor(copies: readonly Copy[]) {
    this.copies = copies.map((copy) => ({
      ...copy,
      module: exportsOf(copy.module),
      flows: flowsOf(copy.module),
    }));
    note({ replaced: splitOptions(this.userOptions()).replaced });
  }

  /** What of the script's options holds, its thresholds for each target. `readsBodies`: whether it may look into answers. */
  options(readsBodies: boolean): Record<string, unknown> {
    const user = this.userOptions();
    const { kept } = splitOptions(user);
    const times = this.copies.length;
    return {
      ...kept,
      discardResponseBodies: kept['discardResponseBodies'] ?? !readsBodies,
      // Of all copies, and the wait for the agreed start.
      setupTimeout: times * (durationMs(kept['setupTimeout']) ?? 60_000) + 120_000,
      teardownTimeout: times * (durationMs(kept['teardownTimeout']) ?? 60_000),
      thresholds: isTrial()
        ? {}
        : thresholdsByTarget(
            user,
            this.copies.map(({ target }) => target),
          ),
    };
  }

  /** The data of each copy. */
  async setup(): Promise<unknown[]> {
    const from = Date.now();
    const data: unknown[] = [];
    for (const { module, env } of this.copies) {
      running.base = env['TARGET_URL'] ?? '';
      data.push(await call(module['setup']));
    }
    note({ setupMs: Date.now() - from });
    return data;
  }

  /** One iteration on the target whose turn it is. */
  async run(data: readonly unknown[]): Promise<void> {
    const index = Number(k6Env('BENCH_COPY') ?? 0);
    const copy = this.copies[index];
    if (copy === undefined) throw new Error(`no copy ${index} of the script`);
    if (!isTrial()) jitter();
    const from = Date.now();
    running.base = copy.env['TARGET_URL'] ?? '';
    try {
      for (const flow of copy.flows) await this.runFlow(copy, flow, data[index] ?? undefined);
    } catch (error) {
      exceptions.add(1, { bench_error: encodeURIComponent(short(error)) });
      throw error;
    } finally {
      running.flow = '';
      note({ iterationMs: Date.now() - from, target: copy.target });
    }
  }

  /** A fault there comes too late to take anything from what was measured: it is reported, and ends nothing. */
  async teardown(data: readonly unknown[]): Promise<void> {
    for (const [index, { module }] of this.copies.entries())
      await guarded('teardown', () => call(module['teardown'], data[index] ?? undefined));
  }

  /** The files that the script's own summary makes; `rename` keeps those of several vantages apart. */
  async summary(data: unknown): Promise<Record<string, unknown>> {
    const made = await guarded('handleSummary', () =>
      call(this.copies[0]?.module['handleSummary'], data),
    );
    if (typeof made !== 'object' || made === null) return {};
    return Object.fromEntries(
      Object.entries(made)
        .filter(([name]) => name !== 'stdout' && name !== 'stderr')
        .map(([name, content]) => [apart(name), content as unknown]),
    );
  }

  private async runFlow(copy: Copy, flow: Flow, data: unknown): Promise<void> {
    running.flow = this.hasOneFlow() ? '' : flow.name;
    Object.assign(copy.env, flow.env);
    for (const [name, value] of Object.entries(flow.tags)) exec.vu.metrics.tags[name] = value;
    await flow.run(data);
  }

  private hasOneFlow(): boolean {
    return this.copies[0]?.flows.length === 1;
  }

  private userOptions(): unknown {
    return this.copies[0]?.module['options'];
  }
}

const call = (found: unknown, ...args: unknown[]): unknown =>
  typeof found === 'function' ? (found as (...all: unknown[]) => unknown)(...args) : undefined;

async function guarded(where: string, run: () => unknown): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    trouble.add(1, { bench_where: where, bench_error: encodeURIComponent(short(error)) });
    return undefined;
  }
}

/** Short: each different text is a time series in k6's memory. */
function short(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // An emoji that is cut in two could not be encoded.
  return masked(scriptError(text))
    .slice(0, 200)
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** `a/b.json` → `a/b.syd.json`, where several vantages write it. */
function apart(name: string): string {
  const suffix = k6Env('BENCH_SUMMARY_SUFFIX') ?? '';
  if (suffix === '') return name;
  return name.replace(/(\.[^./]*)?$/, (extension) => `.${suffix}${extension}`);
}
