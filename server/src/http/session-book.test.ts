import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SESSION_LIFE_MS, SESSION_REST_MS } from '../domain/accounts/staff.ts';
import { SessionBook } from './session-book.ts';

const KEY = 'key-of-the-test';
const cookieOf = (token: string, key = KEY, name = 'fanfare') => {
  const signed = createHmac('sha256', key).update(token).digest('base64');
  return { cookie: `x=1; ${name}=${encodeURIComponent(`${token}.${signed}`)}` };
};

function book(clock: { now: number }): SessionBook {
  const session = {
    id: 's',
    token: 'token-1',
    user: 'u',
    createdAt: 0,
    usedAt: 0,
    expiresAt: SESSION_LIFE_MS,
    address: '',
    agent: '',
  };
  return new SessionBook(
    { clock: () => clock.now, key: KEY, cookie: 'fanfare' },
    {
      organisations: [{ id: 1, name: 'Maison' }],
      users: [{ id: 'u', name: 'U', email: 'u@maison.example' }],
      members: [{ organisation: 1, user: 'u', role: 'analyst', since: 0 }],
      sessions: [session],
    },
  );
}

describe('the book of sessions', () => {
  it('knows a signed cookie, and no other', () => {
    const made = book({ now: 1 });
    expect(made.find(cookieOf('token-1'))).toEqual({
      kind: 'member',
      user: 'u',
      roles: new Map([[1, 'analyst']]),
    });
    for (const headers of [
      cookieOf('token-2'),
      cookieOf('token-1', 'another key'),
      cookieOf('token-1', KEY, '__Host-fanfare'),
      { cookie: 'fanfare=token-1' },
      { cookie: 'fanfare=%E0%A4%A' },
      { cookie: 'fanfare=' },
      {},
      { ...cookieOf('token-1'), authorization: 'Bearer x' },
    ])
      expect(made.find(headers)).toBeUndefined();
  });

  it('ends a sign-in that rests, and every one after its life', () => {
    const clock = { now: SESSION_REST_MS - 1 };
    const made = book(clock);
    const session = made.sessionOf(cookieOf('token-1'))!;
    expect(made.use(session)).toBe(true);
    clock.now = 2 * SESSION_REST_MS - 2;
    expect(made.sessionOf(cookieOf('token-1'))).not.toBeNull();
    clock.now = 2 * SESSION_REST_MS;
    expect(made.sessionOf(cookieOf('token-1'))).toBeNull();
    const busy = book(clock);
    for (clock.now = 0; clock.now < SESSION_LIFE_MS; clock.now += SESSION_REST_MS / 2) {
      const open = busy.sessionOf(cookieOf('token-1'));
      expect(open).not.toBeNull();
      busy.use(open!);
    }
    expect(busy.sessionOf(cookieOf('token-1'))).toBeNull();
  });

  it('forgets a removed person, and changes a role at once', () => {
    const made = book({ now: 1 });
    made.setMember({ organisation: 1, user: 'u', role: 'owner', since: 0 });
    expect(made.hasOwner).toBe(true);
    expect(made.find(cookieOf('token-1'))).toMatchObject({ roles: new Map([[1, 'owner']]) });
    made.removeUser('u');
    expect(made.find(cookieOf('token-1'))).toBeUndefined();
    expect(made.members(1)).toEqual([]);
  });
});
