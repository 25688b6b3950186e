import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { startTimeOf } from '../local/guard/identity.ts';

/** `host/pid/start` of this process, for the metadata of what it makes. */
export async function thisController(): Promise<string> {
  return controllerText({
    host: await thisHost(),
    pid: process.pid,
    start: startTimeOf(process.pid) ?? '',
  });
}

/** Whether the process still lives; undefined for one on another computer, or a text that is not ours. */
export async function isControllerAlive(text: string): Promise<boolean | undefined> {
  const controller = parseController(text);
  if (controller === undefined || controller.host !== (await thisHost())) return undefined;
  return startTimeOf(controller.pid) === controller.start;
}

interface Controller {
  readonly host: string;
  readonly pid: number;
  readonly start: string;
}

/** Blanks of a start time (macOS tells it as a date) would not survive everywhere. */
const controllerText = ({ host, pid, start }: Controller): string =>
  [host, String(pid), start].map(encodeURIComponent).join('/');

function parseController(text: string): Controller | undefined {
  const [host, pid, start, ...more] = text.split('/').map(decoded);
  if (host === undefined || pid === undefined || start === undefined) return undefined;
  if (more.length > 0 || start === '' || !/^[1-9]\d*$/.test(pid)) return undefined;
  return { host, pid: Number(pid), start };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/**
 * This computer, for as long as it is up: its name and, on Linux, its boot and the namespace of its process ids, as ids
 * and start times mean nothing outside of them.
 */
export async function thisHost(): Promise<string> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  const marks = [boot.slice(0, 8), namespace.replace(/\D/g, '')].filter((mark) => mark !== '');
  return [hostname(), ...marks].join('.');
}
