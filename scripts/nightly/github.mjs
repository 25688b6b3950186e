// What a job hands to its next steps and shows to people.
import { appendFileSync } from 'node:fs';

/** `steps.<id>.outputs.<name>`; the value is one line. */
export function setOutput(name, value) {
  append('GITHUB_OUTPUT', `${name}=${value}\n`);
}

/** Markdown at the end of the job's summary. */
export function addToSummary(markdown) {
  append('GITHUB_STEP_SUMMARY', `${markdown}\n`);
}

/** Outside of a job there is no such file, and nothing to do. */
function append(variable, text) {
  const file = process.env[variable];
  if (file !== undefined && file !== '') appendFileSync(file, text);
}
