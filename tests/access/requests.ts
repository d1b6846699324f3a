// long: one table with a row for every action and its calls.
import type { Action } from '@fanfare/contract';
import { consent } from '../support/app.ts';
import { at, ofAlert, ofImport, ofSource, on, snapshot, type Cell, type Row } from './ask.ts';
import { OF_ORGANISATIONS } from './organisation-requests.ts';

const DAY = 86_400_000;
const now = (): string => new Date().toISOString();
const fan = () => ({ network: 'facebook', fan: 'nobody' });
const today = () => now().slice(0, 10);
const yesterday = () => new Date(Date.now() - DAY).toISOString().slice(0, 10);

/** Each action with all the calls it opens. A new action or a new route without its place here fails. */
export const ROWS: Partial<Readonly<Record<Action, Row>>> = {
  'brand.read': { of: 'brand', asks: [on('GET ', 200), on('GET /policy', 200)] },
  'quarantine.decide': {
    of: 'brand',
    asks: [
      on('GET /compliance', 200),
      on('PUT /safety-contact', 400, () => ({})),
      on('DELETE /safety-contact', 404),
      ...['acknowledge', 'hand-over'].map((act) => ({
        ...on(`POST /quarantine/:id/${act}`, 404),
        path: ({ brand }: Cell) => `/brands/${brand}/quarantine/${'f'.repeat(32)}/${act}`,
      })),
    ],
  },
  'board.read': {
    of: 'brand',
    asks: [
      on('GET /board', 200),
      on('GET /alerts', 200),
      on('GET /comparison', 200),
      on('GET /influence', 200),
      on('GET /loyalty', 200),
      on('GET /annotations', 200),
      at('GET /share-of-voice', 200, ({ brand, second }) => `/share-of-voice?brands=${brand},${second}`),
    ],
  },
  'public.read': { of: 'brand', asks: [on('GET /public-board', 200)] },
  'history.read': {
    of: 'brand',
    asks: [
      ...['json', 'csv', 'parquet'].map((type) =>
        on(`GET /metrics.${type}`, 200, undefined, `?from=${yesterday()}&to=${today()}`),
      ),
      on('GET /explore', 200),
      on('GET /purchases', 200),
    ],
  },
  'snapshots.read': {
    of: 'brand',
    asks: [
      on('GET /snapshots', 200),
      snapshot('GET /snapshots/:id', 200, (cell) => `/snapshots/${cell.snapshot}`),
      snapshot('GET /snapshots/:id.json', 200, (cell) => `/snapshots/${cell.snapshot}.json`),
      snapshot('GET /snapshots/:id/print', 200, (cell) => `/snapshots/${cell.snapshot}/print`),
    ],
  },
  'annotations.write': {
    of: 'brand',
    asks: [
      {
        ...on('PUT /annotations/:id', 400, () => ({})),
        path: ({ brand }) => `/brands/${brand}/annotations/aaaaaaaa`,
      },
      { ...on('DELETE /annotations/:id', 404), path: ({ brand }) => `/brands/${brand}/annotations/aaaaaaaa` },
    ],
  },
  'snapshots.make': {
    of: 'brand',
    asks: [
      on('POST /snapshots', 201, () => ({ window: '1h' })),
      snapshot('DELETE /snapshots/:id', 204, ({ spare }) => `/snapshots/${spare}`),
    ],
  },
  'schedules.manage': {
    of: 'brand',
    asks: [
      on('GET /schedules', 200),
      on('POST /schedules', 400, () => ({})),
      ofAlert('GET /schedules/:id/preview', 404),
      ofAlert('PUT /schedules/:id', 400, () => ({})),
      ofAlert('DELETE /schedules/:id', 404),
      ofAlert('POST /schedules/:id/pause', 404),
      ofAlert('POST /schedules/:id/resume', 404),
      ofAlert('POST /schedules/:id/test', 404),
    ],
  },
  'rules.read': { of: 'brand', asks: [on('GET /rules', 200)] },
  'rules.manage': {
    of: 'brand',
    asks: [
      on('POST /rules', 400, () => ({})),
      on('POST /rules/trial', 400, () => ({})),
      on('PUT /rules/webhook', 400, () => ({})),
      on('POST /rules/webhook/test', 404),
      on('POST /rules/allow', 204),
      ofAlert('PUT /rules/:id', 400, () => ({})),
      ofAlert('DELETE /rules/:id', 404),
      ofAlert('POST /rules/:id/restore', 404),
      ofAlert('POST /rules/:id/on', 404),
    ],
  },
  'rules.stop': { of: 'brand', asks: [on('POST /rules/stop', 204), ofAlert('POST /rules/:id/off', 404)] },
  'alerts.manage': {
    of: 'brand',
    asks: [
      on('POST /alerts', 400, () => ({})),
      on('POST /alerts/preview', 400, () => ({})),
      ofAlert('PUT /alerts/:id', 400, () => ({})),
      ofAlert('DELETE /alerts/:id', 404),
      ofAlert('POST /alerts/:id/mute', 400, () => ({})),
      ofAlert('POST /alerts/:id/acknowledge', 404),
      ofAlert('POST /alerts/:id/test', 404),
    ],
  },
  'exports.make': {
    of: 'brand',
    asks: [
      // In a language that is none: drawing every file would take the test a minute.
      ...['csv', 'xlsx', 'parquet', 'pdf', 'png'].map((type) =>
        snapshot(
          `GET /snapshots/:id.${type}`,
          400,
          (cell) => `/snapshots/${cell.snapshot}.${type}?locale=xx`,
        ),
      ),
      {
        ...snapshot('POST /snapshots/:id/exports', 400, (cell) => `/snapshots/${cell.snapshot}/exports`),
        body: () => ({}),
      },
      snapshot('GET /snapshots/:id/preview', 200, (cell) => `/snapshots/${cell.snapshot}/preview`),
      snapshot('GET /exports/:job', 200, ({ job }) => `/exports/${job}`),
      snapshot('DELETE /exports/:job', 200, ({ job }) => `/exports/${job}`),
      on('GET /export-preview', 200),
    ],
  },
  'shares.manage': {
    of: 'brand',
    asks: [
      on('GET /shares', 200),
      on('POST /shares', 400, () => ({})),
      { ...on('GET /shares/:id/visits', 200), path: ({ brand }) => `/brands/${brand}/shares/none/visits` },
      { ...on('DELETE /shares/:id', 404), path: ({ brand }) => `/brands/${brand}/shares/none` },
    ],
  },
  'bi.manage': {
    of: 'brand',
    asks: [
      on('GET /bi', 200),
      on('POST /bi/accesses', 400, () => ({})),
      { ...on('DELETE /bi/accesses/:id', 404), path: ({ brand }) => `/brands/${brand}/bi/accesses/none` },
    ],
  },
  'events.write': {
    of: 'brand',
    asks: [on('POST /events', 200, ({ who }) => ({ ...fan(), id: who, kind: 'comment', occurredAt: now() }))],
  },
  'figures.write': {
    of: 'brand',
    asks: [
      on('POST /platform-figures', 204, () => ({ network: 'facebook', window: '1h', value: 7, asOf: now() })),
    ],
  },
  'consents.write': {
    of: 'brand',
    asks: [
      on('POST /consents', 200, ({ who }) => consent(`fan-${who}`, Date.now() - DAY)),
      on('POST /fans/withdraw', 200, fan),
      on('POST /fans/erase', 200, fan),
    ],
  },
  'consents.read': {
    of: 'brand',
    asks: [on('POST /fans/held', 200, fan), on('POST /fans/receipts', 200, fan)],
  },
  'notices.read': { of: 'brand', asks: [on('GET /notices', 200)] },
  'notices.manage': {
    of: 'brand',
    asks: [
      {
        ...on('PUT /notices/:version/:locale', 204, () => ({ title: 'T', body: 'B' })),
        path: ({ brand, who }) => `/brands/${brand}/notices/${who}/fr`,
      },
      {
        ...on('POST /notices/:version/publish', 404, () => ({ newMeaning: false })),
        path: ({ brand }) => `/brands/${brand}/notices/none/publish`,
      },
    ],
  },
  'rights.manage': {
    of: 'brand',
    asks: [
      on('GET /rights', 200),
      on('POST /rights', 201, () => ({ kind: 'access', channel: 'mail' })),
      {
        ...on('POST /rights/:id/extend', 404, () => ({ reason: 'x' })),
        path: ({ brand }) => `/brands/${brand}/rights/99999/extend`,
      },
      {
        ...on('POST /rights/:id/close', 404, () => ({ outcome: 'done' })),
        path: ({ brand }) => `/brands/${brand}/rights/99999/close`,
      },
    ],
  },
  'invitations.send': { of: 'brand', asks: [on('POST /fans/invite', 201, fan)] },
  'proof.read': {
    of: 'brand',
    asks: [on('GET /proof', 200), on('GET /proof/chain', 200), on('POST /proof/chain', 202)],
  },
  'recounts.run': {
    of: 'brand',
    asks: [
      at(
        'POST /recount',
        200,
        () => '/recount',
        ({ brand }) => ({ brands: [brand] }),
      ),
    ],
  },
  'brands.change': { of: 'brand', asks: [on('PATCH ', 200, ({ who }) => ({ name: `Maison ${who}` }))] },
  'brands.delete': {
    of: 'brand',
    asks: [{ ...on('DELETE ', 204), path: ({ doomed }) => `/brands/${doomed}` }],
  },
  'sources.manage': {
    of: 'brand',
    asks: [
      on('GET /sources', 200),
      on('GET /events/latest', 200),
      on('POST /sources', 400, () => ({})),
      ofSource('GET ', 404),
      ofSource('PATCH ', 404, () => ({ name: 'x' })),
      ofSource('DELETE ', 404),
      ofSource('POST /secret', 404, () => ({})),
      ofSource('DELETE /secret/previous', 404),
      ofSource('POST /letters/:letter/replay', 404),
      ofSource('POST /figures', 404),
    ],
  },
  'imports.run': {
    of: 'brand',
    asks: [
      on('GET /imports', 200),
      on('POST /imports', 400, () => ({})),
      on('POST /imports/look', 200, () => ({ head: '', whole: true })),
      ofImport('GET ', 404),
      ofImport('GET /rejected.csv', 404),
      ofImport('DELETE ', 404),
      ofImport('POST /parts', 400),
    ],
  },
  ...OF_ORGANISATIONS,
};
