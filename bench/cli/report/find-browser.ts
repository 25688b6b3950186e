import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** What a search looks at; tests hand in their own. */
export interface Surroundings {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly isProgram: (path: string) => boolean;
}

/** Names on the PATH of Linux, BSD and their like, the ones that most people have first. */
const commands = [
  ...['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'],
  ...['microsoft-edge', 'microsoft-edge-stable', 'brave-browser'],
];

const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];

const windowsPaths = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/**
 * A browser of Chromium's family on this machine: the one that BENCH_BROWSER names, or an installed one. Undefined
 * where there is none; a BENCH_BROWSER that is no program is not replaced by another one.
 */
export function findBrowser({ env, platform, isProgram }: Surroundings): string | undefined {
  const chosen = env['BENCH_BROWSER'] ?? '';
  const candidates = chosen === '' ? candidatesOn(platform, env) : [chosen];
  return candidates.find(isProgram);
}

function candidatesOn(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].map((key) => env[key]);
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => windowsPaths.map((path) => join(root, ...path)));
  }
  const apps = platform === 'darwin' ? macApps : [];
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return [
    ...apps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
    ...commands.flatMap((command) => folders.map((folder) => join(folder, command))),
  ];
}

/** Whether a file is there and may be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
