// One issue for the nightly gate: opened or commented when it fails, closed when it passes. VERDICT decides; other
// verdicts (no trustworthy measurement) change nothing. Talks to GitHub through `gh`, which must be on the PATH.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const label = 'nightly-gate';
const title = 'The nightly gate fails';
/** What GitHub takes, less some room. */
const longest = 60_000;

const { VERDICT: verdict = '', RUN: run = 'reports/nightly' } = process.env;
if (verdict === 'fail') openOrUpdate(openIssue());
else if (verdict === 'pass') close(openIssue());
else console.log(`verdict: ${verdict}; the issue stays as it is`);

/** The number of the open issue; undefined if there is none. */
function openIssue() {
  const flags = ['--label', label, '--state', 'open', '--limit', '1', '--json', 'number'];
  const [issue] = JSON.parse(gh(['issue', 'list', ...flags]));
  return issue === undefined ? undefined : String(issue.number);
}

function openOrUpdate(number) {
  if (number !== undefined) {
    gh(['issue', 'comment', number, '--body-file', '-'], report('It failed again'));
    return;
  }
  const about = ['--description', 'Kept by the nightly benchmark', '--color', 'd93f0b'];
  gh(['label', 'create', label, '--force', ...about]);
  gh(
    ['issue', 'create', '--title', title, '--label', label, '--body-file', '-'],
    report('It failed'),
  );
}

function close(number) {
  if (number !== undefined)
    gh(['issue', 'close', number, '--comment', `It passes again: ${job()}`]);
}

function report(what) {
  const text = `${what}: ${job()}\n\n${verdicts()}`;
  return text.length <= longest ? text : `${text.slice(0, longest)}\n\n… cut; the job has it all.`;
}

function verdicts() {
  try {
    return readFileSync(`${run}-verdicts.md`, 'utf8');
  } catch {
    return 'The gate left no table of verdicts.';
  }
}

/** The address of this job's run. */
function job() {
  const { GITHUB_SERVER_URL = '', GITHUB_REPOSITORY = '', GITHUB_RUN_ID = '' } = process.env;
  return `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
}

function gh(args, input = '') {
  return execFileSync('gh', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'inherit'] });
}
