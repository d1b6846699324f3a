import { Type } from 'typebox';
import type { ItemFault } from './event.ts';
import type { ItemCode } from './problem.ts';
import { NETWORKS, KINDS, type Kind, type Network } from './vocabulary.ts';

/** What a column of a file can be. All but `time` are fields of an event; `time` completes a date. */
export const IMPORT_FIELDS = [
  'fan',
  'occurredAt',
  'time',
  'kind',
  'network',
  'text',
  'id',
  'object',
  'objectOwner',
  'followers',
  'reaction',
  'lang',
  'campaign',
  'url',
  'verb',
  'rev',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

/** How dates are written: `dmy` is 31/12/2026, `mdy` 12/31/2026, `named` has the month in letters. */
export const DATE_FORMS = ['iso', 'dmy', 'mdy', 'named', 'seconds', 'milliseconds'] as const;
export type DateForm = (typeof DATE_FORMS)[number];

export const ENCODINGS = ['utf-8', 'windows-1252', 'utf-16le', 'utf-16be'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** Export files whose columns are known. */
export const IMPORT_PROFILES = [
  'fanfare',
  'brandwatch',
  'meltwater',
  'exportcomments',
  'youtube_data_tools',
  'tags',
] as const;
export type ImportProfile = (typeof IMPORT_PROFILES)[number];

const oneOf = <T extends string>(values: readonly T[]) => Type.Union(values.map((v) => Type.Literal(v)));
const Name = Type.String({ minLength: 1, maxLength: 200 });
const columns = Object.fromEntries(IMPORT_FIELDS.map((field) => [field, Type.Optional(Name)]));

/** JSON schema of a plan: how the lines of a file are read. */
export const ImportPlanSchema = Type.Object(
  {
    format: oneOf(['csv', 'ndjson'] as const),
    encoding: oneOf(ENCODINGS),
    delimiter: oneOf(DELIMITERS),
    columns: Type.Object(columns, { additionalProperties: false }),
    fixed: Type.Object(
      {
        network: Type.Optional(oneOf(NETWORKS)),
        kind: Type.Optional(oneOf(KINDS)),
        object: Type.Optional(Type.String({ minLength: 1, maxLength: 256 })),
        campaign: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
      },
      { additionalProperties: false },
    ),
    dates: Type.Union([oneOf(DATE_FORMS), Type.Null()]),
    zone: Type.String({ minLength: 1, maxLength: 64 }),
  },
  { additionalProperties: false },
);

/** How the lines of a file are read. `dates` is `null` while nobody said which of two forms they have. */
export interface ImportPlan {
  readonly format: 'csv' | 'ndjson';
  readonly encoding: Encoding;
  /** Of a CSV. */
  readonly delimiter: Delimiter;
  /** Name of the column by field; of NDJSON the path to a value, as `user.id`. */
  readonly columns: Readonly<Partial<Record<ImportField, string>>>;
  /** What holds for every line that does not say it itself. */
  readonly fixed: {
    readonly network?: Network;
    readonly kind?: Kind;
    readonly object?: string;
    readonly campaign?: string;
  };
  readonly dates: DateForm | null;
  /** IANA name; of dates that do not tell their offset. */
  readonly zone: string;
}

/** Why a file cannot be read at all. */
export const FILE_FAULTS = [
  'empty',
  'header_only',
  'no_columns',
  'spreadsheet',
  'packed',
  'binary',
  'json_list',
  'sums_only',
] as const;
export type FileFault = (typeof FILE_FAULTS)[number];

/** Bytes of a file that are looked at before it is read, at most. */
export const IMPORT_HEAD = 131_072;
/** Bytes of a file in one request: all but the last have exactly so many. */
export const IMPORT_PART = 1_048_576;

/** The beginning of a file, to be looked at. Nothing of it is kept. */
export const ImportLookSchema = Type.Object(
  {
    /** Its first bytes, Base64. */
    head: Type.String({ maxLength: Math.ceil(IMPORT_HEAD / 3) * 4, contentEncoding: 'base64' }),
    /** Is that all of it? */
    whole: Type.Boolean(),
    size: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 50 })),
    plan: Type.Optional(ImportPlanSchema),
  },
  { additionalProperties: false },
);
export interface ImportLook {
  readonly head: string;
  readonly whole: boolean;
  readonly size?: number;
  readonly plan?: ImportPlan;
}

/** An import to be begun. */
export const ImportDraftSchema = Type.Object(
  {
    ...ImportLookSchema.properties,
    plan: ImportPlanSchema,
    /** What the team calls the file. */
    name: Type.String({ minLength: 1, maxLength: 120 }),
    /** Bytes in one request; a large part is quicker, a small one is lost less of. */
    part: Type.Optional(Type.Integer({ minimum: IMPORT_HEAD, maximum: 4 * IMPORT_PART })),
  },
  { additionalProperties: false },
);
export interface ImportDraft extends ImportLook {
  readonly plan: ImportPlan;
  readonly name: string;
  readonly part?: number;
}

/** How often something was wrong. */
export interface ImportReason {
  readonly code: ItemCode;
  readonly field?: string;
  readonly count: number;
}

/** One line as it would be taken, or why it would not. */
export interface PreviewLine {
  readonly line: number;
  /** Fields of the event in words; an instant in RFC 3339. */
  readonly event?: Readonly<Record<string, string>>;
  readonly fault?: ItemFault;
}

/** What a plan still lacks. */
export const IMPORT_GAPS = ['fan', 'occurredAt', 'kind', 'network', 'dates', 'zone', 'column'] as const;
export type ImportGap = (typeof IMPORT_GAPS)[number];

/** What the beginning of a file looks like under a plan. */
export interface ImportPreview {
  /** Recognises the same file again. */
  readonly mark: string;
  readonly profile: ImportProfile | null;
  /** Line of the header, from 1; of NDJSON 0. */
  readonly header: number;
  /** Names of the columns. */
  readonly columns: readonly string[];
  readonly plan: ImportPlan;
  readonly gaps: readonly ImportGap[];
  /** The first five lines. */
  readonly lines: readonly PreviewLine[];
  /** Lines that were looked at, how many of them would be sent on, and why not the others. */
  readonly looked: number;
  readonly good: number;
  readonly reasons: readonly ImportReason[];
}

/** The answer to a look at a file: what it is, or why it is none that could be read. */
export type ImportLooked = ImportPreview | { readonly fault: FileFault };

/** Counts of an import; `received` is the sum of the others. */
export interface ImportCounts {
  readonly received: number;
  readonly counted: number;
  readonly duplicate: number;
  /** By the consent gate: of these nothing but their number is kept. */
  readonly refused: number;
  /** Lines that are no event: each is in the report with its reason. */
  readonly rejected: number;
  readonly quarantined: number;
}

/** One import, and how far it is. */
export interface ImportBody {
  readonly id: string;
  /** Number of the source it belongs to. */
  readonly source: number;
  readonly name: string;
  readonly mark: string;
  readonly profile: ImportProfile | null;
  readonly state: 'open' | 'done';
  readonly size: number | null;
  /** Bytes of the file that are committed; the next part begins there. */
  readonly offset: number;
  /** Bytes of every part but the last. */
  readonly part: number;
  /** Lines of the file up to there. */
  readonly line: number;
  readonly counts: ImportCounts;
  readonly reasons: readonly ImportReason[];
  readonly createdAt: string;
  readonly updatedAt: string;
}
