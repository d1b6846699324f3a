import { Resolver } from 'node:dns/promises';
import { Fault } from '../../domain/fault.ts';
import { publicName } from '../../outgoing/addresses.ts';
import type { Caller } from '../../outgoing/call.ts';
import { fieldIn, listIn, textIn, textsIn } from '../foreign.ts';

const DIRECTORY = 'https://plc.directory';
const ODD = /[\p{Cc}\p{Cf}\s]/gu;

/** Text records (TXT) of a name. */
export type ResolveText = (name: string) => Promise<readonly (readonly string[])[]>;

/** What somebody wrote: a handle (a domain name) or a DID. */
export type WrittenAccount = { readonly handle: string } | { readonly did: string };

/** An account, and the server that holds it. */
export interface Identity {
  readonly did: string;
  /** Confirmed in both directions; `null` when a DID was written. */
  readonly handle: string | null;
  /** Origin of the personal data server. */
  readonly pds: string;
}

/** Asks the name servers of this machine, 2 s each and twice at most. */
export function createResolveText(): ResolveText {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return (name) => resolver.resolveTxt(name);
}

/** `@alice.bsky.social`, the address of a profile, or a DID; `null` when it is none of these. */
export function readAccount(written: string): WrittenAccount | null {
  // Copying a handle out of some clients brings invisible marks of direction along.
  const text = written.replaceAll(ODD, '');
  const name = text.replace(/^(?:https:\/\/bsky\.app\/profile\/|at:\/\/|@)/i, '').replace(/\/$/, '');
  if (isDid(name)) return { did: name };
  if (/[@/:]/.test(name)) return null;
  const handle = publicName(name);
  return handle === null ? null : { handle };
}

/**
 * Where an account lives: handle → DID (DNS, else https), DID → its document, which must claim the
 * handle in turn, → its data server. @throws Fault unreachable, overloaded
 */
export async function findIdentity(
  account: WrittenAccount,
  call: Caller,
  resolveText: ResolveText,
): Promise<Identity> {
  const handle = 'handle' in account ? account.handle : null;
  const did = 'did' in account ? account.did : await didOf(account.handle, call, resolveText);
  if (did === null) throw notFound();
  const web = /^did:web:(.+)$/.exec(did)?.[1];
  const url = web === undefined ? `${DIRECTORY}/${did}` : `https://${web}/.well-known/did.json`;
  const { status, body } = await call({ method: 'GET', url });
  const pds = dataServerIn(body, did);
  if (status !== 200 || fieldIn(body, 'id') !== did || pds === null) throw notFound();
  if (
    handle !== null &&
    !textsIn(body, 'alsoKnownAs').some((name) => name.toLowerCase() === `at://${handle}`)
  )
    throw notFound();
  return { did, handle, pds };
}

/** The origin of an https address that is a public name and nothing more; `null` otherwise. */
export function originOf(text: string | null): string | null {
  const name = text?.startsWith('https://') ? publicName(text) : null;
  return name === null ? null : `https://${name}`;
}

async function didOf(handle: string, call: Caller, resolveText: ResolveText): Promise<string | null> {
  const records = await resolveText(`_atproto.${handle}`).catch(() => []);
  const named = records.map((parts) => parts.join('')).filter((text) => text.startsWith('did='));
  if (named.length > 1) return null;
  if (named[0] !== undefined) return isDid(named[0].slice(4)) ? named[0].slice(4) : null;
  const { status, text } = await call({ method: 'GET', url: `https://${handle}/.well-known/atproto-did` });
  const did = text.trim();
  return status === 200 && isDid(did) ? did : null;
}

function dataServerIn(body: unknown, did: string): string | null {
  const service = listIn(body, 'service').find(
    (one) =>
      ['#atproto_pds', `${did}#atproto_pds`].includes(textIn(one, 'id') ?? '') &&
      fieldIn(one, 'type') === 'AtprotoPersonalDataServer',
  );
  return originOf(textIn(service, 'serviceEndpoint'));
}

/** The two methods the protocol blesses. */
function isDid(text: string): boolean {
  if (/^did:plc:[a-z2-7]{24}$/.test(text)) return true;
  const web = /^did:web:([a-z0-9.-]+)$/.exec(text)?.[1];
  return web !== undefined && publicName(web) === web;
}

/** One answer for no such account and for a server that is away: neither is told from here. */
function notFound(): Fault {
  return new Fault('unreachable', 'no account of that name could be found');
}
