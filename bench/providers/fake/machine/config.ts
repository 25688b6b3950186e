import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { durationMs } from '../duration.ts';
import { guestProblem, sizes } from './guest-size.ts';

const duration = z
  .union([z.number(), z.string()])
  .refine((value) => durationMs(value) !== undefined, 'invalid duration');

/** The part of a machine's config that the fake heeds; the rest is kept and told again, as the API does. */
const schema = z.looseObject({
  image: z.string().min(1),
  guest: z
    .looseObject({
      cpu_kind: z.string().optional(),
      cpus: z.int().optional(),
      memory_mb: z.int().optional(),
    })
    .optional(),
  size: z.enum(Object.keys(sizes)).optional(),
  env: z.record(z.string(), z.string()).optional(),
  init: z
    .looseObject({
      exec: z.array(z.string()).optional(),
      entrypoint: z.array(z.string()).optional(),
      cmd: z.array(z.string()).optional(),
    })
    .optional(),
  files: z
    .array(
      z.looseObject({
        guest_path: z.string().regex(/^\/(?!.*\/?\.\.(?:\/|$))/, 'must be absolute'),
        raw_value: z.base64(),
        mode: z.int().min(0).max(0o7777).optional(),
      }),
    )
    .optional(),
  restart: z
    .looseObject({
      policy: z.enum(['no', 'on-failure', 'always', 'spot-price']).optional(),
      max_retries: z.int().optional(),
    })
    .optional(),
  auto_destroy: z.boolean().optional(),
  metadata: z.record(z.string(), z.string()).optional(),
  stop_config: z
    .looseObject({ signal: z.string().optional(), timeout: duration.optional() })
    .optional(),
});

export type FakeConfig = z.infer<typeof schema>;

/** The config of a create or an update; throws an ApiError (422) that names what is wrong with it. */
export function parseConfig(value: unknown): FakeConfig {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refused(`config.${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  }
  const config = parsed.data;
  if (config.size !== undefined && config.guest !== undefined)
    throw refused('config.size and config.guest are exclusive');
  const problem = guestProblem(guestOf(config));
  if (problem !== undefined) throw refused(problem);
  return config;
}

/** What the machine has, by its size or its guest. */
export function guestOf({ guest, size }: FakeConfig): {
  readonly kind: string;
  readonly cpus: number;
  readonly memoryMb: number;
} {
  const preset = sizes[size ?? 'shared-cpu-1x'] ?? { kind: 'shared', cpus: 1, memoryMb: 256 };
  return {
    kind: guest?.cpu_kind ?? preset.kind,
    cpus: guest?.cpus ?? preset.cpus,
    memoryMb: guest?.memory_mb ?? preset.memoryMb,
  };
}

const refused = (text: string): ApiError => new ApiError(422, `invalid_argument: ${text}`);
