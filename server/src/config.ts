import { isIP } from 'node:net';

/** Settings of one installation, checked. Instants and sizes carry their unit in the name. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** The address people use, without a slash at the end. */
  readonly publicUrl: string;
  /** Origins that may use cookies and open sockets. */
  readonly origins: readonly string[];
  /** Networks whose word for who asks (X-Forwarded-For) is taken: addresses with a prefix length. */
  readonly trustedProxies: readonly string[];
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
  readonly adminToken: string | undefined;
  readonly secret: string | undefined;
  readonly logLevel: LogLevel;
  readonly suppressionK: number;
  /** Path of an ONNX text classifier to use instead of the built-in one. */
  readonly sentimentModel: string | undefined;
  /** Sockets open at once: of one address without a sign-in, of one member or token, of one organisation. */
  readonly sockets: {
    readonly perAddress: number;
    readonly perMember: number;
    readonly perOrganisation: number;
  };
  /** Mail server, `smtp://` or `smtps://`; absent: links are given to whoever invites. */
  readonly smtpUrl: string | undefined;
  /** Sender of mails. */
  readonly mailFrom: string;
  /** Application at Meta, for Facebook Login; absent: that way is not offered. */
  readonly metaApp: MetaSettings | undefined;
  /** Meta's Graph API with its version, without a slash at the end. */
  readonly metaGraphUrl: string;
  /** Address of the Jetstream that is listened to for Bluesky, without a query. */
  readonly jetstreamUrl: string;
  /** Path of the Chromium that draws PDF and PNG; absent: one in a usual place. */
  readonly chromiumPath: string | undefined;
  /** The company's own sign-in (OpenID Connect); absent: that way is not offered. */
  readonly company: CompanySettings | undefined;
  /** Start the demonstration brand when there is no brand yet. */
  readonly demonstration: boolean;
}

/** An application at Meta. */
export interface MetaSettings {
  readonly id: string;
  readonly secret: string;
  /** The Graph API with its version, without a slash at the end. */
  readonly graphUrl: string;
}

/** An OpenID Connect provider. */
export interface CompanySettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What its button says. */
  readonly name: string;
  /** Mail domains whose people may join by themselves, and what they are then. */
  readonly domains: readonly string[];
  readonly role: 'manager' | 'analyst' | 'compliance';
  /** It may have a private address, and speak http. */
  readonly inside: boolean;
}

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A setting is wrong: one clear line that names it. */
export class ConfigFault extends Error {
  override readonly name = 'ConfigFault';
}

type Env = Readonly<Record<string, string | undefined>>;

/** Read the settings (contract §2). @throws ConfigFault for the first bad one */
export function readConfig(env: Env): Config {
  const get = (name: string) => (env[name] === undefined || env[name] === '' ? undefined : env[name]);
  const host = get('HOST') ?? '127.0.0.1';
  const port = whole('PORT', get('PORT') ?? '3000', 0, 65_535);
  const databaseUrl = get('DATABASE_URL');
  const secret = get('FANFARE_SECRET');
  const adminToken = get('FANFARE_ADMIN_TOKEN');
  if (databaseUrl !== undefined && !/^postgres(?:ql)?:\/\//.test(databaseUrl)) {
    throw new ConfigFault('DATABASE_URL must start with postgres:// or postgresql://');
  }
  if (databaseUrl !== undefined && secret === undefined) {
    throw new ConfigFault(
      'FANFARE_SECRET is required when DATABASE_URL is set: the data cannot be read without it',
    );
  }
  if (secret !== undefined && secret.length < 32)
    throw new ConfigFault('FANFARE_SECRET needs at least 32 characters');
  if (adminToken !== undefined && adminToken.length < 32) {
    throw new ConfigFault('FANFARE_ADMIN_TOKEN needs at least 32 characters');
  }
  if (get('NATS_URL') !== undefined)
    throw new ConfigFault('NATS_URL is not supported yet: one process serves a database');
  const publicUrl = readUrl(get('PUBLIC_URL') ?? `http://localhost:${port}`);
  const given = get('PUBLIC_URL') !== undefined;
  const graphUrl = readGraph(get('META_GRAPH_URL') ?? 'https://graph.facebook.com/v23.0');
  return Object.freeze({
    host,
    port,
    publicUrl,
    origins: given ? [new URL(publicUrl).origin] : [`http://localhost:${port}`, `http://127.0.0.1:${port}`],
    trustedProxies: readNetworks(get('TRUST_PROXY')),
    databaseUrl,
    dataDir: get('DATA_DIR') ?? './data',
    adminToken,
    secret,
    logLevel: oneOf('LOG_LEVEL', get('LOG_LEVEL') ?? 'info', LOG_LEVELS),
    suppressionK: whole('SUPPRESSION_K', get('SUPPRESSION_K') ?? '10', 1, 1_000),
    sentimentModel: get('SENTIMENT_MODEL'),
    sockets: {
      perAddress: whole('SOCKETS_PER_ADDRESS', get('SOCKETS_PER_ADDRESS') ?? '20', 1, 100_000),
      perMember: whole('SOCKETS_PER_MEMBER', get('SOCKETS_PER_MEMBER') ?? '200', 1, 100_000),
      perOrganisation: whole(
        'SOCKETS_PER_ORGANISATION',
        get('SOCKETS_PER_ORGANISATION') ?? '2000',
        1,
        1_000_000,
      ),
    },
    smtpUrl: readSmtp(get('SMTP_URL')),
    mailFrom: readSender(get('MAIL_FROM') ?? `Fanfare <no-reply@${new URL(publicUrl).hostname}>`),
    metaApp: readMeta(get('META_APP_ID'), get('META_APP_SECRET'), graphUrl),
    metaGraphUrl: graphUrl,
    jetstreamUrl: readStream(get('JETSTREAM_URL') ?? 'wss://jetstream2.us-east.bsky.network/subscribe'),
    chromiumPath: get('CHROMIUM_PATH'),
    company: readCompany(get),
    demonstration: oneOf('DEMONSTRATION', get('DEMONSTRATION') ?? 'on', ['on', 'off']) === 'on',
  });
}

function whole(name: string, text: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new ConfigFault(
    `${name} must be a whole number from ${least} to ${most}, not "${text.slice(0, 40)}"`,
  );
}

function oneOf<T extends string>(name: string, text: string, values: readonly T[]): T {
  const value = values.find((known) => known === text);
  if (value !== undefined) return value;
  throw new ConfigFault(`${name} must be one of ${values.join(', ')}, not "${text.slice(0, 40)}"`);
}

function readNetworks(text: string | undefined): readonly string[] {
  const names = (text ?? '').split(',').map((name) => name.trim());
  return names.flatMap((name) => {
    if (name === '') return [];
    if (name === 'loopback') return ['127.0.0.0/8', '::1/128'];
    const [address = '', prefix, ...more] = name.split('/');
    const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const bits = prefix === undefined ? longest : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Infinity;
    // A network of everybody would let anyone write down who they are.
    if (more.length === 0 && bits >= 1 && bits <= longest) return [`${address}/${bits}`];
    throw new ConfigFault(
      `TRUST_PROXY must be loopback, or networks such as 10.0.0.0/8 with commas between, not "${name.slice(0, 40)}"`,
    );
  });
}

function readSmtp(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : null;
  if ((url?.protocol === 'smtp:' || url?.protocol === 'smtps:') && url.hostname !== '') return text;
  // Not repeated in the message: it may hold a password.
  throw new ConfigFault('SMTP_URL must look like smtp://name:password@mail.example:587 (or smtps://)');
}

function readGraph(text: string): string {
  if (/^https?:\/\/[^\s/?#]+\/v\d+\.\d+\/?$/.test(text) && URL.canParse(text)) return text.replace(/\/$/, '');
  throw new ConfigFault(
    'META_GRAPH_URL must be an address with a version, such as https://graph.facebook.com/v23.0',
  );
}

function readStream(text: string): string {
  if (/^wss?:\/\/[^\s?#]+$/.test(text) && URL.canParse(text)) return text;
  throw new ConfigFault(
    'JETSTREAM_URL must be a websocket address without a query, such as wss://jetstream2.us-east.bsky.network/subscribe',
  );
}

function readMeta(
  id: string | undefined,
  secret: string | undefined,
  graphUrl: string,
): MetaSettings | undefined {
  if (id === undefined && secret === undefined) return undefined;
  if (id === undefined || secret === undefined)
    throw new ConfigFault('META_APP_ID and META_APP_SECRET are set together or not at all');
  if (!/^[1-9]\d{4,31}$/.test(id)) throw new ConfigFault('META_APP_ID must be the number of an application');
  // Not repeated in the message.
  if (!/^[0-9a-f]{32}$/i.test(secret)) throw new ConfigFault('META_APP_SECRET must be 32 hexadecimal digits');
  return { id, secret, graphUrl };
}

function readCompany(get: (name: string) => string | undefined): CompanySettings | undefined {
  const [issuer, clientId, clientSecret] = [
    get('OIDC_ISSUER'),
    get('OIDC_CLIENT_ID'),
    get('OIDC_CLIENT_SECRET'),
  ];
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new ConfigFault(
      'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are set together or not at all',
    );
  const inside = oneOf('OIDC_INSIDE', get('OIDC_INSIDE') ?? 'off', ['on', 'off']) === 'on';
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  if (url?.protocol !== 'https:' && !(inside && url?.protocol === 'http:'))
    throw new ConfigFault('OIDC_ISSUER must be an https address (http only with OIDC_INSIDE=on)');
  const domains = (get('OIDC_DOMAINS') ?? '').split(',').map((name) => name.trim().toLowerCase());
  const bad = domains.find((name) => name !== '' && !/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/.test(name));
  if (bad !== undefined)
    throw new ConfigFault(`OIDC_DOMAINS must be mail domains with commas between, not "${bad.slice(0, 40)}"`);
  return {
    issuer,
    clientId,
    clientSecret,
    name: (get('OIDC_NAME') ?? url.hostname).slice(0, 40),
    domains: domains.filter((name) => name !== ''),
    role: oneOf('OIDC_ROLE', get('OIDC_ROLE') ?? 'analyst', ['manager', 'analyst', 'compliance']),
    inside,
  };
}

function readSender(text: string): string {
  if (/^[^<>@\r\n]*<[^<>@\s]+@[^<>@\s]+>$|^[^<>@\s]+@[^<>@\s]+$/.test(text)) return text;
  throw new ConfigFault(`MAIL_FROM must be an address such as "Fanfare <no-reply@example.org>"`);
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href.replace(/\/$/, '');
  throw new ConfigFault(`PUBLIC_URL must be an http or https address, not "${text.slice(0, 80)}"`);
}
