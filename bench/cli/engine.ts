import type { Manifest } from '../samples/manifest.ts';
import type { Provider } from '../providers/provider.ts';
import { localProvider } from '../providers/local/index.ts';
import { flyProvider } from '../providers/fly/index.ts';
import type { ObjectStorage } from '../providers/fly/storage/object-storage.ts';
import type { FlySettings } from '../config/fly-settings.ts';
import { findK6 as findInstalled, k6Version } from '../k6/install.ts';
import { findK6 } from './find-k6.ts';
import type { FlyConnection } from './fly/connection.ts';
import type { Io } from './io.ts';
import type { Progress } from './progress.ts';

/** What carries out a plan, and what a run says of it. */
export interface Engine {
  readonly provider: Provider;
  /** Of this machine, to try scripts with; absent where there is none. */
  readonly k6?: string;
  readonly k6Version: string;
  readonly facts: Pick<Manifest, 'provider' | 'via' | 'fly'>;
}

/** Makes an engine once it is known that the run can begin. */
export type MakeEngine = (runId: string, progress: Progress, io: Io) => Promise<Engine>;

/** This machine: k6 is got ready first. */
export function localEngine(seed: number): MakeEngine {
  return async (_runId, progress, io) => {
    const k6 = await findK6(progress, io.signal);
    return {
      provider: localProvider(k6.path, seed),
      k6: k6.path,
      k6Version: k6.version,
      facts: { provider: 'local' },
    };
  };
}

/** What a run on Fly is made of. */
export interface FlyParts {
  readonly settings: Omit<FlySettings, 'maxCostUsd'>;
  /** User's own targets are reached as their URLs say. */
  readonly hasTopologies: boolean;
  readonly connection: FlyConnection;
  readonly storage?: ObjectStorage | undefined;
}

/** Fly Machines, whose image brings k6 along. Connection and storage are only borrowed. */
export function flyEngine({ settings, hasTopologies, connection, storage }: FlyParts): MakeEngine {
  const { api, tell } = connection;
  const { via, app, org, size, stage } = settings;
  const placed = {
    app,
    size,
    ...(org === undefined ? {} : { org }),
    ...(stage === undefined ? {} : { stage }),
  };
  return async (runId, progress) => {
    tell((text) => {
      progress.note(text);
    });
    // Only to try scripts with: the machines bring their own along.
    const here = await findInstalled();
    return {
      ...(here.action === 'use' ? { k6: here.binary.path } : {}),
      provider: flyProvider({ api, runId, via, ...placed, ...(storage && { storage }) }),
      k6Version,
      facts: { provider: 'fly', ...(hasTopologies ? { via } : {}), fly: placed },
    };
  };
}
