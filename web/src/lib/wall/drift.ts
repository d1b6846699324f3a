/** Step of the drift, in hundredths of the width or height of the screen. */
const STEP = 0.8;
/** Around the middle and back to it: each minute one step sideways or up or down, never both. */
const PATH = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
] as const;

/** Where the picture stands in a minute, so that no line burns itself in. */
export interface Drift {
  /** Hundredths of the width, to the right. */
  readonly x: number;
  /** Hundredths of the height, downwards. */
  readonly y: number;
}

/** @param minute whole minutes since any beginning */
export function driftOf(minute: number): Drift {
  const [x, y] = PATH[((minute % PATH.length) + PATH.length) % PATH.length] ?? PATH[0];
  return { x: x * STEP, y: y * STEP };
}
