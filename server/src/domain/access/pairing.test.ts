import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deviceOf } from './device.ts';
import { Guesses } from './guesses.ts';
import { CODE_MS, PairingCodes } from './pairing.ts';
import { newWall } from './wall.ts';
import { makeUserCode, readUserCode, showUserCode } from './user-code.ts';

/** Bytes that look like chance and are the same each time. */
function bytes(): (size: number) => Uint8Array {
  let turn = 0;
  return (size) => createHash('shake256', { outputLength: size }).update(String(++turn)).digest();
}
const ASKER = { browser: null, address: '127.0.0.1' };
const GRANT = { organisation: 1, name: 'Hall', brands: [10], wall: newWall() };

function stage() {
  let now = 1_000_000;
  const codes = new PairingCodes(() => now, bytes());
  return { codes, wait: (ms: number) => void (now += ms) };
}

describe('the code to be typed', () => {
  it('has eight letters, each as likely, and is read however it is typed', () => {
    const random = bytes();
    const seen = new Map<string, number>();
    for (let i = 0; i < 5_000; i++)
      for (const letter of makeUserCode(random)) seen.set(letter, (seen.get(letter) ?? 0) + 1);
    expect(seen.size).toBe(20);
    for (const count of seen.values()) expect(Math.abs(count - 2_000)).toBeLessThan(250);
    expect(showUserCode('BCDFGHJK')).toBe('BCDF-GHJK');
    for (const typed of ['BCDF-GHJK', 'bcdfghjk', ' bcdf ghjk ', 'BCDF–GHJK'])
      expect(readUserCode(typed)).toBe('BCDFGHJK');
    for (const typed of ['', 'BCDF', 'BCDF-GHJKL', 'ACDF-GHJK', 'BCDF-GH1K', 'B'.repeat(1_000)])
      expect(readUserCode(typed)).toBeNull();
  });
});

describe('pairing', () => {
  it('waits, then gives the grant once', () => {
    const { codes, wait } = stage();
    const { deviceCode, userCode } = codes.begin(ASKER);
    expect(codes.ask(deviceCode)).toBe('authorization_pending');
    expect(codes.look(userCode)).toMatchObject(ASKER);
    expect(codes.decide(userCode, GRANT)).toBe(true);
    expect([codes.look(userCode), codes.decide(userCode, 'refused')]).toEqual([null, false]);
    wait(5_000);
    expect(codes.ask(deviceCode)).toMatchObject({ grant: GRANT });
    expect(codes.ask(deviceCode)).toBe('expired_token');
  });

  it('gives it again when it could not be used', () => {
    const { codes } = stage();
    const { deviceCode, userCode } = codes.begin(ASKER);
    codes.decide(userCode, GRANT);
    const answer = codes.ask(deviceCode);
    if (typeof answer === 'string') throw new Error(answer);
    answer.undo();
    expect(codes.ask(deviceCode)).toMatchObject({ grant: GRANT });
  });

  it('tells a refusal, and slows the hasty down by five seconds each time', () => {
    const { codes, wait } = stage();
    const { deviceCode, userCode } = codes.begin(ASKER);
    const after = (ms: number) => (wait(ms), codes.ask(deviceCode));
    const pending = 'authorization_pending';
    expect([0, 5_000, 1_000, 5_000, 15_000, 15_000].map(after)).toEqual([
      ...[pending, pending, 'slow_down', 'slow_down'],
      ...[pending, pending],
    ]);
    codes.decide(userCode, 'refused');
    expect([after(0), after(0)]).toEqual(['access_denied', 'expired_token']);
  });

  it('ends after ten minutes, whatever was decided', () => {
    const { codes, wait } = stage();
    const [one, two] = [codes.begin(ASKER), codes.begin(ASKER)];
    codes.decide(one.userCode, GRANT);
    wait(CODE_MS);
    expect([codes.ask(one.deviceCode), codes.ask(two.deviceCode)]).toEqual([
      'expired_token',
      'expired_token',
    ]);
    expect([codes.look(two.userCode), codes.decide(two.userCode, GRANT)]).toEqual([null, false]);
  });

  it('is bounded: the one that has waited longest makes room', () => {
    const { codes } = stage();
    const all = Array.from({ length: 1_001 }, () => codes.begin(ASKER));
    expect(codes.ask(all[0]!.deviceCode)).toBe('expired_token');
    expect(codes.look(all[0]!.userCode)).toBeNull();
    for (const { deviceCode } of all.slice(1)) expect(codes.ask(deviceCode)).toBe('authorization_pending');
  });
});

describe('wrong guesses', () => {
  it('lock the person and the address, and are forgotten after a quarter of an hour', () => {
    let now = 0;
    const guesses = new Guesses(() => now);
    for (let i = 0; i < 10; i++) {
      expect(guesses.wait(['who a', 'from x'])).toBe(0);
      guesses.wrong(['who a', 'from x']);
    }
    expect([['who a'], ['who b', 'from x'], ['who b', 'from y']].map((keys) => guesses.wait(keys))).toEqual([
      900, 900, 0,
    ]);
    now = 900_000;
    expect(guesses.wait(['who a', 'from x'])).toBe(0);
  });

  it('are counted together once too many guess', () => {
    const guesses = new Guesses(() => 0);
    for (let i = 0; i < 10_010; i++) guesses.wrong([`from ${i}`]);
    expect(guesses.wait(['from somebody new'])).toBe(900);
  });
});

describe('the device in short', () => {
  it.each([
    [undefined, null],
    ['<script>alert(1)</script>', null],
    [
      'Mozilla/5.0 (SMART-TV; LINUX; Tizen 5.5) AppleWebKit/537.36 Chrome/69.0.3497.106 TV Safari/537.36',
      'Chrome 69, Samsung Tizen',
    ],
    [
      'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 Chrome/79.0 Safari/537.36',
      'Chrome 79, LG webOS',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox 128, Linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 (KHTML) Version/17.1 Safari/605',
      'Safari 17, macOS',
    ],
    ['Mozilla/5.0 (Windows NT 10.0) Chrome/118.0 Safari/537.36 Edg/118.0', 'Edge 118, Windows'],
  ])('%j is %j', (agent, device) => {
    expect(deviceOf(agent)).toBe(device);
  });
});
