import type { Running } from './bench.ts';

/** The arguments of a run of two topologies from two cities: 16 s of load, two rounds. */
export const shortRun = [
  'run',
  ...['--regions', 'cdg,ord', '--topologies', 'single-region,read-replicas'],
  ...['--rounds', '2', '--duration', '16s', '--out', 'run'],
] as const;

/** The folders for temporary files that a run has left. */
export const worldFolders = async (running: Running): Promise<string[]> =>
  (await running.leftFiles()).filter((name) => name.startsWith('bench-'));
