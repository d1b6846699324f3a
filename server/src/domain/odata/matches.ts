import { parseInstant } from '@fanfare/contract';
import type { BiRow } from '../bi/port.ts';
import type { BiType, BiValue } from '../bi/views.ts';
import type { Filter, Operand } from './filter.ts';

/**
 * Does a row meet a condition? Null equals null alone; every other comparison with null is null, which
 * is no match; `not` of null is null (OData v4.01 part 2, 5.1.1.1).
 */
export function matches(row: BiRow, filter: Filter): boolean {
  return truth(row, filter) === true;
}

function truth(row: BiRow, filter: Filter): boolean | null {
  switch (filter.is) {
    case 'always':
      return filter.value;
    case 'not': {
      const inner = truth(row, filter.of);
      return inner === null ? null : !inner;
    }
    case 'and':
    case 'or': {
      const decisive = filter.is === 'or';
      const left = truth(row, filter.of[0]);
      if (left === decisive) return decisive;
      const right = truth(row, filter.of[1]);
      if (right === decisive) return decisive;
      return left === null || right === null ? null : !decisive;
    }
    case 'in':
      return filter.list.some((one) => equal(valueOf(row, filter.left), valueOf(row, one, filter.left.type)));
    case 'compare':
      return compared(
        filter.by,
        valueOf(row, filter.left, filter.right.type),
        valueOf(row, filter.right, filter.left.type),
      );
  }
}

function compared(by: string, left: BiValue, right: BiValue): boolean | null {
  if (by === 'eq') return equal(left, right);
  if (by === 'ne') return !equal(left, right);
  if (left === null || right === null) return null;
  switch (by) {
    case 'gt':
      return left > right;
    case 'ge':
      return left >= right;
    case 'lt':
      return left < right;
    default:
      return left <= right;
  }
}

function equal(left: BiValue, right: BiValue): boolean {
  return left === right;
}

/** Value of an operand as it is compared. @param beside type of the other side */
function valueOf(row: BiRow, operand: Operand, beside?: BiType | 'null'): BiValue {
  const value = operand.is === 'value' ? operand.value : (row[operand.name] ?? null);
  if (operand.is === 'value')
    return operand.type === 'instant' && beside === 'date'
      ? new Date(value as number).toISOString().slice(0, 10)
      : value;
  return operand.type === 'instant' ? comparable(value, 'instant') : value;
}

/** A value so that it can be ordered: instants as milliseconds. */
export function comparable(value: BiValue, type: BiType): BiValue {
  return type === 'instant' && typeof value === 'string' ? parseInstant(value) : value;
}
