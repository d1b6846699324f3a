import type { ProblemCode } from '@fanfare/contract';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const WRITE: readonly ProblemCode[] = ['bad_json', 'bad_field', 'unknown_brand', 'unavailable', 'overloaded'];

/** What fans are told, what is held about them, and their receipts. */
export const RIGHTS: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/notices'),
    name: 'listNotices',
    access: 'admin',
    what: 'The texts fans are asked with: drafts and published versions',
    answer: json('Notice[]'),
    problems: ['unknown_brand', 'unavailable'],
  },
  {
    method: 'PUT',
    path: brand('/notices/:version/:locale'),
    name: 'draftNotice',
    access: 'admin',
    what: 'Write or replace the draft of a notice in one language; a published text is never changed',
    body: { schema: 'NoticeDraft' },
    answer: nothing('Saved'),
    problems: ['already_published', ...WRITE],
  },
  {
    method: 'POST',
    path: brand('/notices/:version/publish'),
    name: 'publishNotice',
    access: 'admin',
    what: 'Publish a version; with a new meaning, the consents given before end now',
    body: { schema: 'NoticePublish' },
    answer: nothing('Published'),
    problems: ['not_found', ...WRITE],
  },
  {
    method: 'POST',
    path: brand('/fans/held'),
    name: 'showHeld',
    access: 'admin',
    what: 'Everything held about a fan, with dates; empty lists for someone unknown',
    body: { schema: 'Fan' },
    answer: json('Held'),
    problems: ['unknown_field', ...WRITE],
  },
  {
    method: 'POST',
    path: brand('/fans/receipts'),
    name: 'signReceipts',
    access: 'admin',
    what: 'The consent records of a fan as signed receipts (JWS), to be verified offline',
    body: { schema: 'Fan' },
    answer: json('Receipts'),
    problems: ['unknown_field', ...WRITE],
  },
  {
    method: 'GET',
    path: api('/receipts/keys.json'),
    name: 'receiptKeys',
    access: 'open',
    what: 'The public keys that receipts are verified with, as a JWK set',
    answer: json('Keys'),
  },
];
