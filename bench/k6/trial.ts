import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnvironment } from '../base/child-environment.ts';
import type { Millis } from '../base/units.ts';
import type { Extra } from '../samples/extra.ts';
import type { Sample } from '../samples/sample.ts';
import { runCommand } from './install/command.ts';
import { readSamples } from './output.ts';
import { readTrialLog, type TrialLog } from './trial/log.ts';

/** What is tried: one iteration of each user's script on each target. */
export interface TrialRequest {
  readonly k6: string;
  readonly script: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
}

/** What came of it. */
export interface Trial extends TrialLog {
  /** k6's exit code; null if a signal ended it. */
  readonly code: number | null;
  /** The requests that name a block, in the order in which they ended. */
  readonly samples: readonly Sample[];
  /** Checks and exceptions among them. */
  readonly extras: readonly Extra[];
}

/** An iteration that takes longer is no one to measure at any rate. */
export const trialLimitMs: Millis = 60_000;

/** Runs k6 once; all that it wrote is gone afterwards. Rejects with the signal's reason if that is aborted. */
export async function runTrial(request: TrialRequest, signal: AbortSignal): Promise<Trial> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-trial-'));
  const [script, options, rows] = ['script.js', 'options.json', 'rows.csv'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  try {
    await writeFile(script, request.script);
    await writeFile(options, JSON.stringify(request.options));
    const { code, output } = await runCommand(
      request.k6,
      [
        'run',
        ...['--config', options],
        '--out=csv',
        ...['--log-format', 'json'],
        ...['--quiet', '--summary-mode=disabled', '--no-usage-report', '--no-color', '--address='],
        script,
      ],
      {
        env: childEnvironment('k6', {
          ...request.env,
          K6_CSV_FILENAME: rows,
          K6_CSV_TIME_FORMAT: 'unix_micro',
          BENCH_TRIAL: '1',
        }),
      },
      signal,
    );
    return { code, ...readTrialLog(output), ...(await readRows(rows)) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A script that k6 can't even load leaves no rows. */
async function readRows(file: string): Promise<Pick<Trial, 'samples' | 'extras'>> {
  const samples: Sample[] = [];
  const extras: Extra[] = [];
  await readSamples(file, 'trial', {
    sample: (sample) => samples.push(sample),
    extra: (extra) => extras.push(extra),
  }).catch(() => undefined);
  return { samples: samples.sort((a, b) => a.atUs - b.atUs), extras };
}
