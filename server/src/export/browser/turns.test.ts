import { expect, it } from 'vitest';
import { Turns } from './turns.ts';

it('lets two work at a time, the others in line, and those who leave the line go', async () => {
  const turns = new Turns(2, 2);
  const { signal } = new AbortController();
  const leaving = new AbortController();
  const [began, ends]: [string[], (() => void)[]] = [[], []];
  const work = (name: string, until = signal) =>
    turns.take(until, () => {
      began.push(name);
      return new Promise<void>((resolve) => ends.push(resolve));
    });
  const all = [work('a'), work('b')];
  const left = work('c', leaving.signal);
  all.push(work('d'));
  await expect(work('e')).rejects.toMatchObject({ code: 'overloaded' });
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  expect(began).toEqual(['a', 'b']);
  ends[0]!();
  await expect.poll(() => began).toEqual(['a', 'b', 'd']);
  for (const end of ends.slice(1)) end();
  await Promise.all(all);
  const done = work('f');
  await expect.poll(() => began.at(-1)).toBe('f');
  ends.at(-1)!();
  await done;
});
