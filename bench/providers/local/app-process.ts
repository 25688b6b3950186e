import { pathToFileURL } from 'node:url';
import { programPath } from '../../base/package-root.ts';

/** Arguments for Node that start the app inside the emulated private network. */
export const appArguments = (command: readonly string[] = []): string[] => [
  '--import',
  // A URL, unlike the path, may hold any character: `#` in the name of a folder would end it.
  pathToFileURL(programPath('private-network')).href,
  programPath('app'),
  ...command,
];
