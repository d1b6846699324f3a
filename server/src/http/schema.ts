import type { FastifyRequest } from 'fastify';
import { isSoundText } from '@fanfare/contract';
import { Fault } from '../domain/fault.ts';
import { parseJson } from './items.ts';

/** A compiled schema, as far as it is used here. */
export interface Check {
  Check(value: unknown): boolean;
  Errors(value: unknown): Iterable<{ instancePath: string; message: string }>;
}

/** What people call things: shown in the middle of our own sentences. */
const NAMES: ReadonlySet<string> = new Set(['name', 'title']);
/** Marks that turn round whatever comes after them, up to the end of a paragraph (Unicode UAX #9). */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

/** The body of a request, checked against a schema. @throws Fault that names the first bad field */
export function readBody<T>(request: FastifyRequest, schema: Check): T {
  const value = parseJson(request.body);
  if (!schema.Check(value)) {
    const [first] = schema.Errors(value);
    throw new Fault(
      'bad_field',
      `${first?.instancePath.slice(1) || 'body'}: ${first?.message ?? 'is not valid'}`,
    );
  }
  for (const [name, part] of Object.entries(value as Record<string, unknown>)) {
    if (typeof part === 'string' && !isSoundText(part)) {
      throw new Fault('bad_field', `${name}: holds NUL or a lone surrogate`);
    }
    if (typeof part === 'string' && NAMES.has(name) && TURNING.test(part)) {
      throw new Fault('bad_field', `${name}: holds marks that change the direction of writing`);
    }
  }
  return value as T;
}
