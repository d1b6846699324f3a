import { EXPLORE_DIMENSIONS, KINDS, NETWORKS, type ExploreDimension } from '@fanfare/contract';

/** Steps of time are one more dimension: listed like the others, never filtered by. */
export const AXES = [...EXPLORE_DIMENSIONS, 'time'] as const;
export type Axis = (typeof AXES)[number];

/** Keys of a dimension at most: a fan's keys are the bits of one number. */
export const MOST_KEYS = 32;

/** Instants are kept by the quarter of an hour (ms): zones differ by no less. */
export const QUARTER = 900_000;

/** Network and kind of a row in one byte; `DEAD` for a row that was taken back. */
export const DEAD = 255;
export const nkOf = (network: number, kind: number): number => network * KINDS.length + kind;
export const NETWORK_OF: Uint8Array = codes((nk) => Math.floor(nk / KINDS.length), NETWORKS.length);
export const KIND_OF: Uint8Array = codes((nk) => nk % KINDS.length, NETWORKS.length);

/** Place of a dimension among the axes. */
export const axisOf = (by: ExploreDimension): number => AXES.indexOf(by);

function codes(of: (nk: number) => number, networks: number): Uint8Array {
  return Uint8Array.from({ length: networks * KINDS.length }, (_, nk) => of(nk));
}
