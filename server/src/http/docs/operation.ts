import type { ProblemCode } from '@fanfare/contract';

/** One call of the API in words. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly name: string;
  readonly what: string;
  /** `open`: anybody; `visitor`: without a token the demonstration alone; `admin`: a token or a session. */
  readonly access: 'open' | 'visitor' | 'admin';
  readonly query?: readonly { readonly name: string; readonly schema: object; readonly required?: boolean }[];
  /** `many`: one item, an array, or NDJSON. `table`: a CSV too, in words. `bytes`: bare bytes. */
  readonly body?: {
    readonly schema: string;
    readonly many?: boolean;
    readonly optional?: boolean;
    readonly table?: string;
    readonly bytes?: true;
  };
  /** `schema` names one of `SCHEMAS`, with `[]` for a list of them. */
  readonly answer: {
    readonly status: number;
    readonly what: string;
    readonly schema?: string;
    readonly type?: string;
  };
  readonly problems?: readonly ProblemCode[];
}

/** A path below the API. */
export const api = (path: string): string => `/api/v1${path}`;

/** A path below one brand. */
export const brand = (path = ''): string => api(`/brands/:brand${path}`);

/** An answer of 200 with a body. */
export const json = (schema: string, what = 'The answer'): Operation['answer'] => ({
  status: 200,
  what,
  schema,
});

/** An answer without a body. */
export const nothing = (what = 'Done'): Operation['answer'] => ({ status: 204, what });
