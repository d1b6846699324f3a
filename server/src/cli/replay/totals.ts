import type { EventsAnswer, ItemError, ItemFault } from '@fanfare/contract';

const MOST_ERRORS = 100;
const EXAMPLES = 3;
const OUTCOMES = ['counted', 'duplicate', 'refused', 'rejected', 'quarantined'] as const;

/** What became of the events of a file. */
export class Totals {
  received = 0;
  readonly outcomes = { counted: 0, duplicate: 0, refused: 0, rejected: 0, quarantined: 0 };
  /** The first 100, by place in the file, from 1. */
  readonly errors: ItemError[] = [];

  /** Add an answer to events that stood at these places of the file. */
  add(answer: EventsAnswer, places: readonly number[]): void {
    this.received += answer.received;
    for (const outcome of OUTCOMES) this.outcomes[outcome] += answer[outcome];
    for (const error of answer.errors) this.#keep({ ...error, index: places[error.index] ?? 0 });
  }

  /** Add a line that cannot even be sent. */
  reject(place: number, fault: ItemFault): void {
    this.received++;
    this.outcomes.rejected++;
    this.#keep({ ...fault, index: place });
  }

  /** One line of the counts that are not nothing. */
  describe(): string {
    const parts = OUTCOMES.filter((outcome) => outcome === 'counted' || this.outcomes[outcome] > 0);
    return parts.map((outcome) => `${outcome} ${this.outcomes[outcome]}`).join(', ');
  }

  /** The first 100 errors by kind, the most frequent first, with the places of a few of each. */
  summary(): string[] {
    return summaryOf(this.errors, 'event');
  }

  #keep(error: ItemError): void {
    if (this.errors.length < MOST_ERRORS) this.errors.push(error);
  }
}

/** Errors by kind, the most frequent first. @param thing what `index` counts, from 1 */
export function summaryOf(all: readonly ItemError[], thing: string): string[] {
  const kinds = new Map<string, ItemError[]>();
  for (const error of all) {
    const kind = `${error.code}${error.field === undefined ? '' : ` (${error.field})`}: ${error.detail}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), error]);
  }
  return [...kinds]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([kind, errors]) => {
      const places = errors.slice(0, EXAMPLES).map(({ index }) => index);
      return `${errors.length} × ${kind}, ${thing} ${places.join(', ')}${errors.length > EXAMPLES ? ', …' : ''}`;
    });
}
