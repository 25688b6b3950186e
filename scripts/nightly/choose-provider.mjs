// Fly where there is a token and this version has the provider, otherwise this machine. Writes `provider` for the next steps.
import { spawnSync } from 'node:child_process';
import { setOutput } from './github.mjs';

const provider = hasToken() && knowsFly() ? 'fly' : 'local';
if (hasToken() && provider === 'local')
  console.log(
    '::notice title=Measured locally::FLY_API_TOKEN is set, but this version of bench has no Fly provider yet.',
  );
console.log(`provider: ${provider}`);
setOutput('provider', provider);

function hasToken() {
  return (process.env['FLY_API_TOKEN'] ?? '') !== '';
}

/** A dry run starts nothing and refuses a provider that is not there. */
function knowsFly() {
  const args = ['dist/bench.mjs', 'run', '--provider', 'fly', '--dry-run'];
  return spawnSync(process.execPath, args, { stdio: 'ignore' }).status === 0;
}
