/** A window is a run of UTC buckets that ends with the bucket of now. */
export const WINDOWS = ['5m', '1h', '24h', '7d', '30d'] as const;
export type WindowName = (typeof WINDOWS)[number];

export interface WindowShape {
  /** Minutes in one bucket: 1 or 60. */
  readonly grain: 1 | 60;
  /** Number of buckets, the one of now included. */
  readonly buckets: number;
}

export const WINDOW_SHAPES: Readonly<Record<WindowName, WindowShape>> = {
  '5m': { grain: 1, buckets: 5 },
  '1h': { grain: 1, buckets: 60 },
  '24h': { grain: 1, buckets: 1440 },
  '7d': { grain: 60, buckets: 168 },
  '30d': { grain: 60, buckets: 720 },
};

/** Is this the name of a window? */
export function isWindow(value: unknown): value is WindowName {
  return typeof value === 'string' && (WINDOWS as readonly string[]).includes(value);
}

/** First minute (UTC minutes since 1970) of a window whose newest bucket holds `minute`. */
export function windowStart(name: WindowName, minute: number): number {
  const { grain, buckets } = WINDOW_SHAPES[name];
  return (Math.floor(minute / grain) - buckets + 1) * grain;
}
