import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, tmpdir } from 'node:os';
import { createServer } from 'node:net';
import { messageOf } from '../../base/errors.ts';
import type { Check } from './check.ts';

const gigabyte = 1024 ** 3;

export const nodeCheck: Check = () => {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  return Promise.resolve({
    subject: 'node',
    state: fits ? 'ok' : 'broken',
    detail: process.version,
    ...(fits ? {} : { fix: 'Install Node 20.19 or newer.' }),
  });
};

export const memoryCheck: Check = () => {
  const free = freemem() / gigabyte;
  const enough = free >= 2.5;
  return Promise.resolve({
    subject: 'memory',
    state: enough ? 'ok' : 'poor',
    detail: `${free.toFixed(1)} GB free`,
    ...(enough
      ? {}
      : { fix: 'The default run takes up to 2.5 GB: close something, or measure fewer regions.' }),
  });
};

export const diskCheck: Check = async () => {
  try {
    const { bavail, bsize } = await statfs(tmpdir());
    const free = (bavail * bsize) / gigabyte;
    const enough = free >= 1;
    return {
      subject: 'disk',
      state: enough ? 'ok' : 'broken',
      detail: `${free.toFixed(1)} GB free in ${tmpdir()}`,
      ...(enough ? {} : { fix: 'Make room there, or point TMPDIR at a larger disk.' }),
    };
  } catch (error) {
    return {
      subject: 'disk',
      state: 'broken',
      detail: messageOf(error),
      fix: 'Point TMPDIR at a folder that you may write.',
    };
  }
};

export const portsCheck: Check = async () => {
  const servers = Array.from({ length: 64 }, () => createServer());
  try {
    await Promise.all(
      servers.map(
        (server) =>
          new Promise<void>((resolve, reject) => {
            server.once('error', reject);
            server.listen(0, '127.0.0.1', resolve);
          }),
      ),
    );
    return {
      subject: 'ports',
      state: 'ok',
      detail: `${servers.length} free ones on 127.0.0.1 at once`,
    };
  } catch (error) {
    const fix = 'Raise the limit of open files (ulimit -n), or free ports on 127.0.0.1.';
    return { subject: 'ports', state: 'broken', detail: messageOf(error), fix };
  } finally {
    for (const server of servers) server.close();
  }
};

/** Repeats a fixed piece of work: what others take from the processors shows as spread. */
export const processorCheck: Check = () => {
  const times = Array.from({ length: 60 }, timeOfWork).sort((a, b) => a - b);
  const at = (p: number) => times[Math.floor(p * (times.length - 1))] ?? 0;
  const excess = at(0.9) / at(0.1) - 1;
  const cores = availableParallelism();
  const calm = excess < 0.5 && cores >= 2;
  return Promise.resolve({
    subject: 'processors',
    state: calm ? 'ok' : 'poor',
    detail: `${cores}, ${(100 * excess).toFixed(0)} % slower in the slowest tenth of the time`,
    ...(calm
      ? {}
      : { fix: 'Close what else is running; with fewer than 2 processors measure fewer regions.' }),
  });
};

function timeOfWork(): number {
  const started = process.hrtime.bigint();
  let x = 1;
  for (let i = 0; i < 1_000_000; i++) x = (x * 1103515245 + 12345) % 2147483648;
  return Number(process.hrtime.bigint() - started) + (x === 0 ? 1 : 0);
}
