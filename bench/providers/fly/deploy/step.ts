import type { RegionCode } from '../../../world/regions.ts';

/** Stands for the database's password in commands and inputs; nobody sees the real one. */
export const passwordWord = '$PASSWORD';
/** Stands for the id of the database's primary machine. */
export const primaryWord = '$PRIMARY';
/** Stands for the regions, comma-separated, in which the app has machines and should have none. */
export const surplusWord = '$SURPLUS';

/** One thing to do on the way to a deployment. All of them can be done again. */
export type Step = FileStep | FlyStep | HealthStep;

export interface FileStep {
  readonly kind: 'file';
  readonly title: string;
  readonly path: string;
  readonly text: string;
}

/** A command of flyctl, which is left out where its purpose is fulfilled. */
export interface FlyStep {
  readonly kind: 'fly';
  readonly title: string;
  /** Without the program; with the words above in it. */
  readonly args: readonly string[];
  /** For its standard input. */
  readonly input?: string;
  readonly purpose: Purpose;
  /** Only needed after something went wrong, or changed; a first deployment never does it. */
  readonly repair?: true;
  /** What is in this region can be done without, if the region has no room. */
  readonly region?: RegionCode;
}

/** Waits until machines are started and pass their checks in all the regions, and the URL answers. */
export interface HealthStep {
  readonly kind: 'health';
  readonly title: string;
  readonly app: string;
  readonly regions: readonly RegionCode[];
  /** Answers 200 then. */
  readonly url?: string;
}

/** What is to be true after a command, and so makes it unnecessary. */
export type Purpose =
  | { readonly is: 'app'; readonly app: string }
  | { readonly is: 'secret'; readonly app: string; readonly name: string }
  /** The app has its URL, and the database that belongs to the password in it exists. */
  | { readonly is: 'password'; readonly app: string; readonly database: string }
  | { readonly is: 'database'; readonly app: string }
  /** No creation of it was interrupted before it had a machine. */
  | { readonly is: 'not half made'; readonly app: string }
  | { readonly is: 'address'; readonly app: string; readonly family: 'v4' | 'v6' }
  | { readonly is: 'release'; readonly app: string; readonly label: string }
  | { readonly is: 'machine'; readonly app: string; readonly region: RegionCode }
  | { readonly is: 'nowhere else'; readonly app: string; readonly regions: readonly RegionCode[] }
  | { readonly is: 'gone'; readonly app: string };
