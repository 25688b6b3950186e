import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startBench } from '../support/bench.ts';
import { descendantsOf } from '../support/processes.ts';
import { writeSyntheticRun } from '../support/synthetic-run.ts';

/** What a person has around them when they measure. */
const secrets = {
  FLY_API_TOKEN: 'planted-fly',
  FLY_ACCESS_TOKEN: 'planted-fly-2',
  AWS_SECRET_ACCESS_KEY: 'planted-aws',
  GITHUB_TOKEN: 'planted-github',
  NPM_TOKEN: 'planted-npm',
  DATABASE_URL: 'postgres://me:planted-database@127.0.0.1:1/db',
  PGPASSWORD: 'planted-pg',
  K6_CLOUD_TOKEN: 'planted-k6',
  MY_OWN: 'planted-own',
};

async function temporary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'attack-environment-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

/** Programs that live too short to be seen: each writes down what it got, and goes on as the real one. */
async function shims(folder: string, names: readonly string[]): Promise<string> {
  for (const name of names) {
    const file = join(folder, name);
    const rest = '"${PATH#*:}"';
    await writeFile(
      file,
      `#!/bin/sh\nenv > "${folder}/$$.${name}.env"\nPATH=${rest}\nexport PATH\nexec ${name} "$@"\n`,
    );
    await chmod(file, 0o755);
  }
  return `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
}

const seenBy = async (folder: string): Promise<Map<string, string>> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.env'));
  const all = names.map(
    async (name) => [name, await readFile(join(folder, name), 'utf8')] as const,
  );
  return new Map(await Promise.all(all));
};

test.runIf(process.platform === 'linux')(
  'no child of a run, whatever it is for, gets what is none of its business',
  async () => {
    const folder = await temporary();
    await writeFile(
      join(folder, 'own.js'),
      `import http from 'k6/http'; export default () => { http.get(__ENV.TARGET_URL + '/search?q=rice'); };`,
    );
    const path = await shims(folder, ['git', 'ps', 'chrt', 'id', 'tar']);
    const running = await startBench(
      [
        ...['run', '--regions', 'cdg,ord', '--topologies', 'read-replicas', '--out', 'run'],
        ...['--script', join(folder, 'own.js'), '--rounds', '1', '--duration', '30s'],
      ],
      { ...secrets, PATH: path },
    );
    const kinds = new Set<string>();
    const leaks = new Set<string>();
    const look = () => {
      for (const { pid, command } of descendantsOf(running.pid)) {
        // Between fork and exec a child still is what its parent was.
        if (command.includes('bench.mjs run')) continue;
        const environment = environmentOf(pid);
        if (environment !== '') kinds.add(kindOf(command));
        if (environment.includes('planted')) leaks.add(command);
      }
    };
    const timer = setInterval(look, 20);
    try {
      const wanted = ['esbuild', 'guard', 'network', 'postgres', 'app', 'k6'];
      await expect.poll(() => wanted.filter((kind) => !kinds.has(kind))).toEqual([]);
    } finally {
      clearInterval(timer);
    }
    running.child.kill('SIGINT');
    await running.ended;
    expect([...leaks]).toEqual([]);
    const short = await seenBy(folder);
    expect([...short.keys()].some((name) => name.endsWith('.git.env'))).toBe(true);
    expect([...short].filter(([, text]) => text.includes('planted'))).toEqual([]);
  },
);

test.runIf(process.platform === 'linux')('nor does the browser that shows the page', async () => {
  const folder = await temporary();
  const run = await writeSyntheticRun(join(folder, 'run'), { rounds: 2, perBlock: 5 });
  const browser = join(folder, 'browser');
  await writeFile(browser, `#!/bin/sh\nenv > "${folder}/browser.env"\n`);
  await chmod(browser, 0o755);
  const running = await startBench(['report', run, '--open', '--format', 'text'], {
    ...{ ...secrets, BROWSER: browser },
  });
  running.child.stdin.end();
  expect((await running.ended).code).toBe(0);
  await expect.poll(() => seenBy(folder).then((seen) => [...seen.keys()])).toEqual(['browser.env']);
  const [[, text] = ['', '']] = await seenBy(folder);
  expect(text).not.toContain('planted');
  expect(text).toContain('PATH=');
});

/** Empty where it has ended meanwhile. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8');
  } catch {
    return '';
  }
}

function kindOf(command: string): string {
  const kinds = { esbuild: /esbuild/, guard: /guard\.mjs/, network: /[/]network\.mjs/ };
  const others = { postgres: /postgres/, app: /app\.mjs/, k6: /k6\S* run / };
  const all = Object.entries({ ...kinds, ...others });
  return all.find(([, pattern]) => pattern.test(command))?.[0] ?? command;
}
