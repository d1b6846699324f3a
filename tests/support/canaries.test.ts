import { describe, expect, it } from 'vitest';
import { Canaries, makePeople, tell } from './canaries.ts';
import { randomFrom } from './random.ts';

const people = makePeople(3, randomFrom(1));
const canaries = new Canaries(people);

describe('the search for canaries', () => {
  it('finds a token as text, as bytes, as UTF-16, and across the edge of two pieces', () => {
    const [a, b, c] = [people[0]!, people[1]!, people[2]!];
    expect(tell(canaries.find(`x${a.fan}y`))).toBe('fan 1');
    expect(tell(canaries.find(Buffer.from(`\0${b.word}\0`, 'utf16le')))).toBe('word 1');
    const bytes = Buffer.alloc(20 << 20);
    for (let at = (8 << 20) - 200; at < (8 << 20) + 200; at += 20) bytes.write(c.evidence, at);
    bytes.write(a.event, bytes.length - a.event.length);
    expect(tell(canaries.find(bytes))).toBe('evidence 1, event 1');
    bytes.fill(0).write(a.object, (8 << 20) - 8);
    expect(tell(canaries.find(bytes))).toBe('object 1');
  });

  it('does not take another token for one of a known person', () => {
    expect(canaries.find('cnryf000000000000').size).toBe(0);
    expect(tell(canaries.find(people[1]!.fan), (n) => n !== 1)).toBe('');
  });
});
