import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { BenchError } from '../../../base/errors.ts';
import type { WaitingJob } from '../../../k6/job.ts';

/** What one part of a run needs in its machine, gzipped: k6's environment and options, as guest/entry.sh reads them. */
export function partFile({ env, options }: Pick<WaitingJob, 'env' | 'options'>): Promise<Buffer> {
  const lines = Object.entries(env).map(([name, value]) => {
    if (/^[A-Za-z_]\w*$/.test(name) && !/[\n\0]/.test(value)) return `${name}=${value}\n`;
    throw new BenchError(
      'usage',
      `The variable ${JSON.stringify(name)} can't be given to k6 in a machine.`,
      'Name it with letters, digits and _, and give it a value of one line.',
    );
  });
  return promisify(gzip)(`${lines.join('')}\n${JSON.stringify(options)}`);
}
