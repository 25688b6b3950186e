// Fly where there is a token, otherwise this machine. Writes `provider` for the next steps, and `baseline`: runs of one are
// never judged by those of the other.
import { setOutput } from './github.mjs';

const provider = (process.env['FLY_API_TOKEN'] ?? '') === '' ? 'local' : 'fly';
console.log(`provider: ${provider}`);
setOutput('provider', provider);
setOutput('baseline', provider === 'fly' ? 'reports/baseline-fly' : 'reports/baseline');
