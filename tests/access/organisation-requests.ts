import type { Action } from '@fanfare/contract';
import { at, of, type Row } from './ask.ts';

/** Actions on an organisation as a whole, with all the calls they open. */
export const OF_ORGANISATIONS: Partial<Readonly<Record<Action, Row>>> = {
  'displays.manage': {
    of: 'organisation',
    asks: [
      of('GET /displays', 200),
      at(
        'PATCH /displays/:id',
        404,
        () => '/displays/AAAAAAAAAAAA',
        () => ({ name: 'x' }),
      ),
      at(
        'POST /displays/:id/orders',
        400,
        () => '/displays/AAAAAAAAAAAA/orders',
        () => ({}),
      ),
      at('DELETE /displays/:id', 404, () => '/displays/AAAAAAAAAAAA'),
      at('GET /displays/codes/:code', 200, ({ code }) => `/displays/codes/${code}`),
      at(
        'POST /displays/codes/:code/approval',
        400,
        ({ code }) => `/displays/codes/${code}/approval`,
        () => ({}),
      ),
      at('POST /displays/codes/:code/refusal', 204, ({ code }) => `/displays/codes/${code}/refusal`),
    ],
  },
  'brands.make': {
    of: 'organisation',
    asks: [of('POST /brands', 201, ({ who }) => ({ slug: `made-by-${who}`, name: who }))],
  },
  'members.manage': {
    of: 'organisation',
    asks: [
      of('GET /members', 200),
      at(
        'PATCH /members/:user',
        404,
        () => '/members/nobody',
        () => ({ role: 'owner' }),
      ),
      at('DELETE /members/:user', 404, () => '/members/nobody'),
      at('POST /members/:user/password-reset', 404, () => '/members/nobody/password-reset'),
      of('GET /invitations', 200),
      of('POST /invitations', 201, ({ who }) => ({ email: `${who}@guests.example`, role: 'analyst' })),
      at('DELETE /invitations/:id', 404, () => '/invitations/nobody'),
    ],
  },
  'tokens.manage': {
    of: 'organisation',
    asks: [
      of('GET /tokens', 200),
      of('POST /tokens', 201, ({ who }) => ({ name: who, scopes: ['read'] })),
      at('DELETE /tokens/:id', 404, () => '/tokens/AAAAAAAA'),
    ],
  },
  'audit.read': {
    of: 'organisation',
    asks: [
      of('GET /audit', 200),
      of('GET /audit.csv', 200),
      of('GET /audit/verify', 200),
      of('POST /audit/verify', 202),
    ],
  },
  'demonstration.switch': {
    of: 'organisation',
    asks: [
      of('POST /demonstration/rehearsal', 404),
      of('POST /demonstration', 202),
      of('DELETE /demonstration', 204),
    ],
  },
};
