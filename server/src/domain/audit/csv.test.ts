import { expect, it } from 'vitest';
import { auditRow } from './csv.ts';

it('writes no cell that a spreadsheet takes for a formula', () => {
  const record = {
    ...{ n: 1, organisation: 1, at: 0, action: 'token.made' as const, brand: 2 },
    actor: { kind: 'member' as const, id: '=HYPERLINK("x")' },
    detail: '{"token":"-1"}',
  };
  expect(auditRow({ record, hash: 'ab' }, '@sum')).toBe(
    '1,"1970-01-01T00:00:00.000Z","member","\'=HYPERLINK(""x"")","token.made","2","\'@sum","{""token"":""-1""}","ab"\r\n',
  );
});
