import { DatabaseFault } from '@fanfare/db';

/** SQLSTATE classes that mean the database cannot serve now: connection, resources, operator, system. */
const AWAY = /^(?:08|53|57|58|40|25P0[23])/;
/** Codes of the driver and the operating system for a lost or refused connection. */
const LOST = /^(?:CONNECTION_|CONNECT_TIMEOUT|ECONN|EPIPE|ENOENT|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND)/;

/** Did this fail because the database is away, full or too slow, so that trying again makes sense? */
export function isDatabaseFault(fault: unknown): boolean {
  if (fault instanceof DatabaseFault) return fault.code !== 'unsafe_integer';
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : null;
  return typeof code === 'string' && (AWAY.test(code) || LOST.test(code));
}
