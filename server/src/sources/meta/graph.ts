import type { ConnectorId, PlatformFigure, SourceError, WindowName } from '@fanfare/contract';
import type { Answer, Caller } from '../../outgoing/call.ts';
import { fieldOf, listOf, wordOf } from '../fields.ts';
import { hmac } from '../signature.ts';

/** Whose figures are asked for, and with what right. */
export interface Asking {
  readonly connector: ConnectorId;
  readonly account: string;
  readonly token: string;
  /** The application's secret, which proves that the token is used by its owner. */
  readonly secret: string;
}

/** What the Graph API said. `quota` is the percentage of the allowance that is used. */
export type GraphAnswer =
  | { readonly is: 'figures'; readonly figures: readonly PlatformFigure[]; readonly quota: number | null }
  | {
      readonly is: 'failed';
      readonly code: Extract<SourceError, 'token_refused' | 'rate_limited' | 'unreachable'>;
      readonly quota: number | null;
      /** How long the network asks to wait, milliseconds; `null` when it does not say. */
      readonly waitMs: number | null;
    };

/** People reached, by connector: the metric's name and the network it is of. */
const METRICS = {
  meta_page: { metric: 'page_impressions_unique', network: 'facebook' },
  instagram: { metric: 'reach', network: 'instagram' },
} as const;
/** Periods of the API that are windows of ours; 28 days are none. */
const WINDOW_OF: Readonly<Record<string, WindowName>> = { day: '24h', week: '7d' };
const LIMITED = new Set([4, 17, 32, 613]);
const MINUTE = 60_000;

/** Does this connector have figures that can be read? */
export function hasFigures(connector: ConnectorId): connector is keyof typeof METRICS {
  return connector in METRICS;
}

/**
 * The people a Page or account reached in a day and in a week, as the network counts them.
 * @param graphUrl with the version, without a slash at the end
 */
export async function readReach(call: Caller, graphUrl: string, asking: Asking): Promise<GraphAnswer> {
  const { connector, account, token, secret } = asking;
  if (!hasFigures(connector)) return failed('unreachable', null, null);
  const { metric, network } = METRICS[connector];
  const figures: PlatformFigure[] = [];
  let quota: number | null = null;
  for (const period of Object.keys(WINDOW_OF)) {
    const proof = hmac(secret, token).toString('hex');
    const query = new URLSearchParams({ metric, period, appsecret_proof: proof });
    const url = `${graphUrl}/${encodeURIComponent(account)}/insights?${query.toString()}`;
    const answer = await call({ method: 'GET', url, token }).catch(() => null);
    if (answer === null) return failed('unreachable', quota, null);
    const usage = usageOf(answer.headers);
    quota = usage.percent ?? quota;
    if (answer.status !== 200) return failed(faultOf(answer), quota, usage.waitMs);
    figures.push(...figuresOf(answer.body, metric, network));
  }
  return { is: 'figures', figures, quota };
}

/** The last value of each period the answer holds. */
function figuresOf(body: unknown, metric: string, network: 'facebook' | 'instagram'): PlatformFigure[] {
  return listOf(fieldOf(body, 'data')).flatMap((one) => {
    const window = WINDOW_OF[wordOf(one, 'period') ?? ''];
    if (!window || wordOf(one, 'name') !== metric) return [];
    const read = listOf(fieldOf(one, 'values')).flatMap((entry) => {
      const value = fieldOf(entry, 'value');
      const asOf = Date.parse(wordOf(entry, 'end_time') ?? '');
      const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
      // Below zero stands for "too few to say", which is not 0.
      return isCount && Number.isFinite(asOf) ? [{ network, window, value, asOf }] : [];
    });
    const last = read.toSorted((a, b) => a.asOf - b.asOf).at(-1);
    return last ? [last] : [];
  });
}

function faultOf({ status, body }: Answer): 'token_refused' | 'rate_limited' | 'unreachable' {
  const code = fieldOf(fieldOf(body, 'error'), 'code');
  if (typeof code !== 'number') return status === 429 ? 'rate_limited' : 'unreachable';
  if (status === 429 || LIMITED.has(code) || (code >= 80_000 && code <= 80_014)) return 'rate_limited';
  return code === 190 || code === 102 || code === 10 || (code >= 200 && code < 300)
    ? 'token_refused'
    : 'unreachable';
}

/** The fullest of the allowances, and how long to wait for one that is used up. */
function usageOf(headers: Answer['headers']): { percent: number | null; waitMs: number | null } {
  const read = ['x-app-usage', 'x-page-usage', 'x-business-use-case-usage'].flatMap((name) => {
    const header = headers[name];
    return typeof header === 'string' && header.length < 8_192 ? usagesIn(parse(header)) : [];
  });
  const percents = read.flatMap((usage) =>
    ['call_count', 'total_time', 'total_cputime'].flatMap((name) => numberIn(usage, name)),
  );
  const waits = read
    .flatMap((usage) => numberIn(usage, 'estimated_time_to_regain_access'))
    .filter((n) => n > 0);
  return {
    percent: percents.length > 0 ? Math.min(1_000, Math.round(Math.max(...percents))) : null,
    waitMs: waits.length > 0 ? Math.max(...waits) * MINUTE : null,
  };
}

/** One usage, or lists of them by account. */
function usagesIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (fieldOf(value, 'call_count') !== undefined) return [value];
  return Object.values(value).flatMap((list) => listOf(list));
}

function numberIn(value: unknown, name: string): number[] {
  const n = fieldOf(value, name);
  return typeof n === 'number' && Number.isFinite(n) && n >= 0 ? [n] : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function failed(
  code: 'token_refused' | 'rate_limited' | 'unreachable',
  quota: number | null,
  waitMs: number | null,
): GraphAnswer {
  return { is: 'failed', code, quota, waitMs };
}
