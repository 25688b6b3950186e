import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeFlyctl, type Account } from './fake-flyctl.ts';

// A program in place of flyctl, for tests. Its account lies in a file beside it, as it gets no variables of a test's own;
// `environment.json` there tells what it was called with.
const folder = dirname(realpathSync(process.argv[1] ?? ''));
const file = join(folder, 'account.json');
writeFileSync(join(folder, 'environment.json'), JSON.stringify({ ...process.env }));
const args = process.argv.slice(2);
refuseBrokenToml();
const account = JSON.parse(readFileSync(file, 'utf8')) as Account;
const { code, stdout, stderr } = fakeFlyctl(account, args, readFileSync(0, 'utf8'), (path) =>
  readFileSync(path, 'utf8'),
);
writeFileSync(file, JSON.stringify(account));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
// For tests that interrupt a command: it takes its time then.
const pauseFile = join(folder, 'pause');
const pause = existsSync(pauseFile) ? readFileSync(pauseFile, 'utf8') : '';
if (pause !== '' && args.join(' ').startsWith(pause)) {
  const staying = setInterval(() => undefined, 1000);
  process.once('SIGINT', () => {
    clearInterval(staying);
    process.exitCode = 130;
  });
}

/** flyctl loads the fly.toml of the folder that it is called in, needed or not; the tests' only ones are broken. */
function refuseBrokenToml(): void {
  if (!existsSync('fly.toml')) return;
  process.stderr.write(
    'Error: failed loading app config from fly.toml: toml: line 1: expected value\n',
  );
  process.exit(1);
}
