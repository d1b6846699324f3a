import { EXPORT_FORMATS, type ProblemCode } from '@fanfare/contract';
import { FILE_TYPES } from '../../domain/export/port.ts';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const TEAM: readonly ProblemCode[] = ['unknown_brand', 'forbidden', 'unavailable'];
const ANYBODY: readonly ProblemCode[] = ['passphrase_needed', 'not_found', 'unavailable'];

/** Links that show one snapshot to whoever has them. */
export const SHARES: readonly Operation[] = [
  {
    method: 'POST',
    path: brand('/shares'),
    name: 'createShare',
    access: 'admin',
    what: 'Make a link to a snapshot of the public view; its address is told once',
    body: { schema: 'NewShare' },
    answer: { status: 201, what: 'Made', schema: 'MadeShare' },
    problems: ['bad_json', 'bad_field', ...TEAM, 'overloaded'],
  },
  {
    method: 'GET',
    path: brand('/shares'),
    name: 'listShares',
    access: 'admin',
    what: 'The links of a brand, the newest first; those that are over for 90 days more',
    answer: json('Share[]'),
    problems: TEAM,
  },
  {
    method: 'GET',
    path: brand('/shares/:id/visits'),
    name: 'listShareVisits',
    access: 'admin',
    what: 'When a link was used and for what, the latest first; by whom is not kept',
    answer: json('ShareVisit[]'),
    problems: TEAM,
  },
  {
    method: 'DELETE',
    path: brand('/shares/:id'),
    name: 'endShare',
    access: 'admin',
    what: 'End a link now',
    answer: nothing('Ended'),
    problems: ['not_found', ...TEAM],
  },
  {
    method: 'GET',
    path: api('/shared/:secret'),
    name: 'readShared',
    access: 'open',
    what: 'The snapshot of a link',
    answer: json('SharedSnapshot'),
    problems: ANYBODY,
  },
  {
    method: 'POST',
    path: api('/shared/:secret/passphrase'),
    name: 'sayPassphrase',
    access: 'open',
    what: 'Say the passphrase of a link: the browser is given a cookie for 12 hours. Ten wrong ones lock for up to 15 minutes',
    body: { schema: 'Passphrase' },
    answer: nothing('It was right'),
    problems: [
      'bad_json',
      'bad_field',
      'wrong_passphrase',
      'not_found',
      'too_many_requests',
      'overloaded',
      'unavailable',
    ],
  },
  ...EXPORT_FORMATS.map((format): Operation => ({
    method: 'GET',
    path: api(`/shared/:secret.${format}`),
    name: `readShared${format.charAt(0).toUpperCase()}${format.slice(1)}`,
    access: 'open',
    what: `The snapshot of a link as ${format.toUpperCase()}`,
    query: [{ name: 'locale', schema: { enum: ['fr', 'en'] } }],
    answer: { status: 200, what: 'The file', schema: 'Text', type: FILE_TYPES[format][0].split(';')[0]! },
    problems: [...ANYBODY, 'overloaded', 'storage_full'],
  })),
];
