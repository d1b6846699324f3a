import { LIVE_LIMITS, WINDOWS } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { SCHEMAS } from './schemas.ts';

const Brand = Type.String({ minLength: 1, maxLength: 64, description: 'slug of the brand' });
const Window = Type.Union(WINDOWS.map((window) => Type.Literal(window)));
const Epoch = Type.String({ maxLength: 64, description: 'changes when continuity is lost' });
const Seq = Type.Integer({ minimum: 0, description: 'rises by one a frame within an epoch' });
const Instant = Type.String({ format: 'date-time' });
const one = { brand: Brand, window: Window };
const place = { ...one, epoch: Epoch, seq: Seq };
const to = (name: string) => Type.Unsafe({ $ref: `#/components/schemas/${name}` });
const byDefinition = Type.Record(Type.String(), to('Measure'));
const closed = { additionalProperties: false };

/** What the live feed says and hears, by name. */
export const LIVE_SCHEMAS: Readonly<Record<string, TSchema>> = {
  Watch: Type.Object(
    { type: Type.Literal('watch'), ...one, epoch: Type.Optional(Epoch), seq: Type.Optional(Seq) },
    { description: 'Follow a board; with the epoch and seq of the last frame one holds, go on after it' },
  ),
  Unwatch: Type.Object({ type: Type.Literal('unwatch'), ...one }, { description: 'Follow it no more' }),
  Watching: Type.Object(
    {
      type: Type.Literal('watching'),
      ...place,
      mode: Type.Union([Type.Literal('backlog'), Type.Literal('board')]),
      frames: Type.Integer({ minimum: 0, maximum: LIVE_LIMITS.backlogFrames }),
    },
    {
      ...closed,
      description: 'The answer to watch, before any frame: the missed frames follow, or one whole board',
    },
  ),
  Board: SCHEMAS['Board']!,
  Delta: Type.Object(
    {
      type: Type.Literal('delta'),
      ...place,
      asOf: Instant,
      measures: Type.Optional(byDefinition),
      breakdowns: Type.Optional(
        Type.Record(Type.String(), Type.Record(Type.String(), Type.Union([byDefinition, Type.Null()]))),
      ),
      series: Type.Optional(to('SeriesDelta')),
      top: Type.Optional(Type.Object({ objects: Type.Array(Type.Record(Type.String(), Type.Unknown())) })),
      excerpts: Type.Optional(
        Type.Object(
          {
            gone: Type.Array(Type.String({ description: 'id' })),
            added: Type.Array(to('Excerpt')),
            whole: Type.Optional(Type.Literal(true)),
          },
          { description: 'One given again replaces the one before; with whole, added are all there are' },
        ),
      ),
    },
    {
      ...closed,
      description:
        'What changed since frame seq − 1, in the shape of the board: measures and cells are whole, a cell that is ' +
        'null is gone, and every measure that had the asOf of the board moves to the new one',
    },
  ),
  SeriesDelta: Type.Object(
    { from: Instant, step: Type.Integer({ description: 'seconds a bucket' }) },
    {
      additionalProperties: Type.Record(Type.String({ pattern: '^[0-9]+$' }), Type.Unknown()),
      description:
        'Changed points by index, per definition. When from is later than that of the board, first drop as many ' +
        'buckets at the start and append as many empty ones',
    },
  ),
  Heartbeat: Type.Object(
    { type: Type.Literal('heartbeat'), ...place, asOf: Instant },
    { ...closed, description: `Every ${LIVE_LIMITS.heartbeatMs / 1_000} s: nothing was missed up to seq` },
  ),
  Error: Type.Object(
    {
      type: Type.Literal('error'),
      code: Type.String(),
      detail: Type.String(),
      brand: Type.Optional(Brand),
      window: Type.Optional(Window),
    },
    { ...closed, description: 'A request that was not followed; the connection stays' },
  ),
  Bye: Type.Object(
    { type: Type.Literal('bye'), code: Type.Integer(), reason: Type.String() },
    { ...closed, description: 'The last message before the server closes; without type over Socket.IO' },
  ),
  Excerpt: SCHEMAS['Excerpt']!,
  Measure: SCHEMAS['Measure']!,
  Series: SCHEMAS['Series']!,
};
