import { Type } from 'typebox';
import { NETWORKS, type Network } from './vocabulary.ts';
import { WINDOWS, type WindowName } from './window.ts';

/** JSON schema of a figure a network gives about itself: people reached in one window. */
export const PlatformFigureSchema = Type.Object(
  {
    network: Type.Union(NETWORKS.map((n) => Type.Literal(n))),
    window: Type.Union(WINDOWS.map((w) => Type.Literal(w))),
    value: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    asOf: Type.String({ maxLength: 40 }),
  },
  { additionalProperties: false },
);

/** One such figure, checked; `asOf` in milliseconds. */
export interface PlatformFigure {
  readonly network: Network;
  readonly window: WindowName;
  readonly value: number;
  readonly asOf: number;
}
