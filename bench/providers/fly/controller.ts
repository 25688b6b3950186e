import { thisHost } from '../local/guard/host.ts';
import { startTimeOf } from '../local/guard/identity.ts';

/** `host/pid/start` of this process, for the metadata of what it makes. */
export function thisController(): string {
  return controllerText({
    host: hostText(),
    pid: process.pid,
    start: startTimeOf(process.pid) ?? '',
  });
}

/** Whether the process still lives; undefined for one on another computer, or a text that is not ours. */
export function isControllerAlive(text: string): boolean | undefined {
  const controller = parseController(text);
  if (controller === undefined || controller.host !== hostText()) return undefined;
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

function hostText(): string {
  const { name, boot, namespace } = thisHost();
  return [name, boot, namespace].join('.');
}
