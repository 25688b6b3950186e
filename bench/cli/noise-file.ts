import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { readRegular } from '../base/regular-file.ts';
import { cacheFolder } from '../base/cache-folder.ts';
import type { NoiseRecord } from '../compare/noise.ts';
import { judgedQuantiles } from '../compare/side.ts';
import { makeFolders } from '../base/make-folders.ts';
import { writeWhole } from '../samples/write-whole.ts';

/** The newest so many A/A runs are kept. */
const mostRecords = 100;

const shape = z.object({
  schema: z.literal(1),
  records: z.array(
    z.object({
      runId: z.string(),
      startedAtIso: z.string(),
      load: z.object({ scenarios: z.array(z.string()), wanted: z.number(), rate: z.number() }),
      cells: z.array(
        z.object({
          vantage: z.string(),
          quantile: z.enum(judgedQuantiles),
          rounds: z.number(),
          sd: z.number(),
          falseAlarm: z.boolean(),
        }),
      ),
    }),
  ),
});

/** One file a machine: a home folder may be shared by several. */
export function noiseFile(env: NodeJS.ProcessEnv): string {
  const machine = hostname().replace(/[^\w.-]/g, '_');
  return join(cacheFolder({ env, platform: process.platform }), `noise-${machine}.json`);
}

/** The A/A runs of this machine so far; none if the file is not there or damaged. */
export async function readNoise(env: NodeJS.ProcessEnv): Promise<readonly NoiseRecord[]> {
  const text = await readRegular(noiseFile(env), 2 ** 20).catch(() => '');
  try {
    return shape.parse(JSON.parse(text.toString())).records;
  } catch {
    return [];
  }
}

/** Adds an A/A run; gives all of them. Throws if the disk refuses. */
export async function keepNoise(
  env: NodeJS.ProcessEnv,
  record: NoiseRecord,
): Promise<readonly NoiseRecord[]> {
  const records = [...(await readNoise(env)), record].slice(-mostRecords);
  const file = noiseFile(env);
  await makeFolders(dirname(file));
  await writeWhole(file, `${JSON.stringify({ schema: 1, records })}\n`);
  return records;
}
