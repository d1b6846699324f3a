/** Every coded fault the outside can meet, with its HTTP status and title. */
export const PROBLEMS = {
  bad_json: [400, 'The body is not JSON'],
  bad_request: [400, 'The request is not well formed'],
  bad_field: [400, 'A field is missing or wrong'],
  unknown_field: [400, 'A field is not known'],
  authorization_pending: [400, 'Nobody has decided yet'],
  slow_down: [400, 'Asked too often: wait five seconds more each time'],
  expired_token: [400, 'This code is not good, or not any more'],
  access_denied: [400, 'The pairing was refused'],
  unauthenticated: [401, 'A valid token or sign-in is needed'],
  forbidden: [403, 'You may not do that here'],
  passphrase_needed: [401, 'This link asks for a passphrase'],
  wrong_passphrase: [403, 'This is not the passphrase of the link'],
  bad_origin: [403, 'Requests from this origin are not accepted'],
  link_refused: [403, 'This link is not valid, or not any more'],
  unknown_brand: [404, 'There is no such brand'],
  not_found: [404, 'There is nothing here'],
  method_not_allowed: [405, 'This method does not apply here'],
  slug_taken: [409, 'Another brand has this slug'],
  last_owner: [409, 'An organisation keeps at least one owner'],
  already_member: [409, 'This person is a member already'],
  already_set_up: [409, 'This installation has an owner already'],
  already_published: [409, 'A published text is never changed: write a new version'],
  already_closed: [409, 'This request is closed already'],
  already_replayed: [409, 'This was replayed already'],
  not_proven: [409, 'The webhook has to take a test first'],
  import_elsewhere: [409, 'The import goes on at another place of the file'],
  source_paused: [409, 'The source is paused'],
  already_extended: [409, 'The time of a request is extended once, before it is over'],
  notice_changed: [409, 'The notice has changed: read it again'],
  not_acceptable: [406, 'This answer cannot be given in that format'],
  too_large: [413, 'The body is too large'],
  unsupported_media_type: [415, 'This content type is not accepted'],
  under_age: [422, 'This age may not consent to that here'],
  needs_measure: [422, 'Every other purpose needs measure'],
  trade_forbids: [422, 'The trade of this brand does not allow that'],
  weak_password: [422, 'This password would be guessed: choose another'],
  too_many_requests: [429, 'Too many requests'],
  internal: [500, 'Something went wrong on our side'],
  unreachable: [502, 'Another server did not answer as it should'],
  unavailable: [503, 'The database is away; nothing was taken'],
  overloaded: [503, 'The server is busy; nothing was taken'],
  no_roles: [503, 'The database lets us make no roles for BI tools: its administrator has to allow it'],
  no_browser: [503, 'No Chromium is installed here that could draw pages'],
  render_failed: [503, 'The page could not be drawn; try again'],
  storage_full: [507, 'The disk is full; nothing was kept'],
} as const satisfies Record<string, readonly [number, string]>;
export type ProblemCode = keyof typeof PROBLEMS;

/** Codes that RFC 8628 §3.5 names; such a problem carries its code as `error` too. */
export const DEVICE_ERRORS: ReadonlySet<ProblemCode> = new Set([
  'authorization_pending',
  'slow_down',
  'expired_token',
  'access_denied',
] as const);

/** An error answer, `application/problem+json` (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly requestId: string;
  /** Since when what is needed is away, RFC 3339; with 503 alone. */
  readonly since?: string;
  /** The code once more, where RFC 8628 wants it. */
  readonly error?: string;
}

/** Why one item of a batch was not taken; `field` names the first offending field. */
export interface ItemError {
  readonly index: number;
  readonly code: ItemCode;
  readonly detail: string;
  readonly field?: string;
  /** Line of a CSV, from 1, the header among them. */
  readonly line?: number;
}

export const ITEM_CODES = [
  'not_an_object',
  'bad_json',
  'bad_csv',
  'line_too_long',
  'missing_field',
  'bad_type',
  'bad_value',
  'unknown_field',
  'bad_text',
  'too_long',
  'in_future',
  'too_old',
  'under_age',
  'needs_measure',
  'unknown_notice',
] as const;
export type ItemCode = (typeof ITEM_CODES)[number];
