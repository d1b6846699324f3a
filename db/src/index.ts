export { openDatabase, type Database, type DatabaseOptions } from './database.ts';
export { DatabaseFault, type DatabaseFaultCode } from './fault.ts';
export type { Log } from './log.ts';
export { startEmbedded, type EmbeddedOptions, type EmbeddedServer } from './embedded/server.ts';
export { hardenCatalog } from './embedded/hardening.ts';
export { migrate } from './migrate.ts';
export { createPool, type PoolOptions, type Sql, type Transaction } from './pool.ts';
export type { DatabaseStatus } from './sentinel.ts';
export { withTimeout } from './timeout.ts';
