import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AuditPage, InvitedBody, MemberBody } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';
import { ANALYST, browser, join, OWNER, setUp } from './person.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app.close());

it('the audit log holds who came in, how, who let whom in, and no address', async () => {
  const owner = await setUp(app);
  const { person } = await join(app, owner, 'analyst', ANALYST);
  const members = (await owner.call('GET', '/api/v1/members')).body as MemberBody[];
  const idOf = (email: string) => members.find((one) => one.email === email)!.user;
  const [odile, ana] = [idOf(OWNER.email), idOf(ANALYST.email)];
  expect((await person.signIn(ANALYST.email, 'not the right one')).status).toBe(401);
  expect((await browser(app).signIn('nobody@maison.example', 'not the right one')).status).toBe(401);
  const newPassword = 'ardoise fleuve lanterne';
  const change = { currentPassword: ANALYST.password, newPassword };
  expect((await person.call('POST', '/api/auth/change-password', change)).status).toBe(200);
  expect((await person.call('DELETE', '/api/v1/session')).status).toBe(204);
  expect((await person.signIn(ANALYST.email, newPassword)).status).toBe(200);
  expect((await person.call('GET', '/api/v1/audit')).status).toBe(403);
  const invited = await owner.call('POST', '/api/v1/invitations', { email: 'x@m.example', role: 'manager' });
  const { id } = invited.body as InvitedBody;
  await owner.call('DELETE', `/api/v1/invitations/${id}`);
  await owner.call('PATCH', `/api/v1/members/${ana}`, { role: 'compliance' });
  expect((await person.call('GET', '/api/v1/audit')).status).toBe(200);
  expect((await person.call('POST', '/api/auth/sign-out', {})).status).toBe(200);
  await owner.call('DELETE', `/api/v1/members/${ana}`);

  const { records } = (await owner.call('GET', '/api/v1/audit')).body as AuditPage;
  const told = records
    .toReversed()
    .map(({ action, actor, detail }) => [action, actor.id ?? actor.kind, detail] as const);
  expect(told.map(([action, who]) => [action, who])).toEqual([
    ['session.begun', 'root'],
    ['member.joined', 'root'],
    ['session.begun', odile],
    ['member.invited', odile],
    ['member.joined', ana],
    ['session.begun', ana],
    ['session.refused', 'visitor'],
    ['credential.changed', ana],
    ['session.ended', ana],
    ['session.begun', ana],
    ['member.invited', odile],
    ['invitation.withdrawn', odile],
    ['member.role_changed', odile],
    ['session.ended', ana],
    ['member.removed', odile],
  ]);
  expect(records.find(({ actor }) => actor.id === odile)!.actor.name).toBe(OWNER.name);
  expect(told[6]![2]).toEqual({ user: ana });
  expect(told[12]![2]).toEqual({ user: ana, from: 'analyst', to: 'compliance' });
  expect(JSON.stringify(records)).not.toContain('@');
});
