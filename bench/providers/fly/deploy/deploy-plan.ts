import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Placement } from '../../../topologies/topology.ts';
import type { RegionCode } from '../../../world/regions.ts';
import { databaseApp, topologyApp, topologyUrl, type Stage } from '../app-names.ts';
import { flyToml } from './fly-toml.ts';
import { presetSize } from '../machine-price.ts';
import { markerSecret, urlSecret } from './look.ts';
import { passwordWord, primaryWord, surplusWord, type FlyStep, type Step } from './step.ts';

/** GB of the volume of each database machine. */
export const volumeGb = 1;

/** What is to be deployed, and from what. */
export interface DeployRequest {
  /** What the topologies' apps are named after. */
  readonly app: string;
  readonly org: string;
  readonly stage?: Stage | undefined;
  readonly placements: readonly Placement[];
  /** Preset of the apps' and the databases' machines: `performance-1x`. */
  readonly size: string;
  /** Where the `fly.*.toml` files go; absolute. */
  readonly folder: string;
  /** What the image is made of. */
  readonly build: Build;
}

export interface Build {
  /** Folder from which files are copied into the image. */
  readonly context: string;
  readonly dockerfile: string;
  readonly ignoreFile: string;
  /** Of all that goes into the image: the same image is not deployed twice. */
  readonly hash: string;
}

/** One topology's part of a deployment. */
export interface AppPlan {
  readonly topology: string;
  readonly app: string;
  readonly database: string;
  readonly primary: RegionCode;
  readonly regions: readonly RegionCode[];
  readonly replicas: readonly RegionCode[];
  readonly url: string;
  readonly privateUrl: string;
  readonly steps: readonly Step[];
}

/** Everything that is to be done, in order. Pure: nothing is looked at. */
export function deployPlan(request: DeployRequest): AppPlan[] {
  return request.placements.map((placement) => appPlan(request, placement));
}

function appPlan(request: DeployRequest, placement: Placement): AppPlan {
  const { topology, primary, machines, replicas } = placement;
  const { app: base, stage } = request;
  const app = topologyApp(base, topology.name, stage);
  const address = { app: base, topology: topology.name, stage };
  const plan = {
    topology: topology.name,
    app,
    database: databaseApp(app),
    primary,
    regions: machines,
    replicas,
    url: topologyUrl({ ...address, via: 'public' }),
    privateUrl: topologyUrl({ ...address, via: 'private' }),
  };
  const toml = flyToml({ app, primary, replay: topology.app.replay, size: request.size });
  const path = join(request.folder, `fly.${[topology.name, stage ?? []].flat().join('.')}.toml`);
  return {
    ...plan,
    steps: [
      { kind: 'file', title: `Writing ${path}`, path, text: toml },
      ...databaseSteps(request, plan),
      ...addressSteps(app),
      deployStep(request, app, path, toml),
      ...replicas.map((region) => replicaStep(plan.database, region)),
      {
        kind: 'health',
        title: `Waiting for the database of ${topology.name}`,
        app: plan.database,
        regions: [primary, ...replicas],
      },
      ...machines.map((region) => machineStep(app, region, region === primary)),
      removeSurplus(app, machines),
      {
        kind: 'health',
        title: `Waiting for ${plan.url}`,
        app,
        regions: machines,
        url: `${plan.url}/healthz`,
      },
    ],
  };
}

type Names = Pick<AppPlan, 'app' | 'database' | 'primary'>;

/**
 * The app first, with the password in its secret, then the database that gets it: so the password is never lost,
 * wherever this is interrupted. It has to stand in flyctl's command line once: there is no other way to hand it over.
 */
function databaseSteps({ org, size }: DeployRequest, { app, database, primary }: Names): Step[] {
  return [
    {
      kind: 'fly',
      title: `Creating ${app}`,
      args: ['apps', 'create', app, '--org', org],
      purpose: { is: 'app', app },
    },
    {
      kind: 'fly',
      title: `Marking ${app} as ours`,
      args: ['secrets', 'import', '--stage', '-a', app],
      input: `${markerSecret}=1\n`,
      purpose: { is: 'secret', app, name: markerSecret },
    },
    {
      kind: 'fly',
      title: `Removing ${database}, which was left half made`,
      args: ['apps', 'destroy', database, '--yes'],
      purpose: { is: 'not half made', app: database },
      repair: true,
    },
    {
      kind: 'fly',
      title: `Telling ${app} where its database will be`,
      args: ['secrets', 'import', '--stage', '-a', app],
      input: `${urlSecret}=postgres://postgres:${passwordWord}@${database}.flycast:5432/postgres\n`,
      purpose: { is: 'password', app, database },
    },
    {
      kind: 'fly',
      title: `Creating the database ${database} in ${primary}`,
      args: [
        ...['postgres', 'create', '--name', database, '--org', org, '--region', primary],
        ...['--initial-cluster-size', '1', '--volume-size', String(volumeGb)],
        // Without it flyctl gives a database up to eight times the memory of the preset.
        ...['--vm-size', size, '--vm-memory', String(presetSize(size).memoryMb)],
        ...['--password', passwordWord],
      ],
      purpose: { is: 'database', app: database },
    },
    {
      kind: 'fly',
      title: `Marking ${database} as ours`,
      args: ['secrets', 'import', '--stage', '-a', database],
      input: `${markerSecret}=1\n`,
      purpose: { is: 'secret', app: database, name: markerSecret },
    },
    {
      kind: 'health',
      title: `Waiting for ${database}`,
      app: database,
      regions: [primary],
    },
  ];
}

function addressSteps(app: string): FlyStep[] {
  return [
    {
      kind: 'fly',
      title: `Giving ${app} an IPv6 address`,
      args: ['ips', 'allocate-v6', '-a', app],
      purpose: { is: 'address', app, family: 'v6' },
    },
    {
      kind: 'fly',
      title: `Giving ${app} a shared IPv4 address`,
      args: ['ips', 'allocate-v4', '--shared', '--yes', '-a', app],
      purpose: { is: 'address', app, family: 'v4' },
    },
  ];
}

/** Its release command makes and fills the database, before any replica is there to lag behind. */
function deployStep({ build }: DeployRequest, app: string, path: string, toml: string): FlyStep {
  const label = `bench-${createHash('sha256').update(build.hash).update(toml).digest('hex').slice(0, 12)}`;
  return {
    kind: 'fly',
    title: `Deploying ${app}`,
    args: [
      ...['deploy', build.context, '-c', path, '-a', app],
      ...['--dockerfile', build.dockerfile, '--ignorefile', build.ignoreFile],
      ...['--image-label', label, '--ha=false', '--yes'],
    ],
    purpose: { is: 'release', app, label },
  };
}

/** A clone has an empty volume, which fills by streaming. */
const replicaStep = (database: string, region: RegionCode): FlyStep => ({
  kind: 'fly',
  title: `Adding a replica of ${database} in ${region}`,
  args: ['machine', 'clone', primaryWord, '--region', region, '-a', database],
  purpose: { is: 'machine', app: database, region },
  region,
});

/**
 * One region at a time: a command for several makes none if one of them has no room. Deploying makes the first machine,
 * in the primary region, so that it is only missing if somebody took it away.
 */
const machineStep = (app: string, region: RegionCode, isPrimary: boolean): FlyStep => ({
  kind: 'fly',
  title: `Adding a machine of ${app} in ${region}`,
  args: ['scale', 'count', '1', '--region', region, '-a', app, '--yes'],
  purpose: { is: 'machine', app, region },
  region,
  ...(isPrimary ? { repair: true } : {}),
});

/** A machine that an earlier deployment wanted would take visitors from those that this one wants. */
const removeSurplus = (app: string, regions: readonly RegionCode[]): FlyStep => ({
  kind: 'fly',
  title: `Removing machines of ${app} from other regions`,
  args: ['scale', 'count', '0', '--region', surplusWord, '-a', app, '--yes'],
  purpose: { is: 'nowhere else', app, regions },
  repair: true,
});
