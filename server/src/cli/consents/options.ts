import { parseArgs } from 'node:util';

export const USAGE = `pnpm import-consents FILE --brand B [--url U] [--token T]

Records proofs of consent that were given elsewhere. FILE is a CSV or NDJSON (plain or .gz), one
record a line, in UTF-8. Columns of a CSV, in any order: network, fan, at, age, method,
notice_version, notice_locale; evidence and expires if there are any; and one for each purpose
(measure, influence, quote, wall, purchases, offers) with yes, no, oui, non, true, false, 1, 0, or
nothing to keep its state. The delimiter is a comma or a semicolon.

  --brand B  slug of the brand
  --url U    address of the server (default PUBLIC_URL, else http://localhost:3000)
  --token T  token (default FANFARE_ADMIN_TOKEN, else the one in DATA_DIR)

Lines that are refused go to FILE.refused.csv with their number and the reason; the others count.
Cut off, run it again: a record that is held already is not recorded twice.
Exit code: 0 every line was taken, 1 some were refused, 2 it could not go on.`;

export interface ImportOptions {
  readonly file: string;
  readonly brand: string;
  readonly url?: string;
  readonly token?: string;
}

/** Read the arguments; `null` when help is asked for. @throws Error that says what is wrong */
export function readOptions(args: readonly string[]): ImportOptions | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      brand: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error('one FILE is needed');
  if (values.brand === undefined) throw new Error('--brand is needed');
  const { brand, url, token } = values;
  return { file, brand, ...(url === undefined ? {} : { url }), ...(token === undefined ? {} : { token }) };
}
