import { describe, expect, it } from 'vitest';
import { stepsOf } from './first-steps.ts';

describe('stepsOf', () => {
  it('gives bodies that are JSON once the shell has put in the time', () => {
    for (const line of Object.values(stepsOf('http://localhost:3000'))) {
      const body = /-d '(.*)'$/s.exec(line)?.[1] ?? '';
      const filled = body.replaceAll(`'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'`, '2026-11-22T10:00:00Z');
      expect(() => JSON.parse(filled)).not.toThrow();
      expect(line).toContain('http://localhost:3000/api/v1/brands');
    }
  });
});
