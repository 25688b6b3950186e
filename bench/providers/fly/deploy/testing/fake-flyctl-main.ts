import { readFileSync, writeFileSync } from 'node:fs';
import { fakeFlyctl, type Account } from './fake-flyctl.ts';

// A program in place of flyctl, for tests: FAKE_FLYCTL names the file that holds its account.
const file = process.env['FAKE_FLYCTL'] ?? '';
const account = JSON.parse(readFileSync(file, 'utf8')) as Account;
const args = process.argv.slice(2);
const { code, stdout, stderr } = fakeFlyctl(account, args, readFileSync(0, 'utf8'), (path) =>
  readFileSync(path, 'utf8'),
);
writeFileSync(file, JSON.stringify(account));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = code;
// For tests that interrupt a command: it takes its time then.
const pause = process.env['FAKE_FLYCTL_PAUSE'] ?? '';
if (pause !== '' && args.join(' ').startsWith(pause)) {
  const staying = setInterval(() => undefined, 1000);
  process.once('SIGINT', () => {
    clearInterval(staying);
    process.exitCode = 130;
  });
}
