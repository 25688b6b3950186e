import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** More than processors: many tests wait for real processes, or for the pace of an API. */
const maxWorkers = availableParallelism() + 2;
const besideEachOther = { maxWorkers, sequence: { groupOrder: 1 } };

/** How long what must hold sooner or later is waited for: only what hangs takes so long. */
const patience = { poll: { timeout: 30_000 } };

const shared = { environment: 'node' as const, expect: patience };

export default defineConfig({
  test: {
    globalSetup: ['bench/test/support/build.ts'],
    projects: [
      {
        test: {
          ...shared,
          maxWorkers,
          name: 'unit',
          include: ['bench/**/*.test.ts'],
          exclude: ['bench/test/e2e/**', 'bench/test/stats/**', 'bench/test/attack/**'],
          // Real programs on a machine that may be busy: only what hangs takes so long.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        // Whole worlds whose tests judge no latency: some at a time, since they mostly wait …
        test: {
          ...shared,
          ...besideEachOther,
          name: 'hardy',
          include: ['bench/test/e2e/hardy/**/*.test.ts'],
          testTimeout: 300_000,
        },
      },
      {
        // Attacks on the product, and parts of it that die: real processes, signals and hostile folders.
        test: {
          ...shared,
          ...besideEachOther,
          name: 'attack',
          include: ['bench/test/attack/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        // … and simulations, minutes of pure computing, for what the processors have to spare meanwhile.
        test: {
          ...besideEachOther,
          name: 'stats',
          include: ['bench/test/stats/**/*.test.ts'],
          setupFiles: ['bench/test/support/yield-processor.ts'],
          testTimeout: 600_000,
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['bench/test/e2e/*.test.ts'],
          // Whole worlds on two cores, and what they measure is looked at: one at a time.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
