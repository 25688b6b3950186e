// Lint and types side by side, as each takes one processor: `npm test` begins with them. Exits with 1 if one finds something.
import { spawn } from 'node:child_process';

const check = (name) =>
  new Promise((resolve) => {
    const program = spawn('npm', ['run', '--silent', name], {
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    program.on('error', () => resolve(1));
    program.on('exit', (code) => resolve(code ?? 1));
  });

const codes = await Promise.all(['lint', 'types'].map(check));
process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
