import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { linesOf } from './source-lines.ts';

/** What the shell would hand to curl: its arguments, then what it reads. */
function run(line: string): string {
  const script = `FANFARE_TOKEN=secret; curl() { printf '%s\\n' "$@"; case "$*" in *@-) cat;; esac; }\n${line}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' });
}

describe('lines to copy', () => {
  const lines = linesOf('https://fanfare.example', 'atelier', 'secret', 12);
  const items = (said: string) =>
    said
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  it('send one consent and one event of each fan', () => {
    const said = run(lines.consents);
    expect(said).toContain('https://fanfare.example/api/v1/brands/atelier/consents\n');
    expect(said).toContain('Authorization: Bearer secret\n');
    expect(items(said)).toHaveLength(12);
    expect(items(said)[11]).toMatchObject({ network: 'web', fan: 'test-12', age: '18+' });
    const events = items(run(lines.events));
    expect(new Set(events.map(({ id }) => id)).size).toBe(12);
    expect(events[0]).toMatchObject({ fan: 'test-1', text: 'Superbe !' });
    expect(Date.parse(String(events[0]?.['occurredAt']))).toBeGreaterThan(0);
  });
  it('erase each of them again', () => {
    expect(items(run(lines.erase)).map(({ fan }) => fan)).toContain('test-12');
  });
});
