import { parseInstant } from '@fanfare/contract';
import type { BiColumn, BiType, BiValue } from '../bi/views.ts';
import { Fault } from '../fault.ts';
import { parseDay } from '../local-day.ts';
import { tokensOf, type Token } from './tokens.ts';

const COMPARISONS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A condition on a row. */
export type Filter =
  | { readonly is: 'compare'; readonly by: Comparison; readonly left: Operand; readonly right: Operand }
  | { readonly is: 'and' | 'or'; readonly of: readonly [Filter, Filter] }
  | { readonly is: 'not'; readonly of: Filter }
  | { readonly is: 'always'; readonly value: boolean }
  | { readonly is: 'in'; readonly left: Operand; readonly list: readonly Operand[] };

/** A column, or a value: instants in milliseconds, days as text. */
export type Operand =
  | { readonly is: 'column'; readonly name: string; readonly type: BiType }
  | { readonly is: 'value'; readonly type: BiType | 'null'; readonly value: BiValue };

/** Deepest nesting that is read: a filter cannot exhaust the stack. */
const DEEPEST = 50;

/**
 * Read a `$filter`: eq ne gt ge lt le, in, and, or, not, parentheses, null, typed literals.
 * @throws Fault bad_field naming what is wrong
 */
export function parseFilter(text: string, columns: readonly BiColumn[]): Filter {
  const reader = new Reader(tokensOf(text), columns);
  const filter = reader.either(0);
  reader.end();
  return filter;
}

class Reader {
  readonly #tokens: readonly Token[];
  readonly #columns: readonly BiColumn[];
  #at = 0;

  constructor(tokens: readonly Token[], columns: readonly BiColumn[]) {
    this.#tokens = tokens;
    this.#columns = columns;
  }

  either(depth: number): Filter {
    if (depth > DEEPEST) throw wrong(`is nested deeper than ${DEEPEST}`);
    let left = this.#both(depth);
    while (this.#word('or')) left = { is: 'or', of: [left, this.#both(depth)] };
    return left;
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw wrong(`has something after its end: ${this.#here()}`);
  }

  #both(depth: number): Filter {
    let left = this.#one(depth);
    while (this.#word('and')) left = { is: 'and', of: [left, this.#one(depth)] };
    return left;
  }

  #one(depth: number): Filter {
    if (depth > DEEPEST) throw wrong(`is nested deeper than ${DEEPEST}`);
    if (this.#word('not')) return { is: 'not', of: this.#one(depth + 1) };
    if (this.#mark('(')) {
      const inner = this.either(depth + 1);
      if (!this.#mark(')')) throw wrong('lacks a closing parenthesis');
      return inner;
    }
    const [token, next] = [this.#tokens[this.#at], this.#tokens[this.#at + 1]];
    const isAlone = next?.is !== 'name' || next.text === 'and' || next.text === 'or';
    if (token?.is === 'name' && isAlone && (token.text === 'true' || token.text === 'false')) {
      this.#at++;
      return { is: 'always', value: token.text === 'true' };
    }
    return this.#comparison();
  }

  #comparison(): Filter {
    const left = this.#operand();
    if (this.#word('in')) return this.#oneOf(left);
    const by = COMPARISONS.find((one) => this.#word(one));
    if (!by) throw wrong(`wants one of ${COMPARISONS.join(', ')} at ${this.#here()}`);
    const right = this.#operand();
    fit(left, right);
    return { is: 'compare', by, left, right };
  }

  #oneOf(left: Operand): Filter {
    if (!this.#mark('(')) throw wrong('wants a list in parentheses after in');
    const list: Operand[] = [];
    do list.push(this.#operand());
    while (this.#mark(','));
    if (!this.#mark(')')) throw wrong('lacks a closing parenthesis');
    for (const one of list) fit(left, one);
    return { is: 'in', left, list };
  }

  #operand(): Operand {
    const token = this.#tokens[this.#at++];
    switch (token?.is) {
      case 'name':
        return this.#named(token.text);
      case 'text':
        return { is: 'value', type: 'text', value: token.text };
      case 'number':
        return numberOf(token.text);
      case 'date':
        if (!parseDay(token.text)) throw wrong(`has a day that is none: ${token.text}`);
        return { is: 'value', type: 'date', value: token.text };
      case 'instant':
        return instantOf(token.text);
      default:
        throw wrong('lacks a value at its end');
    }
  }

  #named(name: string): Operand {
    if (name === 'null') return { is: 'value', type: 'null', value: null };
    const column = this.#columns.find((one) => one.name === name);
    if (!column) throw wrong(`has no column ${name}`);
    return { is: 'column', name, type: column.type };
  }

  #word(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.is !== 'name' || token.text !== word) return false;
    this.#at++;
    return true;
  }

  #mark(mark: '(' | ')' | ','): boolean {
    if (this.#tokens[this.#at]?.is !== mark) return false;
    this.#at++;
    return true;
  }

  #here(): string {
    const token = this.#tokens[this.#at];
    return token === undefined ? 'its end' : 'text' in token ? token.text : token.is;
  }
}

const isNumber = (type: BiType | 'null'): boolean => type === 'integer' || type === 'decimal';

/** @throws Fault when two operands are no kin */
function fit(left: Operand, right: Operand): void {
  if (left.type === right.type || left.type === 'null' || right.type === 'null') return;
  if (isNumber(left.type) && isNumber(right.type)) return;
  // Tools that know no days send the instant at which one begins.
  if (left.type === 'date' && right.type === 'instant') return;
  throw wrong(`compares ${left.type} with ${right.type}`);
}

function numberOf(text: string): Operand {
  const special: Readonly<Record<string, number>> = { INF: Infinity, '-INF': -Infinity, NaN };
  return { is: 'value', type: 'decimal', value: special[text] ?? Number(text) };
}

function instantOf(text: string): Operand {
  // Seconds may be left away (ABNF dateTimeOffsetValue), and there may be more digits than are kept.
  const full = text.toUpperCase().replace(/(T\d\d:\d\d)(?=Z|[+-])/, '$1:00');
  const at = parseInstant(full.replace(/(\.\d{3})\d+/, '$1'));
  if (at === null) throw wrong(`has an instant that is none: ${text}`);
  return { is: 'value', type: 'instant', value: at };
}

function wrong(what: string): Fault {
  return new Fault('bad_field', `$filter: ${what}`);
}
