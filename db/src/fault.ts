/** Why the database cannot be used; each code has one plain sentence as its message. */
export type DatabaseFaultCode =
  | 'in_use'
  | 'no_binaries'
  | 'unreachable'
  | 'too_old'
  | 'wrong_version'
  | 'not_permitted'
  | 'start_failed'
  | 'timeout'
  | 'migration_failed'
  | 'unsafe_integer';

/** A coded fault of the database edge. The message never holds a password or a person's data. */
export class DatabaseFault extends Error {
  readonly code: DatabaseFaultCode;

  constructor(code: DatabaseFaultCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'DatabaseFault';
    this.code = code;
  }
}

/** The message of anything thrown, in one line. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ');
  }
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The `code` of anything thrown (a system error, a driver error, an SQLSTATE), or null. */
export function codeOf(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}
