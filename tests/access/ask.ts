/** What the requests of one caller are made of. */
export interface Cell {
  /** Of the caller; for names that must be theirs alone. */
  readonly who: string;
  /** Two brands of one organisation. */
  readonly brand: string;
  readonly second: string;
  /** A brand that may go, a snapshot that may go, and a code that waits. */
  readonly doomed: string;
  readonly snapshot: string;
  readonly spare: string;
  /** A file of the snapshot that is being made, or was. */
  readonly job: string;
  readonly code: string;
}

/** One call that an action opens. */
export interface Ask {
  readonly route: string;
  /** Status for somebody who may: 404 and 400 where the body or the id is wrong on purpose, behind the gate. */
  readonly status: number;
  readonly path: (cell: Cell) => string;
  readonly body?: (cell: Cell) => unknown;
  /** Code by which an outsider is told nothing. */
  readonly hidden?: 'not_found';
}

/** What an action opens. */
export interface Row {
  /** About one brand, or about an organisation as a whole. */
  readonly of: 'brand' | 'organisation';
  readonly asks: readonly Ask[];
}

/** A call below one brand: `GET /board` with what comes after the path. */
export const on = (call: string, status: number, body?: (cell: Cell) => unknown, query = ''): Ask => {
  const [method = '', below = ''] = call.split(' ');
  return {
    route: `${method} /api/v1/brands/:brand${below}`,
    status,
    path: ({ brand }) => `/brands/${brand}${below}${query}`,
    ...(body ? { body } : {}),
  };
};
/** A call of the organisation. @param path with everything filled in */
export const at = (route: string, status: number, path: (cell: Cell) => string, body?: Ask['body']): Ask => {
  const [method = '', below = ''] = route.split(' ');
  return { route: `${method} /api/v1${below}`, status, path, ...(body ? { body } : {}) };
};
/** A call of the organisation, as it is written. */
export const of = (route: string, status: number, body?: Ask['body']): Ask =>
  at(route, status, () => route.split(' ')[1] ?? '', body);
/** A call about one snapshot: somebody who does not belong is told that there is none. */
export const snapshot = (route: string, status: number, path: Ask['path']): Ask => ({
  ...at(route, status, path),
  hidden: 'not_found',
});

/** A call of a source that is not there. */
export const ofSource = (call: string, status: number, body?: Ask['body']): Ask => {
  const [method = '', below = ''] = call.split(' ');
  return {
    ...on(`${method} /sources/:source${below}`, status, body),
    path: ({ brand }) => `/brands/${brand}/sources/999999${below.replace(':letter', 'a'.repeat(32))}`,
  };
};

/** A call of an import that is not there. */
export const ofImport = (call: string, status: number): Ask => {
  const [method = '', below = ''] = call.split(' ');
  return {
    ...on(`${method} /imports/:import${below}`, status),
    path: ({ brand }) => `/brands/${brand}/imports/${'a'.repeat(32)}${below}`,
  };
};

/** A call of an alert that is not there. */
export const ofAlert = (call: string, status: number, body?: Ask['body']): Ask => ({
  ...on(call, status, body),
  path: ({ brand }) => `/brands/${brand}${(call.split(' ')[1] ?? '').replace(':id', '999999')}`,
});
