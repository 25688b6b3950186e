import * as z from 'zod';
import { BenchError } from '../../../base/errors.ts';
import type { Flyctl } from './flyctl.ts';
import type { Look } from './look.ts';

/** Looks through flyctl's JSON, whose keys are written in capitals in some of its versions and commands. */
export function lookThrough(flyctl: Flyctl, signal: AbortSignal): Look {
  const ask = async <T>(args: readonly string[], shape: z.ZodType<T>): Promise<T> => {
    const text = await flyctl.run([...args, '--json'], { signal });
    const parsed = shape.safeParse(lowerKeys(jsonOf(text, args)));
    if (parsed.success) return parsed.data;
    throw new BenchError(
      'fault',
      `\`fly ${args.join(' ')} --json\` answers in a way that is not known here.`,
      'Install a current flyctl: `fly version upgrade`.',
    );
  };
  return {
    apps: async () => {
      const apps = await ask(['apps', 'list'], z.array(app));
      return new Map(apps.map(({ name, organization }) => [name, organization?.slug ?? '']));
    },
    machines: (name) => ask(['machine', 'list', '-a', name], z.array(machine)),
    secrets: async (name) =>
      (await ask(['secrets', 'list', '-a', name], z.array(named))).map(({ name }) => name),
    addressTypes: async (name) =>
      (await ask(['ips', 'list', '-a', name], z.array(address))).map(typeOf),
    release: async (name) => {
      const [newest] = await ask(['releases', '-a', name, '--image'], z.array(release));
      return newest === undefined
        ? undefined
        : { complete: newest.status === 'complete', image: newest.imageref ?? newest.image_ref };
    },
  };
}

const named = z.object({ name: z.string() });
const app = named.extend({ organization: z.object({ slug: z.string() }).optional() });
const check = z.object({
  name: z.string().default(''),
  status: z.string().default(''),
  output: z.string().default(''),
});
const machine = z.object({
  id: z.string(),
  region: z.string(),
  state: z.string(),
  checks: z
    .array(check)
    .nullish()
    .transform((checks) => checks ?? []),
});
const address = z.object({
  type: z.string().optional(),
  ip: z.string().default(''),
  shared: z.boolean().default(false),
});

/** Versions of flyctl that ask the REST API don't say it in so many words. */
function typeOf({ type, ip, shared }: z.infer<typeof address>): string {
  if (type !== undefined) return type;
  if (ip.includes(':')) return ip.startsWith('fdaa') ? 'private_v6' : 'v6';
  return shared ? 'shared_v4' : 'v4';
}

const release = z.object({
  status: z.string().default(''),
  imageref: z.string().optional(),
  image_ref: z.string().default(''),
});

/** An empty list may come as `null`, or as a sentence. */
function jsonOf(text: string, args: readonly string[]): unknown {
  const start = text.search(/[[{]/);
  if (start === -1) return [];
  try {
    return JSON.parse(text.slice(start)) ?? [];
  } catch {
    throw new BenchError(
      'fault',
      `\`fly ${args.join(' ')} --json\` did not print JSON.`,
      'Install a current flyctl: `fly version upgrade`.',
    );
  }
}

function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toLowerCase(), lowerKeys(inner)]),
  );
}
