/** Answer of one API call made in-process. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What a page request brings along: the API, called in-process as the same visitor. */
export interface FanfareAccess {
  /** A GET under `/api`. */
  read(path: string): Promise<ApiAnswer>;
  /** A write; `setCookie` holds the raw `Set-Cookie` values to hand on. Absent: only scripts can write. */
  send?(
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ): Promise<ApiAnswer & { readonly setCookie: readonly string[] }>;
  /** The public origin, such as `https://fanfare.example`. */
  readonly origin?: string;
}
