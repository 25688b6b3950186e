import { visible } from '../../base/visible.ts';
import type { Cleaned } from '../clean.ts';
import type { Colors } from '../io.ts';
import type { CleanedMachine } from './clean-fly.ts';
import type { CleanedRun } from './clean-local.ts';

/** One line for each thing that was found, and what is left to say. */
export function cleanedText({ dryRun, runs, machines, app }: Cleaned, colors: Colors): string {
  const removed = dryRun ? colors.yellow('would remove') : colors.green('removed');
  const left = colors.yellow('left');
  const lines = [
    ...runs.map((run) => `${removed} ${visible(runLine(run))}`),
    ...machines.flatMap((one) => [
      `${one.removed ? removed : left} ${visible(machineLine(one))}`,
      ...[...samplesLine(one), ...uploadsLine(one)].map(visible),
    ]),
  ];
  if (machines.some(isNeeded))
    lines.push(colors.dim('What is left may still be measuring; --all removes it too.'));
  if (runs.length + machines.length === 0) lines.push('Nothing was left behind.');
  lines.push(
    colors.dim(
      app === null
        ? 'Fly was not asked: there is no token (FLY_API_TOKEN).'
        : `Looked on this machine and in the Fly app ${app}.`,
    ),
  );
  return lines.map((line) => `${line}\n`).join('');
}

function runLine({ pid, processes, folders }: CleanedRun): string {
  const of = `of a run that was killed (process ${pid})`;
  const ids = processes.length === 0 ? '' : ` ${processes.join(', ')}`;
  return `${counted(processes.length, 'process', 'processes')}${ids} and ${counted(folders.length, 'folder', 'folders')} ${of}`;
}

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

function machineLine({ id, vantage, region, run, because, expires }: CleanedMachine): string {
  const where = vantage === '' ? region : vantage;
  return `Machine ${id}, ${where}, of run ${run}: ${reasonOf(because, expires)}`;
}

function samplesLine({ samples }: CleanedMachine): string[] {
  switch (samples.state) {
    case 'none':
      return [];
    case 'kept':
      return [`  its samples are in ${samples.file}`];
    case 'lost':
      return [`  its samples could not be brought home: ${samples.reason}`];
  }
}

function uploadsLine({ uploads, removed }: CleanedMachine): string[] {
  switch (uploads.state) {
    case 'none':
      return [];
    case 'removed': {
      const what = `what it had uploaded (${counted(uploads.objects, 'object', 'objects')})`;
      return [
        uploads.file === undefined
          ? `  ${what} is removed: its samples are here`
          : `  ${what} is added to ${uploads.file}, and removed`,
      ];
    }
    case 'left':
      return [
        `  what it may have uploaded to ${uploads.place} is left: ${uploads.reason}`,
        ...(removed
          ? ['  remove it there: nothing else tells of it any more']
          : ['  set the AWS_… variables as for the run and clean again; --all gives it up']),
      ];
  }
}

/** Not one that is only kept as it tells where samples are. */
const isNeeded = ({ removed, uploads }: CleanedMachine): boolean =>
  !removed && uploads.state !== 'left';

function reasonOf(because: CleanedMachine['because'], expires: string | null): string {
  switch (because) {
    case 'orphaned':
      return 'the process that made it is gone';
    case 'expired':
      return `its time was up at ${expires ?? 'no time'}`;
    case 'running':
      return 'its run is going on, here';
    case 'elsewhere':
      return `made on another computer; its time is up ${expires === null ? 'nobody knows when' : `at ${expires}`}`;
  }
}
