import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Left to itself Vitest keeps one processor for itself: half of a machine that has two.
const everyProcessor = { maxWorkers: '100%' } as const;

const shared = { globalSetup: ['bench/test/support/build.ts'], environment: 'node' as const };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...shared,
          // More than processors: many tests wait for real processes, or for the pace of an API.
          maxWorkers: availableParallelism() + 2,
          name: 'unit',
          include: ['bench/**/*.test.ts'],
          exclude: ['bench/test/e2e/**', 'bench/test/stats/**'],
          // Real programs on a machine that may be busy: only what hangs takes so long.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        // Simulations: minutes of pure computing.
        test: {
          ...everyProcessor,
          name: 'stats',
          include: ['bench/test/stats/**/*.test.ts'],
          testTimeout: 300_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...shared,
          name: 'e2e',
          include: ['bench/test/e2e/**/*.test.ts'],
          // Whole worlds on two cores: one at a time.
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
