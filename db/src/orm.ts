/** The parts of drizzle the store uses, so that there is one copy of it whatever else is installed. */
export { and, eq } from 'drizzle-orm';
export { drizzle } from 'drizzle-orm/postgres-js';
