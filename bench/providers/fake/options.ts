import { randomBytes } from 'node:crypto';
import type { Millis } from '../../base/units.ts';
import type { RequestLog } from './http/request-log.ts';

/** A part of a token, as `GET /v1/tokens/current` tells of it. */
export interface FakeToken {
  readonly org_slug: string;
  readonly organization?: string;
  /** Names of those that it is for; all without it. */
  readonly apps?: readonly string[];
  readonly user?: string;
}

/** How a fake behaves; everything has a default that makes tests quick. */
export interface FakeOptions {
  /** 0: a free one. */
  readonly port: number;
  /** The only token that is accepted: whoever has it runs programs here. A random one unless given. */
  readonly token: string;
  /** Slugs of the organisations that the token may use. */
  readonly orgs: readonly string[];
  /** What the token says of itself: organisations alone, unless one says more. */
  readonly tokens: readonly FakeToken[] | undefined;
  /** Why nothing can be made: words of a refusal, as Fly has for an organisation that does not pay. */
  readonly refusal: { readonly status: number; readonly error: string } | undefined;
  /** Names of apps that somebody else has. */
  readonly foreignApps: readonly string[];
  readonly delays: {
    /** Image and root file system, until a machine is `created`. */
    readonly createMs: Millis;
    /** Boot, until it is `started`. */
    readonly startMs: Millis;
    /** Of every call: half on the way there, half on the way back. */
    readonly apiMs: Millis;
    /** How long a new machine is 404 to everything but lists. */
    readonly visibleMs: Millis;
    /** How long a new machine is missing in lists. */
    readonly listedMs: Millis;
    /** How long after a stop a machine refuses to start. */
    readonly restMs: Millis;
  };
  /** Whether the documented limits are enforced. */
  readonly rateLimits: boolean;
  /** Images that can be pulled; any other makes the launch fail. All of them hold k6. */
  readonly images: readonly string[];
  /** Path of the k6 binary that machines find as `k6`; the pinned one that is on this machine unless given. */
  readonly k6: string | undefined;
  /** Retired regions that are offered all the same, as before they were. */
  readonly live: readonly string[];
  /** The specification's spelling, or fly-go's. */
  readonly regionsKeys: 'Regions' | 'regions';
  /** Where an exit event carries its details; both are documented. */
  readonly exitEventIn: 'request' | 'MonitorEvent';
  /** The content type of exec's answers; both were seen. */
  readonly execType: 'application/json' | 'application/octet-stream';
  /** Destroyed machines are 404 at once, instead of being there as `destroyed`. */
  readonly forgetDestroyed: boolean;
  /** A second machine of an app with the same name is refused. */
  readonly uniqueNames: boolean;
  /** Told of every answered request. */
  readonly onRequest: (request: RequestLog) => void;
}

/** What may be left out: anything, and any of the delays. */
export type FakeOverrides = Partial<Omit<FakeOptions, 'delays'>> & {
  readonly delays?: Partial<FakeOptions['delays']>;
};

/** Delays like those of the real service, as far as they are published. */
export const realisticDelays: FakeOptions['delays'] = {
  createMs: 15_000,
  startMs: 500,
  apiMs: 150,
  visibleMs: 300,
  listedMs: 0,
  restMs: 1_000,
};

const quickDelays: FakeOptions['delays'] = {
  createMs: 20,
  startMs: 10,
  apiMs: 0,
  visibleMs: 0,
  listedMs: 0,
  restMs: 0,
};

export function withDefaults({ delays, ...given }: FakeOverrides): FakeOptions {
  return {
    port: 0,
    token: randomBytes(24).toString('base64url'),
    orgs: ['personal'],
    tokens: undefined,
    refusal: undefined,
    foreignApps: [],
    rateLimits: true,
    images: ['grafana/k6:2.2.0'],
    k6: undefined,
    live: [],
    regionsKeys: 'regions',
    exitEventIn: 'request',
    execType: 'application/json',
    forgetDestroyed: false,
    uniqueNames: false,
    onRequest: () => undefined,
    ...given,
    delays: { ...quickDelays, ...delays },
  };
}
