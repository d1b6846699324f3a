import { describe, expectTypeOf, it } from 'vitest';
import type { EventBody } from '@fanfare/contract';
import type { Permitted } from '@fanfare/server/pipeline/admit.ts';
import { clear, type Cleared } from '@fanfare/server/pipeline/clear.ts';
import { label } from '@fanfare/server/pipeline/label.ts';
import type { Clearing } from '@fanfare/server/domain/sector/sector.ts';
import type { Labelled } from '@fanfare/server/domain/engagement.ts';

declare const event: EventBody;
declare const permitted: Permitted<'measure'>;
declare const rules: Clearing;

/** Never called: it has to compile, and the marked lines must not. */
export function gate(): void {
  clear(permitted, rules);
  // @ts-expect-error an event that has not passed the gate
  clear(event, rules);
  // @ts-expect-error nor one dressed up as if it had
  clear({ event, fan: 1, owner: -1 }, rules);
  // @ts-expect-error a permitted engagement that no sector policy has cleared
  void label([permitted], { model: '', label: () => [] }, () => '');
}

describe('the gate', () => {
  it('is a type: what comes out of label has no text', () => {
    expectTypeOf<Labelled>().not.toHaveProperty('text');
    expectTypeOf<Cleared>().toHaveProperty('permitted');
  });
});
