import type { FastifyRequest } from 'fastify';
import { WINDOWS, isWindow, type WindowName } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';

/** The query of an address, by name. */
export function queryOf(request: FastifyRequest): Record<string, unknown> {
  return typeof request.query === 'object' && request.query !== null ? { ...request.query } : {};
}

/** `window=` of an address. @throws Fault bad_field for an unknown one */
export function windowOf(request: FastifyRequest, otherwise: WindowName = '1h'): WindowName {
  const window = queryOf(request)['window'] ?? otherwise;
  if (!isWindow(window)) throw new Fault('bad_field', `window: is one of ${WINDOWS.join(', ')}`);
  return window;
}
