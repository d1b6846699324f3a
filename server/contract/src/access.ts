/** What a person of a team may be in an organisation. Fans and visitors have no role. */
export const ROLES = ['owner', 'manager', 'analyst', 'compliance'] as const;
export type Role = (typeof ROLES)[number];

/** What an API token may be made for. */
export const SCOPES = ['ingest', 'consent', 'read', 'export', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];
