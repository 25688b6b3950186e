/** Processors and memory of a machine. */
export interface GuestSize {
  readonly kind: string;
  readonly cpus: number;
  readonly memoryMb: number;
}

/** What a kind of processor comes with: how many, and memory in steps between bounds for each of them, in MB. */
const kinds: Readonly<
  Record<string, { cpus: readonly number[]; stepMb: number; leastMb: number; mostMb: number }>
> = {
  shared: { cpus: [1, 2, 4, 6, 8], stepMb: 256, leastMb: 256, mostMb: 2048 },
  performance: {
    cpus: [1, 2, 4, 6, 8, 10, 12, 14, 16],
    stepMb: 2048,
    leastMb: 2048,
    mostMb: 8192,
  },
};

/** The presets: `shared-cpu-1x`, `performance-2x` and so on, with the least memory. */
export const sizes: Readonly<Record<string, GuestSize>> = Object.fromEntries(
  Object.entries(kinds).flatMap(([kind, { cpus, leastMb }]) =>
    cpus.map((n) => [
      `${kind === 'shared' ? 'shared-cpu' : kind}-${n}x`,
      { kind, cpus: n, memoryMb: n * leastMb },
    ]),
  ),
);

/** What is wrong with a size, or undefined. */
export function guestProblem({ kind, cpus, memoryMb }: GuestSize): string | undefined {
  const rule = kinds[kind];
  if (rule === undefined) return `invalid cpu_kind "${kind}"`;
  if (!rule.cpus.includes(cpus)) return `invalid number of ${kind} cpus: ${cpus}`;
  if (memoryMb % rule.stepMb !== 0)
    return `invalid memory size: ${memoryMb} MB is not a multiple of ${rule.stepMb}`;
  if (memoryMb < cpus * rule.leastMb || memoryMb > cpus * rule.mostMb)
    return `invalid memory size: ${memoryMb} MB is not within ${cpus * rule.leastMb} and ${cpus * rule.mostMb} MB`;
  return undefined;
}
