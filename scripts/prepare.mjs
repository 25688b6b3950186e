// Builds at `npm ci`, so that `npx bench` works at once, and before packing. Without the build's own tools, which
// --omit=dev leaves out, it says so and lets the installation succeed.
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
try {
  for (const tool of ['esbuild', 'world-atlas/land-110m.json', 'topojson-client']) resolve(tool);
  await import('./build.mjs');
} catch (error) {
  if (error.code !== 'MODULE_NOT_FOUND') throw error;
  console.error(
    `bench is not built: ${error.message.split('\n')[0]}. Do npm ci, without --omit=dev.`,
  );
}
