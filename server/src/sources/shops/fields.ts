import { parseInstant } from '@fanfare/contract';
import { fieldOf, listOf } from '../fields.ts';
import { minorUnits } from '../../domain/purchases/money.ts';

/** Number of something at a shop, written as text or as a number; `null` for anything else and for 0. */
export function numberOf(value: unknown, name: string): string | null {
  const id = fieldOf(value, name);
  const text = typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : id;
  return typeof text === 'string' && /^[1-9]\d{0,29}$/.test(text) ? text : null;
}

/** Numbers in a list; what is none is left out. */
export function numbersOf(value: unknown, name: string): string[] {
  return listOf(fieldOf(value, name)).flatMap((id) => numberOf({ id }, 'id') ?? []);
}

/** An instant written as RFC 3339; one without offset is in UTC. `null` for none. */
export function timeOf(value: unknown, name: string): number | null {
  const text = fieldOf(value, name);
  if (typeof text !== 'string') return null;
  return parseInstant(/[Zz]$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
}

/** Sum of the amounts of a list that can be read, signs off: what was paid back. */
export function paidBack(amounts: readonly unknown[], currency: string): number {
  return amounts.reduce<number>((sum, text) => sum + Math.abs(minorUnits(text, currency) ?? 0), 0);
}

/** Has a body nothing but its id? So shops tell of what they deleted. */
export function isBareId(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).join() === 'id';
}
