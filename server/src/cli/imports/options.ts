import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  DATE_FORMS,
  DELIMITERS,
  ENCODINGS,
  IMPORT_FIELDS,
  IMPORT_PROFILES,
  type ImportPlan,
  type ImportProfile,
} from '@fanfare/contract';

export const USAGE = `pnpm import-events FILE --brand B [--map FIELD=COLUMN]… [--fixed FIELD=VALUE]… [--dry-run]

Imports engagements from a CSV, TSV or NDJSON file (plain or .gz), whatever its columns are called. What
is not said is guessed from the header and told; what cannot be known is asked for, never guessed.

  --brand B          slug of the brand
  --map F=COLUMN     which column is which field; as often as needed. Fields: ${IMPORT_FIELDS.join(', ')}
  --fixed F=VALUE    network, kind, object or campaign of every line
  --mapping FILE     a plan as JSON, as --dry-run --print-plan prints it; the options above go before it
  --profile P        the file is an export of this tool (${IMPORT_PROFILES.join(', ')}); else it ends
  --dates FORM       ${DATE_FORMS.join(', ')}
  --zone ZONE        time zone of dates without one, as Europe/Paris (default: the brand's)
  --encoding E       ${ENCODINGS.join(', ')}
  --delimiter D      , ; | or tab
  --dry-run          read the whole file, tell what would be rejected and why, send nothing
  --print-plan       print how the file is read, as JSON
  --restart          do not go on with an import of this file that was cut off: begin anew
  --url U            address of the server (default PUBLIC_URL, else http://localhost:3000)
  --token T          token (default FANFARE_ADMIN_TOKEN, else the one in DATA_DIR)

Cut off, run it again: it goes on where the server has committed. The same file twice changes nothing.
Lines that are rejected go to FILE.rejected.csv, by number and reason. Lines of people who did not consent
are refused and counted, and not told one by one.
Exit code: 0 every line is an event, 1 some lines were rejected, 2 it could not go on, 130 interrupted.`;

export interface EventsOptions {
  readonly file: string;
  readonly brand: string;
  readonly plan: Partial<ImportPlan>;
  readonly profile?: ImportProfile;
  readonly dryRun: boolean;
  readonly printPlan: boolean;
  readonly restart: boolean;
  readonly url?: string;
  readonly token?: string;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;

/** Read the arguments; `null` when help is asked for. @throws Error that says what is wrong */
export function readOptions(
  args: readonly string[],
  resolve: (path: string) => string,
): EventsOptions | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...{
        brand: text,
        mapping: text,
        profile: text,
        dates: text,
        zone: text,
        encoding: text,
        delimiter: text,
      },
      ...{ url: text, token: text, 'dry-run': flag, 'print-plan': flag, restart: flag },
      map: { type: 'string', multiple: true, default: [] },
      fixed: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error('one FILE is needed');
  if (values.brand === undefined) throw new Error('--brand is needed');
  const { brand, url, token, zone, mapping } = values;
  const kept =
    mapping === undefined ? {} : (JSON.parse(readFileSync(resolve(mapping), 'utf8')) as Partial<ImportPlan>);
  const delimiter = values.delimiter === 'tab' ? '\t' : values.delimiter;
  const profile = oneOf('profile', values.profile, IMPORT_PROFILES);
  return {
    ...{ file, brand, dryRun: values['dry-run'], printPlan: values['print-plan'], restart: values.restart },
    ...(url === undefined ? {} : { url }),
    ...(token === undefined ? {} : { token }),
    ...(profile === undefined ? {} : { profile }),
    plan: {
      ...kept,
      columns: { ...kept.columns, ...pairsOf('map', values.map, IMPORT_FIELDS) },
      fixed: { ...kept.fixed, ...pairsOf('fixed', values.fixed, ['network', 'kind', 'object', 'campaign']) },
      ...given('dates', oneOf('dates', values.dates, DATE_FORMS)),
      ...given('encoding', oneOf('encoding', values.encoding, ENCODINGS)),
      ...given('delimiter', oneOf('delimiter', delimiter, DELIMITERS)),
      ...given('zone', zone),
    },
  };
}

function given<K extends keyof ImportPlan>(name: K, value: ImportPlan[K] | undefined): Partial<ImportPlan> {
  return value === undefined ? {} : { [name]: value };
}

function oneOf<T extends string>(name: string, value: string | undefined, all: readonly T[]): T | undefined {
  if (value === undefined) return undefined;
  const found = all.find((one) => one === value);
  if (found === undefined) throw new Error(`--${name} is one of ${all.join(' ')}`);
  return found;
}

function pairsOf(name: string, pairs: readonly string[], fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair): [string, string] => {
      const at = pair.indexOf('=');
      const [field, value] = [pair.slice(0, at), pair.slice(at + 1)];
      if (at < 1 || !fields.includes(field) || value === '')
        throw new Error(`--${name} takes FIELD=VALUE, where FIELD is one of ${fields.join(', ')}`);
      return [field, value];
    }),
  );
}
