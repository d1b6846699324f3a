import {
  HISTORY_DIMENSIONS,
  HISTORY_GRAINS,
  HISTORY_METRICS,
  WINDOWS,
  type ProblemCode,
} from '@fanfare/contract';
import { api, brand, json, type Operation } from './operation.ts';

const window = { name: 'window', schema: { enum: WINDOWS, default: '1h' } };
const edge = { type: 'string', description: 'RFC 3339 with offset, or a day of the brand as 2026-11-22' };
const history: Operation['query'] = [
  { name: 'from', required: true, schema: edge },
  { name: 'to', required: true, schema: { ...edge, description: `${edge.description}; exclusive` } },
  { name: 'grain', schema: { enum: HISTORY_GRAINS, default: 'hour' } },
  {
    name: 'metrics',
    schema: {
      type: 'string',
      description: `with commas between: ${HISTORY_METRICS.join(', ')}; else all but consenting@1`,
    },
  },
  { name: 'by', schema: { enum: HISTORY_DIMENSIONS } },
  {
    name: 'cursor',
    schema: {
      type: 'string',
      description:
        '`next` of an earlier answer (in Parquet `fanfare.next` of its footer): only days that are new or have changed since are told, each to be put in the place of the one held',
    },
  },
];
const READ: readonly ProblemCode[] = ['bad_field', 'unauthenticated', 'unknown_brand'];

/** What comes out: numbers, and how they are counted. */
export const READING: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/board'),
    name: 'getBoard',
    access: 'visitor',
    what: 'The board of a window, exactly as the live feed would send it',
    query: [window],
    answer: json('Board'),
    problems: READ,
  },
  {
    method: 'GET',
    path: brand('/public-board'),
    name: 'getPublicBoard',
    access: 'visitor',
    what: 'The board of a window as walls and shares show it: coarse, and renewed when five fans changed or after 15 minutes',
    query: [window],
    answer: json('Board'),
    problems: READ,
  },
  {
    method: 'GET',
    path: brand('/comparison'),
    name: 'getComparison',
    access: 'visitor',
    what: 'The same values for the period before, or for the same days a week before',
    query: [window, { name: 'with', schema: { enum: ['previous', 'week'], default: 'previous' } }],
    answer: json('Comparison'),
    problems: [...READ, 'unavailable'],
  },
  {
    method: 'GET',
    path: brand('/metrics.json'),
    name: 'getHistory',
    access: 'visitor',
    what: 'The past by hours of UTC or days of the brand, up to 25 months; answers 304 to an ETag that still holds',
    query: history,
    answer: json('History'),
    problems: [...READ, 'unavailable', 'overloaded'],
  },
  {
    method: 'GET',
    path: brand('/metrics.csv'),
    name: 'getHistoryCsv',
    access: 'visitor',
    what: 'The same as CSV: empty where nothing may or can be told, with the reason in the column of state',
    query: history,
    answer: { status: 200, what: 'One line a bucket, or a key of it', schema: 'Text', type: 'text/csv' },
    problems: [...READ, 'unavailable', 'overloaded'],
  },
  {
    method: 'GET',
    path: brand('/metrics.parquet'),
    name: 'getHistoryParquet',
    access: 'visitor',
    what: 'The same as Parquet, with the columns of the CSV',
    query: history,
    answer: { status: 200, what: 'The file', schema: 'Text', type: 'application/vnd.apache.parquet' },
    problems: [...READ, 'unavailable', 'overloaded'],
  },
  {
    method: 'GET',
    path: brand('/influence'),
    name: 'getInfluence',
    access: 'visitor',
    what: 'Influence of the fans as a whole, nobody by name',
    query: [{ name: 'window', schema: { enum: WINDOWS, default: '30d' } }],
    answer: json('Influence'),
    problems: READ,
  },
  {
    method: 'GET',
    path: brand('/loyalty'),
    name: 'getLoyalty',
    access: 'visitor',
    what: 'Fans by their habits over half a year',
    answer: json('Loyalty'),
    problems: [...READ, 'unavailable'],
  },
  {
    method: 'GET',
    path: brand('/purchases'),
    name: 'getPurchases',
    access: 'visitor',
    what: 'Orders of the fans who let them be linked, by month and currency over 13 months; in no metric of a board',
    answer: json('Purchases'),
    problems: [...READ, 'unavailable'],
  },
  {
    method: 'GET',
    path: api('/share-of-voice'),
    name: 'getShareOfVoice',
    access: 'visitor',
    what: 'Brands of one organisation side by side',
    query: [
      window,
      {
        name: 'brands',
        required: true,
        schema: { type: 'string', description: '2 to 20 slugs with commas between' },
      },
    ],
    answer: json('ShareOfVoice'),
    problems: READ,
  },
  {
    method: 'GET',
    path: api('/definitions'),
    name: 'getDefinitions',
    access: 'open',
    what: 'How every number is counted, in French and English',
    answer: json('Definition[]'),
  },
  {
    method: 'GET',
    path: api('/live'),
    name: 'live',
    access: 'visitor',
    what: 'The live feed over a plain WebSocket: send {"type":"watch","brand":…,"window":…}, receive frames',
    answer: { status: 101, what: 'A WebSocket' },
    problems: ['unauthenticated', 'bad_origin'],
  },
];
