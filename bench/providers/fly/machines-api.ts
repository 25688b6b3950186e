/** The part of Fly's Machines API that we use, in its own spelling. */

/** A region as `GET /v1/platform/regions` tells of it. */
export interface FlyRegion {
  readonly code: string;
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  /** Retired: nothing new can be made there. */
  readonly deprecated: boolean;
}

/** What a token, or a part of it, is for. */
export interface TokenPart {
  /** Slug; empty: it is not said. */
  readonly org: string;
  /** Names of those that it is for; empty: all of the organisation. */
  readonly apps: readonly string[];
}

/** A file that is put into a machine before it boots. */
export interface GuestFile {
  /** Absolute. */
  readonly guest_path: string;
  /** Base64. */
  readonly raw_value: string;
  /** chmod bits: 0o755. */
  readonly mode?: number;
}

/** What a machine is to be; only what a load generator needs. */
export interface MachineConfig {
  readonly image: string;
  readonly guest: {
    readonly cpu_kind: 'performance';
    readonly cpus: number;
    readonly memory_mb: number;
  };
  readonly env: Readonly<Record<string, string>>;
  readonly init: { readonly exec: readonly string[] };
  readonly files: readonly GuestFile[];
  readonly restart: { readonly policy: 'no' };
  readonly auto_destroy: false;
  readonly metadata: Readonly<Record<string, string>>;
  readonly stop_config: { readonly signal: string; readonly timeout: string };
}

export interface CreateMachine {
  readonly name: string;
  readonly region: string;
  readonly config: MachineConfig;
}

/** A machine as the API tells of it; whatever we did not ask for is left out. */
export interface Machine {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly region: string;
  readonly instance_id: string;
  /** The same, by the name that it has now. */
  readonly version?: string;
  readonly created_at: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** Newest first. */
  readonly events: readonly MachineEvent[];
}

export interface MachineEvent {
  readonly type: string;
  readonly status: string;
  readonly timestamp: number;
  /** Of a machine that has ended. */
  readonly exit?: {
    readonly exit_code: number;
    readonly oom_killed: boolean;
    readonly requested_stop: boolean;
  };
}

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Keys of the metadata by which we know our machines; nothing without the first is ever touched. */
export const metadataKeys = {
  run: 'bench-run',
  vantage: 'bench-vantage',
  /** Unix seconds after which nobody needs it any more. */
  expires: 'bench-expires',
  /** `host/pid/start` of the process that made it, so that `bench clean` can tell whether that one still lives. */
  controller: 'bench-controller',
  /** The file on that computer to which the first part's rows belong. */
  rows: 'bench-rows',
  /** The object storage by which it may bring rows home; only where there is one. */
  upload: 'bench-upload',
} as const;

/**
 * The client. Every call is paced to the API's limits and repeated on what may pass (429, 5xx, 408, a broken
 * connection) for `patienceMs`; what remains is thrown as a BenchError that names the call and the `fly-request-id`,
 * and never the token.
 */
export interface MachinesApi {
  regions(signal?: AbortSignal): Promise<readonly FlyRegion[]>;
  /** What the token is for; empty where Fly does not say it, as of tokens of the old kind. */
  token(signal?: AbortSignal): Promise<readonly TokenPart[]>;
  /** Undefined: no app has the name. Throws (usage) for an app of somebody else. */
  app(name: string, signal?: AbortSignal): Promise<{ readonly org: string } | undefined>;
  /** Throws (usage) for a name that is taken, or an organisation that is not there. */
  createApp(name: string, org: string, signal?: AbortSignal): Promise<void>;
  /** Machines of the app that carry all of these metadata; destroyed ones are left out. */
  list(
    app: string,
    metadata: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<readonly Machine[]>;
  /** Undefined: there is none, or it is destroyed. */
  get(app: string, id: string, signal?: AbortSignal): Promise<Machine | undefined>;
  /**
   * Never makes a second one: after an answer that leaves it open whether there is a machine, those with the same
   * run and vantage are listed first. Throws a NoCapacity if the region has no room,
   * a QuotaReached if the organisation has its share of it.
   */
  create(app: string, machine: CreateMachine, signal?: AbortSignal): Promise<Machine>;
  /** Until the machine is in that state; throws (fault) if it can't get there, or after `timeoutMs`. */
  wait(
    app: string,
    machine: Pick<Machine, 'id' | 'instance_id' | 'version'>,
    state: 'started' | 'stopped' | 'destroyed',
    timeoutMs: number,
    signal?: AbortSignal,
  ): Promise<void>;
  /** Runs a command in a started machine. May run it twice where an answer got lost: commands must bear that. */
  exec(
    app: string,
    id: string,
    command: readonly string[],
    options?: {
      readonly stdin?: string;
      readonly timeoutS?: number;
      readonly signal?: AbortSignal;
    },
  ): Promise<ExecResult>;
  /** Started or not; one that is gone already is fine. */
  destroy(app: string, id: string, signal?: AbortSignal): Promise<void>;
  /** Ends connections that are kept. */
  close(): Promise<void>;
}
