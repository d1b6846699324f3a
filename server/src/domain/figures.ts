import { NETWORKS, type Network, type PlatformFigure, type WindowName } from '@fanfare/contract';
import type { RawMeasure } from './raw.ts';

/** The latest figure of each network and window, as the networks gave them. */
export class PlatformFigures {
  readonly #figures = new Map<string, PlatformFigure>();

  /** Keep a figure unless a later one of the same network and window is held. */
  put(figure: PlatformFigure): void {
    const key = `${figure.network} ${figure.window}`;
    const held = this.#figures.get(key);
    if (!held || held.asOf <= figure.asOf) this.#figures.set(key, figure);
  }

  get(network: Network, window: WindowName): PlatformFigure | null {
    return this.#figures.get(`${network} ${window}`) ?? null;
  }

  /** All figures of a window. */
  of(window: WindowName): PlatformFigure[] {
    return NETWORKS.flatMap((network) => this.get(network, window) ?? []);
  }
}

/**
 * reach.platform@1: the network's own figure, passed through with its own instant. Never added:
 * with figures of several networks the brand as a whole has none.
 */
export function platformReach(figures: readonly PlatformFigure[]): RawMeasure {
  const [only] = figures;
  if (!only || figures.length > 1) {
    return { definition: 'reach.platform@1', kind: 'unavailable', value: null, people: null };
  }
  return {
    definition: 'reach.platform@1',
    kind: 'measured',
    value: only.value,
    people: null,
    asOf: only.asOf,
  };
}

/**
 * The figure a rate may be divided by: of the same window, and of the bucket the window ends with.
 * @param newest number of the window's newest bucket @param grain minutes per bucket
 */
export function denominatorOf(figure: PlatformFigure | null, newest: number, grain: number): number | null {
  return figure && Math.floor(figure.asOf / 60_000 / grain) === newest ? figure.value : null;
}
