import { createHash } from 'node:crypto';
import type { DeliveryBody, Network, ReplayAnswer, SourceError } from '@fanfare/contract';
import type { Connector, Handshake, MapContext } from '../domain/sources/connector.ts';
import { unusable, type Delivery, type Understood } from '../domain/sources/delivery.ts';
import { deletionCode } from '../domain/sources/deletion.ts';
import { activeSecrets, type Source } from '../domain/sources/source.ts';
import { Fault } from '../domain/fault.ts';
import { createPseudonyms, type Pseudonyms } from '../domain/pseudonym.ts';
import type { BrandRecord, Clock } from '../parts.ts';
import { CONNECTOR } from './connectors.ts';
import { Intake, type IntakeParts, type Taken } from './intake.ts';
import { readSignedRequest, type SignedRequest } from './meta/signed-request.ts';
import { readJson } from './read-json.ts';
import type { Recent } from './recent.ts';
import { redacted } from './redact.ts';

export interface DoorParts extends IntakeParts {
  readonly recent: Recent;
  readonly clock: Clock;
}

/** What all connectors with an address have in common: check, understand, commit, and only then answer. */
export class Door {
  readonly #parts: DoorParts;
  readonly #intake: Intake;
  readonly #recent: Recent;
  readonly #names = new WeakMap<Uint8Array, Pseudonyms>();

  constructor(parts: DoorParts) {
    this.#parts = parts;
    this.#recent = parts.recent;
    this.#intake = new Intake(parts);
  }

  /** The source at an address, with its brand. @throws Fault not_found */
  at(address: string): { readonly source: Source; readonly brand: BrandRecord } {
    const source = this.#parts.book.find(address);
    const brand = source && this.#parts.brandOf(source);
    if (!source || !brand) throw new Fault('not_found');
    return { source, brand: brand.record };
  }

  /** Something went wrong before a delivery could be looked at. */
  failed(source: Source, code: SourceError): void {
    this.#parts.book.note(source, { lastError: { code, at: this.#parts.clock() } });
  }

  /** Answer a network that asks whether the address is ours. @throws Fault not_found, forbidden */
  confirm(address: string, query: Readonly<Record<string, unknown>>): Handshake {
    const { source } = this.at(address);
    const { handshake } = CONNECTOR[source.connector];
    if (!handshake) throw new Fault('not_found');
    const answer = handshake(query, activeSecrets(source.secrets), source.secrets.verify);
    if (answer === null) throw new Fault('forbidden', 'this is not the word that was agreed');
    this.#parts.book.note(source, { confirmedAt: this.#parts.clock() });
    return answer;
  }

  /**
   * Take a delivery in: when this returns, all of it is committed.
   * @throws Fault not_found, unauthenticated, too_large, overloaded
   */
  async receive(address: string, delivery: Delivery): Promise<void> {
    const { source, brand } = this.at(address);
    const connector = CONNECTOR[source.connector];
    if (connector.secretBy === 'nobody') throw new Fault('not_found');
    if (connector.isPing?.(delivery)) return;
    if (!connector.verify(delivery, activeSecrets(source.secrets))) throw this.#forged(source);
    const id = connector.idOf?.(delivery) ?? createHash('sha256').update(delivery.body).digest('base64url');
    const value = readJson(delivery.body);
    const context = this.#contextOf(source, brand, connector, connector.topicOf?.(delivery));
    await this.#take(
      source,
      this.#takenAs(source, brand, id),
      redacted(value ?? null, connector.open(value)),
      () => (value === undefined ? [unusable('bad_json', null)] : connector.map(value, context)),
    );
  }

  /**
   * A signed form of Meta's: somebody left the application, or asks for deletion.
   * @returns the code that confirms a deletion
   * @throws Fault not_found, unauthenticated, bad_field
   */
  async callback(address: string, form: URLSearchParams, erase: boolean): Promise<string> {
    const { source, brand } = this.at(address);
    if (!CONNECTOR[source.connector].callbacks) throw new Fault('not_found');
    const text = form.get('signed_request');
    const request = readSignedRequest(text, activeSecrets(source.secrets));
    if (!request) throw this.#forged(source);
    const now = this.#parts.clock();
    const name = `${erase ? 'deletion' : 'deauthorize'} ${text ?? ''}`;
    // What came back since the first form is deleted by the second too.
    const id = createHash('sha256')
      .update(erase ? `${name} ${now}` : name)
      .digest('base64url');
    const shape = JSON.stringify({ signed_request: '<text>' });
    await this.#take(source, this.#takenAs(source, brand, id), shape, () => [
      leaving(request, CONNECTOR[source.connector].network, erase, now),
    ]);
    return deletionCode(brand, now);
  }

  /** Put what is kept of an unusable part through again, once. @throws Fault not_found, already_replayed */
  async replay(source: Source, letter: string): Promise<ReplayAnswer> {
    const { deliveries, clock } = this.#parts;
    const { brand } = this.at(source.address);
    const kept = await deliveries.letter(source, letter);
    if (!kept) throw new Fault('not_found', 'there is no such letter');
    const connector = CONNECTOR[source.connector];
    const taken = { ...this.#takenAs(source, brand, `replay ${letter}`), keeps: false };
    const value: unknown = JSON.parse(kept.shape);
    const context = this.#contextOf(source, brand, connector);
    const answer =
      kept.replayedAt === null
        ? await this.#intake.take(source, taken, () => connector.map(value, context))
        : null;
    if (answer === null) throw new Fault('already_replayed');
    await deliveries.replayed(source, letter, clock());
    return answer;
  }

  async #take(
    source: Source,
    taken: Taken,
    shape: string,
    understand: () => readonly Understood[],
  ): Promise<void> {
    let understood: readonly Understood[] = [];
    const tell = (outcome: DeliveryBody['outcome']) =>
      this.#recent.add(source.address, taken.at, outcome, understood, shape);
    try {
      const answer = await this.#intake.take(source, taken, () => (understood = understand()));
      tell(answer === null ? 'repeated' : 'taken');
    } catch (fault) {
      const tooLarge = fault instanceof Fault && fault.code === 'too_large';
      this.failed(source, tooLarge ? 'too_large' : 'not_committed');
      tell('not_committed');
      throw fault;
    }
  }

  #forged(source: Source): Fault {
    const at = this.#parts.clock();
    this.#parts.book.note(source, { counts: { forged: 1 }, lastError: { code: 'bad_signature', at } });
    this.#recent.add(source.address, at, 'bad_signature', [], null);
    return new Fault('unauthenticated', 'the signature is not that of this source');
  }

  #takenAs({ connector }: Source, brand: BrandRecord, id: string): Taken {
    const key = this.#namesOf(brand).event(`delivery ${connector}`, id);
    return { key, at: this.#parts.clock(), open: CONNECTOR[connector].open, keeps: true };
  }

  #contextOf(
    { account }: Source,
    brand: BrandRecord,
    { network }: Connector,
    topic: string | null = null,
  ): MapContext {
    const names = this.#namesOf(brand);
    return { now: this.#parts.clock(), account, topic, mask: (person) => names.person(network, person) };
  }

  #namesOf({ pseudonymKey }: BrandRecord): Pseudonyms {
    const held = this.#names.get(pseudonymKey) ?? createPseudonyms(pseudonymKey);
    this.#names.set(pseudonymKey, held);
    return held;
  }
}

/** A Page that removes the application is nobody who withdraws. */
function leaving(
  { user, page, at }: SignedRequest,
  network: Network,
  erase: boolean,
  now: number,
): Understood {
  const part = { signed_request: { user_id: user === null ? 0 : '<text>' } };
  if (user === null) return unusable(page === null ? 'no_person' : 'account_left', part);
  const instant = Math.min(now, at === null ? now : at + 999);
  return { is: 'withdrawal', network, fan: user, at: erase ? now : instant, erase };
}
