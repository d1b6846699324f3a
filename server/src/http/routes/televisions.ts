import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { WallTurns } from '../wall-turns.ts';
import { displayRoutes, type DisplayContext } from './displays.ts';
import { pairingRoutes } from './pairing.ts';
import { wallRoutes } from './walls.ts';

/** Everything about televisions: their pairing, what the team does with them, what they ask. */
export function televisionRoutes(app: FastifyInstance, parts: Omit<DisplayContext, 'turns'>): void {
  const context = { ...parts, turns: new WallTurns(randomBytes(6).toString('base64url')) };
  displayRoutes(app, context);
  wallRoutes(app, context);
  pairingRoutes(app, context);
}
