import type { Manifest } from './manifest.ts';

/** Which part of a run measured a round, from 0: rows of a later one have a file of their own until they are joined. */
export const partOf = ({ added = [] }: Pick<Manifest, 'added'>, round: number): number =>
  added.filter((first) => first <= round).length;
