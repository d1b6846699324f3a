import type { Snapshot } from '@fanfare/contract';
import {
  SHEET_TITLES,
  columnsOf,
  instant,
  number,
  text,
  words,
  type Cell,
  type Sheet,
  type Words,
} from './sheet.ts';
import { POLICIES } from '../sector/policy.ts';
import { wallClock } from './wall-clock.ts';

/** What every file says beside its numbers, in the order of the sheet. */
const FIELDS = {
  title: ['Titre', 'Title'],
  brand: ['Marque', 'Brand'],
  brand_slug: ['Marque, nom court', 'Brand, short name'],
  demonstration: ['Démonstration, chiffres inventés', 'Demonstration, invented figures'],
  warning: ['Mention légale', 'Legal notice'],
  window: ['Période', 'Window'],
  from: ['Début (UTC)', 'Start (UTC)'],
  from_local: ['Début (heure locale)', 'Start (local time)'],
  to: ['Fin (UTC)', 'End (UTC)'],
  to_local: ['Fin (heure locale)', 'End (local time)'],
  time_zone: ['Fuseau horaire', 'Time zone'],
  as_of: ['Chiffres à l’instant (UTC)', 'Figures as of (UTC)'],
  as_of_local: ['Chiffres à l’instant (heure locale)', 'Figures as of (local time)'],
  created_at: ['Figé (UTC)', 'Frozen (UTC)'],
  audience: ['Public visé', 'Audience'],
  k: ['Seuil : nombre de fans sous lequel un chiffre est masqué', 'Threshold: fewer fans are hidden'],
  coverage: ['Couverture', 'Coverage'],
  hidden_cells: ['Cases masquées', 'Hidden cells'],
  hidden_buckets: ['Intervalles masqués', 'Hidden intervals'],
  definitions: ['Définitions', 'Definitions'],
  seq: ['Numéro de trame', 'Frame number'],
  id: ['Instantané', 'Snapshot'],
  sha256: ['SHA-256', 'SHA-256'],
  link: ['Lien', 'Link'],
  format: ['Format', 'Format'],
} as const;
type Field = keyof typeof FIELDS;

const YES: Words = { fr: 'oui', en: 'yes' };
const NO: Words = { fr: 'non', en: 'no' };

/** What a snapshot is of, as a table. @param sha256 of the snapshot, hexadecimal @param link where it can be seen */
export function aboutSheet(snapshot: Snapshot, sha256: string, link: string): Sheet {
  const { brand, window, asOf } = snapshot;
  const { healthMessage } = POLICIES[brand.sector];
  const clock = wallClock(window.timeZone);
  const local = (at: string): Cell => ({ type: 'local', value: clock(Date.parse(at)) });
  const { cells, buckets } = hiddenCount(snapshot);
  const content: Readonly<Record<Field, Cell>> = {
    title: text(snapshot.title),
    brand: text(brand.name),
    brand_slug: text(brand.slug),
    demonstration: words(brand.demonstration ? YES : NO),
    warning: healthMessage ? words(healthMessage) : null,
    window: text(window.name),
    from: instant(window.from),
    from_local: local(window.from),
    to: instant(window.to),
    to_local: local(window.to),
    time_zone: text(window.timeZone),
    as_of: instant(asOf),
    as_of_local: local(asOf),
    created_at: instant(snapshot.createdAt),
    audience: text(snapshot.audience),
    k: number(snapshot.k),
    coverage: number(snapshot.coverage),
    hidden_cells: number(cells),
    hidden_buckets: number(buckets),
    definitions: text(snapshot.definitions.map(({ id }) => id).join(', ')),
    seq: number(snapshot.seq),
    id: text(snapshot.id),
    sha256: text(sha256),
    link: text(link),
    format: text(snapshot.format),
  };
  const rows = (Object.keys(FIELDS) as Field[]).map((field): Cell[] => {
    const [fr, en] = FIELDS[field];
    return [words({ fr, en }), content[field], text(field)];
  });
  return {
    name: 'about',
    title: SHEET_TITLES.about,
    columns: columnsOf('label', 'content', 'field'),
    rows: rows.filter(([, cell]) => cell !== null),
  };
}

/** Number of hidden cells of measures and tables, and of hidden buckets. */
function hiddenCount({ hidden }: Snapshot): { cells: number; buckets: number } {
  const cells = Object.values(hidden.breakdowns).reduce((sum, keys) => sum + keys.length, 0);
  const runs = Object.values(hidden.series).flat() as (readonly [number, number])[];
  return {
    cells: hidden.measures.length + cells,
    buckets: runs.reduce((sum, [first, last]) => sum + last - first + 1, 0),
  };
}
