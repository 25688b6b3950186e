#!/usr/bin/env node
// What the command `bench` is linked to. It is there before anything is built: a command that is missing when npm links
// it is never linked, not even by later calls of npx.
import { existsSync } from 'node:fs';

const built = new URL('../../dist/bench.mjs', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  process.stderr.write(
    'error bench is not built yet.\n  fix In its folder: npm ci && npm run build\n',
  );
  process.exitCode = 2;
}
