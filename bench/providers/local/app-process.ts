import { programPath } from '../../base/package-root.ts';

/** Arguments for Node that start the app inside the emulated private network. */
export const appArguments = (command: readonly string[] = []): string[] => [
  '--import',
  `file://${programPath('private-network')}`,
  programPath('app'),
  ...command,
];
