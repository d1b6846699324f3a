import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { call } from '../bench/support/api.ts';
import { machineFacts } from '../bench/support/machine.ts';
import { seeded } from '../bench/support/numbers.ts';
import { TOKEN } from '../bench/support/server-process.ts';
import { Verdicts } from '../bench/support/verdicts.ts';
import { Canaries, makePeople, tell, type Person } from '../support/canaries.ts';
import { readEverything, type Surface } from '../support/read-everything.ts';
import { searchDatabase, tellPlain } from '../support/search-database.ts';
import { searchFolder, tellDisk } from '../support/search-folder.ts';
import { FanDoor } from './support/trace/fan-door.ts';
import { startMails } from './support/trace/mails.ts';
import { tellNamed } from './support/trace/named.ts';
import { openScreens, type Screens } from './support/trace/screens.ts';
import { openShop } from './support/trace/shop.ts';
import { Stage } from './support/trace/stage.ts';

/** Does anything of an erased fan stay anywhere? `pnpm drill trace [FANS] [ERASED]`; SEED repeats the canaries. */
const FANS = Number(process.argv[2] ?? 1_000);
const ERASED = Number(process.argv[3] ?? 100);
/** Erased by the form of the page in the browser, and by the fan's page altogether. */
const [BY_FORM, BY_PAGE] = [3, Math.floor(ERASED / 2)];
/** Doors for fans who come from one address each: five acts a minute are allowed to all. */
const PER_ADDRESS = 5;
/** How long files may still hold what was erased, seconds. */
const FILES_CLEAN_S = 180;
/** How long an address may still show words, milliseconds. */
const WORDS_GONE_MS = 5_000;
const [BRAND, NEVER] = ['maison', 'never'];

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
console.log(`${machineFacts()}\nseed ${seed}: ${ERASED} of ${FANS} fans are erased\n`);
const people = makePeople(FANS, seeded(seed));
const canaries = new Canaries(people);
const isGone = (n: number) => n < ERASED;
const [gone, staying] = [people.slice(0, ERASED), people.slice(ERASED)];
/** Fans who bought something: some of those to be erased, some who stay. */
const [buyers, BUYERS_FROM] = [people.slice(ERASED - 20, ERASED + 20), 100];
const verdicts = new Verdicts();
const note = (text: string) => console.log(`note  ${text}`);
const none = (text: string, where: string) =>
  verdicts.say(text === '', `${where}: ${text || 'nothing of an erased fan'}`);

const mails = await startMails();
const stage = await Stage.raise(mails.url);
let screens: Screens | null = null;
try {
  for (const brand of [BRAND, NEVER]) await stage.makeBrand(brand);
  await stage.consent(BRAND, people);
  await stage.consent(NEVER, staying);
  const first = await stage.act(BRAND, people, people);
  const others = await stage.act(NEVER, people, people);
  verdicts.say(
    first.counted === 3 * FANS && others.counted === 3 * (FANS - ERASED),
    `${first.counted} events counted; a second brand, where those to be erased never consented, counted ${others.counted}`,
  );
  const shop = await openShop(stage.url, BRAND, buyers, mails, BUYERS_FROM);
  const sold = await shop.sell();
  verdicts.say(sold.kept === buyers.length, `${sold.kept} orders of ${buyers.length} guests were linked`);
  const snapshots = await freeze();
  await stage.backUp();
  screens = await openScreens(stage.url, BRAND);
  const keys = await seenBefore(screens, snapshots);
  await eraseAll(screens);
  await replay('replayed');
  const again = await shop.sell();
  const [kept, refused] = [again.kept - sold.kept, again.refused - sold.refused];
  verdicts.say(kept === 20 && refused === 20, `orders again: ${refused} of 20 erased fans refused`);
  await seenAfter('after the erasure', snapshots, screens);
  await filesClean('after the erasure', keys);
  note('restoring the database of before the erasure; the erasure log stays');
  await stage.restore();
  await seenAfter('after the restore', [], null);
  await replay('replayed after the restore');
  await filesClean('after the restore', keys);
  for (const line of await tellNamed(stage)) note(line);
} finally {
  await screens?.close();
  await screens?.clear();
  await stage.clear();
  await mails.close();
}
verdicts.end();

/** Snapshots of two windows, where this server makes them; gives their ids. */
async function freeze(): Promise<string[]> {
  const make = ({ window, title }: { window: string; title?: string }) =>
    call<{ id: string }>(stage.url, 'POST', `/brands/${BRAND}/snapshots`, JSON.stringify({ window, title }));
  try {
    const made = [await make({ window: '1h' }), await make({ window: '24h', title: 'drill' })];
    return made.map(({ id }) => id);
  } catch (fault) {
    verdicts.say(false, `snapshots: not there yet (${String(fault)})`);
    return [];
  }
}

function readAll(ids: readonly string[]): Promise<Surface[]> {
  return readEverything(stage.url, { brand: BRAND, token: TOKEN, ids });
}

function search() {
  return stage.withDatabase(async (sql) => searchDatabase(sql, await stage.secret(), canaries));
}

/** The canaries must be where they belong, or not finding them later would say nothing. */
async function seenBefore(open: Screens, ids: readonly string[]): Promise<Buffer[]> {
  const dump = await search();
  console.log(`      dump: ${dump.rows} rows, ${dump.keys} keys and ${dump.opened} values opened`);
  console.log(`      in the clear: ${tellPlain(dump)}; sealed: ${tell(dump.sealed)}`);
  const plain = Map.groupBy(
    [...dump.plain.values()].flatMap((found) => [...found]),
    ([kind]) => kind,
  );
  const all = (kind: 'event' | 'object') => (plain.get(kind) ?? []).some(([, who]) => who.size === FANS);
  const opened = (['fan', 'evidence', 'word'] as const).every((kind) => dump.sealed.get(kind)?.size === FANS);
  const bought = dump.sealed.get('mail')?.size ?? 0;
  verdicts.say(bought === buyers.length, `before: the root key opens ${bought} proved addresses and orders`);
  verdicts.say(
    all('event') && all('object') && opened,
    'before: the dump holds everybody’s event and object, and the root key opens everybody’s network id, evidence and words',
  );
  const surfaces = await readAll(ids);
  const good = (path: RegExp) => surfaces.some((one) => one.status === 200 && path.test(one.path));
  for (const form of ['json', 'csv'])
    if (!good(new RegExp(`/metrics[.]${form}`))) verdicts.say(false, `metrics.${form}: not there yet`);
  const read = surfaces.filter(({ status }) => status === 200).length;
  console.log(`      ${read} of ${surfaces.length} addresses answered 200 with or without rights`);
  const words = [...(foundOn(surfaces).get('word') ?? [])].filter(isGone).length;
  verdicts.say(words > 0, `before: words of ${words} who will be erased are read over the API (excerpts)`);
  const shown = [...(canaries.find(await open.desk()).get('word') ?? [])].filter(isGone).length;
  verdicts.say(shown > 0, `before: words of ${shown} who will be erased are on the open desk`);
  const rows = await stage.withDatabase(
    (sql) => sql<{ key: Buffer }[]>`
      select sealed_key as key from fan where id <= ${ERASED} and brand_id = 1 order by id limit 20`,
  );
  return rows.map(({ key }) => Buffer.from(key));
}

function foundOn(surfaces: readonly Surface[]) {
  return surfaces.reduce((found, { bytes }) => canaries.find(bytes, found), canaries.find(''));
}

/** Half by the API of the brand, half by the fan’s own page, of which some by its form in the browser. */
async function eraseAll(open: Screens): Promise<void> {
  const erase = ({ fan }: Person) =>
    call(stage.url, 'POST', `/brands/${BRAND}/fans/erase`, JSON.stringify({ network: 'facebook', fan }));
  const invite = ({ fan, mail }: Person) =>
    call(
      stage.url,
      'POST',
      `/brands/${BRAND}/fans/invite`,
      JSON.stringify({ network: 'facebook', fan, email: `${mail}@example.org` }),
    );
  const byPage = gone.slice(0, BY_PAGE);
  for (const person of byPage) await invite(person);
  const linkOf = ({ mail }: Person) => mails.linkFor(`${mail}@example.org`);
  for (const person of byPage.slice(0, BY_FORM)) {
    const page = canaries.find(await open.openFan(linkOf(person)));
    verdicts.say(
      [...page.values()].some((who) => who.has(person.n)),
      'before: the fan’s page in the browser shows what is held',
    );
    none(tell(canaries.find(await open.eraseFan()), isGone), 'the fan’s page after erasing by its form');
  }
  for (const [i, person] of byPage.slice(BY_FORM).entries()) {
    const door = new FanDoor(stage.url, Math.floor(i / PER_ADDRESS));
    await door.open(BRAND, linkOf(person));
    await door.erase(BRAND);
  }
  for (const person of gone.slice(BY_PAGE)) await erase(person);
  note(`${BY_PAGE} erased by the fan’s page (${mails.count()} mails), ${ERASED - BY_PAGE} by the API`);
}

/** Every event again, and every "no" a network would send. */
async function replay(what: string): Promise<void> {
  const { counted, duplicate, refused } = await stage.act(BRAND, gone, people);
  verdicts.say(
    counted === 0 && duplicate === 0 && refused === 3 * ERASED,
    `${what}: ${refused} events of erased fans refused, ${counted + duplicate} counted`,
  );
  await stage.refuseAll(BRAND, gone);
  const differing = await stage.differences(BRAND, NEVER);
  verdicts.say(
    differing.length === 0,
    `${what}: all boards equal those of the brand where they never were ${differing.join('; ')}`,
  );
}

/** Addresses that show something of erased fans, and how many were read. */
async function goneOn(ids: readonly string[]): Promise<[string[], number]> {
  const surfaces = await readAll(ids);
  const where = surfaces.flatMap(({ path, bytes }) => {
    const text = tell(canaries.find(bytes), isGone);
    return text ? [`${path} ${text}`] : [];
  });
  return [where, surfaces.length];
}

async function seenAfter(when: string, ids: readonly string[], open: Screens | null): Promise<void> {
  const dump = await search();
  none(tellPlain(dump, isGone), `${when}: ${dump.rows} rows of the dump, in the clear`);
  none(tell(dump.sealed, isGone), `${when}: ${dump.keys + dump.opened} sealed values that still open`);
  verdicts.say(dump.sealed.get('fan')?.size === FANS - ERASED, `${when}: everybody else is still there`);
  const began = performance.now();
  let [where, count] = await goneOn(ids);
  // The public’s words are renewed once a second; the promise is five.
  while (where.length > 0 && performance.now() - began < WORDS_GONE_MS) [where, count] = await goneOn(ids);
  none(where.slice(0, 5).join('; '), `${when}: ${count} addresses, snapshots and history among them`);
  const log = await readFile(stage.logFile);
  const inLog = tell(canaries.find(log));
  verdicts.say(
    inLog === '',
    `${when}: ${log.length} bytes of log at level trace: ${inLog || 'nothing of anybody'}`,
  );
  if (!open) return;
  none(
    tell(canaries.find(await open.desk()), isGone),
    `${when}: the desk that stayed open, and all its storage`,
  );
  await open.close();
  const profile = await searchFolder(open.profile, canaries);
  none(tellDisk(profile, isGone), `${when}: ${profile.files} files of the browser’s profile`);
}

/** Files of the database keep what was deleted until they are written anew; measured until they are clean. */
async function filesClean(when: string, keys: readonly Buffer[]): Promise<void> {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1_000);
  for (;;) {
    const disk = await searchFolder(stage.dataDir, canaries, keys);
    const left = tellDisk(disk, isGone);
    const size = `${disk.files} files, ${Math.round(disk.bytes / 2 ** 20)} MiB`;
    const clean = left === '' && disk.keys.size === 0;
    if (clean || seconds() > FILES_CLEAN_S) {
      none(left, `${when}: data directory byte by byte (${size}), ${seconds()} s later`);
      verdicts.say(
        disk.keys.size === 0,
        `${when}: ${disk.keys.size} of ${keys.length} wrapped keys of erased fans left in files`,
      );
      return;
    }
    note(`${when}, ${seconds()} s: ${size}; ${left}; ${disk.keys.size} of ${keys.length} wrapped keys`);
    await sleep(15_000);
  }
}
