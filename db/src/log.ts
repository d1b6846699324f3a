/** Where this package reports what it does; the fields hold process ids, paths and times, never a person's data. */
export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void;
