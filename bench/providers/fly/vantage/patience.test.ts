import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobOutcome } from '../../../k6/job.ts';
import type { Clock } from '../client/clock.ts';
import type { Exec } from './exec.ts';
import { openVantage } from './open-vantage.ts';
import { keptUntil } from './patience.ts';
import type { Watching } from './watching.ts';

let folder: string;
beforeAll(async () => (folder = await mkdtemp(join(tmpdir(), 'bench-patience-'))));
afterAll(() => rm(folder, { recursive: true }));

const minute = 60_000;

test.each([
  ['its k6 was to end', { overAt: 5, heardAt: 2, expiresAt: 99 }, 14],
  ['it answered, if that was later', { overAt: 5, heardAt: 8, expiresAt: 99 }, 17],
])('a machine is asked until nine minutes after %s', (_, known, until) => {
  const { overAt, heardAt, expiresAt } = known;
  const times = { overAt: minute * overAt, heardAt: minute * heardAt };
  expect(keptUntil({ ...times, expiresAt: minute * expiresAt })).toBe(minute * until);
  expect(keptUntil({ ...times, expiresAt: minute * 11 })).toBe(minute * 11);
});

/** What happened, and when: minutes from the start of a part whose k6 ends after three. */
interface Told {
  readonly outcome: JobOutcome;
  readonly rows: string;
  readonly atMin: number;
  readonly said: readonly string[];
}

/** All in minutes. */
interface Trouble extends Pick<Partial<Watching>, 'lost' | 'expiresAt'> {
  /** From when to when no call arrives. */
  readonly cuts: readonly (readonly [from: number, to: number])[];
  /** Somebody presses Ctrl-C. */
  readonly interruptedAt?: number;
}

/** One part on a machine that is a few lines of text, in a time that passes only where somebody waits. */
async function run(trouble: Trouble): Promise<Told> {
  const { cuts, interruptedAt = Infinity, lost, expiresAt = 99 } = trouble;
  const began = 1_795_265_140_000;
  let now = began;
  const interruption = new AbortController();
  const pass = (ms: number): void => {
    now += ms;
    if (now >= began + minute * interruptedAt) interruption.abort();
  };
  const minutes = () => (now - began) / minute;
  const clock: Clock = {
    now: () => now,
    sleep: async (ms) => {
      pass(ms);
      await new Promise(setImmediate);
    },
  };
  const exec: Exec = (command) => {
    pass(200);
    const end = cuts.find(([from, to]) => minutes() >= from && minutes() < to)?.[1] ?? 0;
    // The client has a patience of its own.
    pass(Math.min(minute, Math.max(0, began + minute * end - now)));
    return minutes() < end
      ? Promise.reject(new Error('Fly could not be asked: ECONNRESET.'))
      : Promise.resolve({ exitCode: 0, stdout: answer(command, minutes()), stderr: '' });
  };
  const said: string[] = [];
  const rowsFile = join(folder, 'rows.csv.gz');
  const vantage = openVantage(exec, {
    ...{ pollMs: 5000, clock },
    silent: (until, why) =>
      void said.push(`until minute ${((until - began) / minute).toFixed(1)}: ${why}`),
    expiresAt: began + minute * expiresAt,
    ...(lost === undefined ? {} : { lost }),
  });
  const outcome = await vantage.runPart({
    ...{ part: 0, startAt: began, progress: () => undefined, signal: interruption.signal },
    job: {
      ...{ vantage: 'gru', bundle: '', rowsFile, options: {}, env: {} },
      durationMs: 3 * minute,
    },
  });
  const kept = await readFile(rowsFile);
  const rows = kept.length === 0 ? '' : gunzipSync(kept).toString();
  return { outcome, rows, atMin: minutes(), said };
}

const text = 'metric_name,timestamp\nx,1\n';
const packed = gzipSync(text.replace(/^(?=.)/gm, '"'));
const segment = `segment 0 ${packed.length} ${createHash('sha256').update(packed).digest('hex')}`;

function answer([, , verb, , segments, , offset]: readonly string[], minutes: number): string {
  if (verb !== 'poll') return '';
  if (minutes < 3) return 'state running\nprocessors 2';
  const news = segments === '0' ? `${segment}\n` : '';
  const bytes = packed.subarray(Number(offset)).toString('base64');
  return `state done\nexit 0\nprocessors 2\n${news}bytes\n${bytes}`;
}

describe('a machine that does not answer', () => {
  test('is asked again for as long as it holds its samples, which come home late', async () => {
    const { outcome, rows, said } = await run({ cuts: [[1, 11.9]] });
    expect(outcome.state).toBe('completed');
    expect(rows).toBe(text);
    expect(said).toEqual(['until minute 12.0: Fly could not be asked: ECONNRESET.']);
  });

  test('is given up when it can’t be there any more', async () => {
    const { outcome, atMin, said } = await run({ cuts: [[1, 99]] });
    expect(outcome).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('ECONNRESET') as string,
    });
    expect(atMin).toBeGreaterThan(12);
    expect(atMin).toBeLessThan(13.5);
    expect(said).toHaveLength(1);
  });

  test('is not asked after its own end', async () => {
    const { outcome, atMin, said } = await run({ cuts: [[1, 99]], expiresAt: 5 });
    expect(outcome.state).toBe('failed');
    expect(atMin).toBeLessThan(6.5);
    expect(said[0]).toContain('until minute 5.0');
  });

  test('is not waited for once it is known to be gone', async () => {
    const lost = () => Promise.resolve('its machine is stopped');
    const { outcome, atMin, said } = await run({ cuts: [[1, 99]], lost });
    expect(outcome).toMatchObject({ state: 'failed', reason: 'its machine is stopped' });
    expect(atMin).toBeLessThan(2.5);
    expect(said).toEqual([]);
  });

  test('costs somebody who presses Ctrl-C no more than the calls under way', async () => {
    const { outcome, atMin } = await run({ cuts: [[1, 99]], interruptedAt: 4 });
    expect(outcome.state).toBe('interrupted');
    expect(atMin).toBeLessThan(7.5);
  });

  test('again is told of again', async () => {
    const { outcome, said } = await run({
      cuts: [
        [0.2, 1.5],
        [1.8, 3.5],
      ],
    });
    expect(outcome.state).toBe('completed');
    expect(said).toHaveLength(2);
  });
});
