import * as z from 'zod';
import type { ExecResult, FlyRegion, Machine, MachineEvent, TokenPart } from '../machines-api.ts';

/** Go leaves out what is zero, and writes null for an empty list. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((list) => list ?? []);
const text = z
  .string()
  .nullish()
  .transform((said) => said ?? '');
const count = z
  .number()
  .nullish()
  .transform((said) => said ?? 0);
const flag = z
  .boolean()
  .nullish()
  .transform((said) => said ?? false);

const regionSchema = z.object({
  code: z.string(),
  name: text,
  latitude: count,
  longitude: count,
  deprecated: flag,
});

/** fly-go and the OpenAPI description disagree about the case. */
const regionsSchema = z
  .object({ Regions: listOf(regionSchema), regions: listOf(regionSchema) })
  .transform(({ Regions, regions }) => [...Regions, ...regions]);

const exitSchema = z.object({ exit_code: count, oom_killed: flag, requested_stop: flag });

const eventSchema = z.object({
  type: text,
  status: text,
  timestamp: count,
  request: z
    .object({
      exit_event: exitSchema.nullish(),
      MonitorEvent: z.object({ exit_event: exitSchema.nullish() }).nullish(),
    })
    .nullish()
    // Nobody has promised what is in it.
    .catch(undefined),
});

const configSchema = z.object({
  metadata: z
    .record(z.string(), z.string())
    .nullish()
    .transform((metadata) => metadata ?? {}),
});

const machineSchema = z.object({
  id: z.string().min(1),
  name: text,
  state: text,
  region: text,
  instance_id: text,
  version: text,
  created_at: text,
  config: configSchema.nullish(),
  // In place of config while the machine's host can't be reached.
  incomplete_config: configSchema.nullish(),
  events: listOf(eventSchema),
});

const execSchema = z.object({ exit_code: count, exit_signal: count, stdout: text, stderr: text });

/** One or several at once; what is not a macaroon has no parts. */
const tokensSchema = z.object({ tokens: listOf(z.object({ org_slug: text, apps: listOf(text) })) });

const appSchema = z.object({ organization: z.object({ slug: text }).nullish() });

export const parseRegions = (json: unknown): readonly FlyRegion[] => regionsSchema.parse(json);

export const parseMachine = (json: unknown): Machine => machineOf(machineSchema.parse(json));

export const parseMachines = (json: unknown): readonly Machine[] =>
  listOf(machineSchema).parse(json).map(machineOf);

export function parseExec(json: unknown): ExecResult {
  // No answer at all is a command that succeeded in silence.
  const { exit_code, exit_signal, stdout, stderr } = execSchema.parse(json ?? {});
  const exitCode = exit_code === 0 && exit_signal > 0 ? 128 + exit_signal : exit_code;
  return { exitCode, stdout, stderr };
}

export const parseTokens = (json: unknown): readonly TokenPart[] =>
  tokensSchema.parse(json ?? {}).tokens.map(({ org_slug: org, apps }) => ({ org, apps }));

export const parseApp = (json: unknown): { readonly org: string } => ({
  org: appSchema.parse(json).organization?.slug ?? '',
});

function machineOf({
  config,
  incomplete_config,
  events,
  ...machine
}: z.output<typeof machineSchema>): Machine {
  return {
    ...machine,
    metadata: config?.metadata ?? incomplete_config?.metadata ?? {},
    events: events.map(eventOf).sort((a, b) => b.timestamp - a.timestamp),
  };
}

function eventOf({ type, status, timestamp, request }: z.output<typeof eventSchema>): MachineEvent {
  const exit = request?.MonitorEvent?.exit_event ?? request?.exit_event;
  const said = { type, status, timestamp };
  return exit === undefined || exit === null ? said : { ...said, exit };
}
