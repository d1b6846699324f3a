import {
  CSV_PROFILES,
  EXPORT_FORMATS,
  NewExportSchema,
  NewShareSchema,
  NewSnapshotSchema,
  PassphraseSchema,
  SNAPSHOT_FORMAT,
  WINDOWS,
} from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';

const Texts = Type.Array(Type.String());
const Instant = Type.String({ format: 'date-time' });
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Audience = Type.Union([Type.Literal('team'), Type.Literal('public')]);
const anything = Type.Record(Type.String(), Type.Unknown());
const to = (name: string) => Type.Unsafe({ $ref: `#/components/schemas/${name}` });
const byDefinition = Type.Record(Type.String(), to('Measure'));
const meta = {
  id: Type.String(),
  brand: Type.String(),
  title: Type.String(),
  window: Type.Union(WINDOWS.map((window) => Type.Literal(window))),
  audience: Audience,
  asOf: Instant,
  createdAt: Instant,
  sha256: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'of the canonical text (RFC 8785)' }),
};

const oneOf = (...names: readonly string[]) => Type.Union(names.map((name) => Type.Literal(name)));
const Nothing = Type.Null();

const share = {
  id: Type.String(),
  snapshot: Type.String(),
  title: Type.Union([Type.String(), Nothing]),
  window: Type.Union([...WINDOWS.map((window) => Type.Literal(window)), Nothing]),
  createdAt: Instant,
  expiresAt: Instant,
  state: oneOf('open', 'ended', 'expired'),
  hasPassphrase: Type.Boolean(),
  visits: Type.Integer(),
  lastVisitAt: Type.Union([Instant, Nothing]),
};

/** Bodies of snapshots by name. */
export const SNAPSHOT_SCHEMAS: Readonly<Record<string, TSchema>> = {
  NewSnapshot: NewSnapshotSchema,
  Snapshot: Type.Object(meta),
  SnapshotDetail: Type.Object({
    ...meta,
    withdrawals: Type.Object({
      value: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
        description: 'fans who withdrew since `asOf` of the snapshot; null for fewer than k',
      }),
      suppressed: Type.Optional(Type.Literal(true)),
      k: Type.Integer(),
      asOf: Instant,
    }),
  }),
  SnapshotList: Type.Object({
    snapshots: Type.Array(to('Snapshot')),
    next: Type.Union([Type.String(), Type.Null()], { description: '`before` of the next page' }),
  }),
  NewExport: NewExportSchema,
  ExportJob: Type.Object({
    id: Type.String(),
    snapshot: Type.String(),
    format: oneOf(...EXPORT_FORMATS),
    profile: oneOf(...CSV_PROFILES),
    locale: oneOf('fr', 'en'),
    state: oneOf('waiting', 'running', 'done', 'failed', 'cancelled'),
    progress: Type.Number({ minimum: 0, maximum: 1 }),
    file: Type.Union([Type.String(), Nothing], { description: 'path of the file once it is there' }),
    problem: Type.Union([Type.String(), Nothing], { description: 'code of the problem when it failed' }),
  }),
  ExportPreview: Type.Object({
    columns: Texts,
    rows: Type.Array(Texts),
    total: Type.Integer(),
    hidden: Type.Integer(),
  }),
  PrintedSnapshot: Type.Object({ snapshot: anything, sha256: Hash, link: Type.String() }),
  NewShare: NewShareSchema,
  Share: Type.Object(share),
  MadeShare: Type.Object({ ...share, url: Type.String({ description: 'nobody can read it again' }) }),
  ShareVisit: Type.Object({ at: Instant, act: oneOf('opened', 'refused', ...EXPORT_FORMATS) }),
  Passphrase: PassphraseSchema,
  SharedSnapshot: Type.Object({ snapshot: anything, sha256: Hash, expiresAt: Instant }),
  SnapshotHash: Type.Object({ id: Type.String(), sha256: Hash }),
  SnapshotFile: Type.Object(
    {
      sha256: Hash,
      snapshot: Type.Object({
        format: Type.Literal(SNAPSHOT_FORMAT),
        id: Type.String(),
        title: Type.String(),
        createdAt: Instant,
        audience: Audience,
        brand: anything,
        window: anything,
        asOf: Instant,
        epoch: Type.String(),
        seq: Type.Integer(),
        k: Type.Integer(),
        coverage: Type.Union([Type.Number(), Type.Null()]),
        hidden: anything,
        definitions: Type.Array(to('Definition')),
        measures: byDefinition,
        breakdowns: Type.Record(Type.String(), Type.Record(Type.String(), byDefinition)),
        series: to('Series'),
        top: anything,
      }),
    },
    { description: 'canonical JSON: `sha256` is the hash of the bytes of `snapshot`' },
  ),
};
