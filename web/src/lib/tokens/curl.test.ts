import { SCOPES } from '@fanfare/contract';
import { describe, expect, it } from 'vitest';
import { curlOf } from './curl.ts';

const line = (scopes: readonly (typeof SCOPES)[number][]) =>
  curlOf('https://f.example', 'fanfare_x', scopes, 'maison', '2026-11-22T10:00:00Z');

describe('the line that tries a token', () => {
  it('asks for what its scopes allow', () => {
    expect(line(['read'])).toBe(
      "curl -H 'Authorization: Bearer fanfare_x' 'https://f.example/api/v1/brands/maison/board?window=1h'",
    );
    expect(line(['export', 'consent'])).toContain('/brands/maison/snapshots');
    expect(line(['consent', 'ingest'])).toContain('"occurredAt":"2026-11-22T10:00:00Z"');
    for (const scope of SCOPES) expect(line([scope])).toContain('https://f.example/api/v1/brands/maison');
  });
});
