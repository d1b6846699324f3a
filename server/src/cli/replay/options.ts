import { parseArgs } from 'node:util';

export const USAGE = `pnpm replay FILE --brand B [--speed X] [--shift now] [--url U] [--token T]

Sends an NDJSON file of events (plain or .gz) to the HTTP API at the pace of its timestamps.

  --brand B    slug of the brand
  --speed X    X times faster (default 1); 0 or max: as fast as it goes
  --shift now  the file starts now: each event gets the instant at which it is sent; without it
               events keep theirs, which must lie within the last 25 months
  --url U      address of the server (default PUBLIC_URL, else http://localhost:3000)
  --token T    token (default FANFARE_ADMIN_TOKEN, else the one in DATA_DIR)

Exit code: 0 everything was taken in, 1 some events were rejected, 2 it could not go on.`;

export interface ReplayOptions {
  readonly file: string;
  readonly brand: string;
  /** Times faster than the timestamps; Infinity: as fast as it goes. */
  readonly speed: number;
  readonly shift: boolean;
  readonly url?: string;
  readonly token?: string;
}

/** Read the arguments; `null` when help is asked for. @throws Error that says what is wrong */
export function readOptions(args: readonly string[]): ReplayOptions | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      brand: { type: 'string' },
      speed: { type: 'string', default: '1' },
      shift: { type: 'string' },
      url: { type: 'string' },
      token: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error('one FILE is needed');
  if (values.brand === undefined) throw new Error('--brand is needed');
  if (values.shift !== undefined && values.shift !== 'now') throw new Error('--shift can only be "now"');
  return {
    file,
    brand: values.brand,
    speed: readSpeed(values.speed),
    shift: values.shift === 'now',
    ...(values.url === undefined ? {} : { url: values.url }),
    ...(values.token === undefined ? {} : { token: values.token }),
  };
}

function readSpeed(text: string): number {
  const speed = text === 'max' ? 0 : /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(speed)) throw new Error(`--speed is a number or "max", not "${text}"`);
  return speed === 0 ? Number.POSITIVE_INFINITY : speed;
}
