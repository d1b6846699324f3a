import type { ProblemCode } from '@fanfare/contract';
import { api, brand, json, type Operation } from './operation.ts';

const TEAM: readonly ProblemCode[] = ['unauthenticated', 'unknown_brand', 'unavailable'];
const WRITE: readonly ProblemCode[] = [...TEAM, 'bad_json', 'bad_field', 'bad_origin'];
const fan = (path: string) => api(`/fan/:brand${path}`);
const day = { type: 'string', format: 'date' } as const;

/** What people ask of their rights, and what a team can prove. */
export const REQUESTS: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/rights'),
    name: 'listRightsRequests',
    access: 'admin',
    what: 'What people asked of their rights: the open ones by due date, or the closed ones; at most 500',
    query: [{ name: 'state', schema: { enum: ['open', 'closed'], default: 'open' } }],
    answer: json('RightsRequests'),
    problems: [...TEAM, 'bad_field'],
  },
  {
    method: 'POST',
    path: brand('/rights'),
    name: 'openRightsRequest',
    access: 'admin',
    what: 'Keep a request that reached the team; person and note are kept of a fan the brand knows alone',
    body: { schema: 'RightsRequestOpen' },
    answer: { status: 201, what: 'Kept, due in one calendar month', schema: 'RightsRequest' },
    problems: WRITE,
  },
  {
    method: 'POST',
    path: brand('/rights/:id/extend'),
    name: 'extendRightsRequest',
    access: 'admin',
    what: 'Two further months, once and within the first, for a reason the person is told',
    body: { schema: 'RightsRequestExtend' },
    answer: json('RightsRequest'),
    problems: [...WRITE, 'not_found', 'already_closed', 'already_extended'],
  },
  {
    method: 'POST',
    path: brand('/rights/:id/close'),
    name: 'closeRightsRequest',
    access: 'admin',
    what: 'Close a request with its outcome; a withdrawal or an erasure can be carried out with it',
    body: { schema: 'RightsRequestClose' },
    answer: json('RightsRequest'),
    problems: [...WRITE, 'not_found', 'already_closed'],
  },
  {
    method: 'GET',
    path: fan('/requests'),
    name: 'listOwnRequests',
    access: 'open',
    what: 'What the fan of the open page asked of the brand, the latest first',
    answer: json('OwnRequests'),
    problems: TEAM,
  },
  {
    method: 'POST',
    path: fan('/requests'),
    name: 'askAsFan',
    access: 'open',
    what: 'Ask for what the page cannot do by itself; 200 and null for someone of whom nothing is held',
    body: { schema: 'RightsRequestAsk' },
    answer: { status: 201, what: 'Kept', schema: 'OwnRequest' },
    problems: [...WRITE, 'too_many_requests'],
  },
  {
    method: 'GET',
    path: brand('/proof'),
    name: 'getProof',
    access: 'admin',
    what: 'For whole days of the brand’s calendar: acts of consent by purpose, refusals, erasures, requests; the chain, the recount, what is kept',
    query: [
      { name: 'from', schema: { ...day, description: '30 days when absent' } },
      { name: 'to', schema: { ...day, description: 'today when absent' } },
    ],
    answer: json('BrandProof'),
    problems: [...TEAM, 'bad_field'],
  },
  {
    method: 'GET',
    path: brand('/proof/chain'),
    name: 'getChainCheck',
    access: 'admin',
    what: 'How far the check of the chain of consent records is, or what the last one found',
    answer: json('ChainChecked'),
    problems: TEAM,
  },
  {
    method: 'POST',
    path: brand('/proof/chain'),
    name: 'checkChain',
    access: 'admin',
    what: 'Begin to check the chain of consent records, unless a check is under way',
    answer: { status: 202, what: 'Under way', schema: 'ChainChecked' },
    problems: [...TEAM, 'bad_origin'],
  },
  {
    method: 'POST',
    path: api('/demonstration/rehearsal'),
    name: 'rehearseWithdrawal',
    access: 'admin',
    what: 'Withdraw one invented fan of the demonstration for real, send all they did again, and tell the numbers before and after',
    answer: json('Rehearsal'),
    problems: ['unauthenticated', 'not_found', 'bad_origin', 'unavailable'],
  },
];
