import { createHash } from 'node:crypto';
import { IMPORT_HEAD, type ImportLook } from '@fanfare/contract';
import { Fault } from '../../domain/fault.ts';
import type { Run } from '../../domain/imports/reader.ts';
import { unusable, type Understood } from '../../domain/sources/delivery.ts';

/** Bytes that a file is recognised by. */
const MARKED = 65_536;

/** What a file is recognised by, to be keyed: its beginning and its size. */
export function printOf(head: Uint8Array, size: number | undefined): string {
  const digest = createHash('sha256').update(head.subarray(0, MARKED)).digest('hex');
  return `${digest} ${size ?? ''}`;
}

/** The first bytes of a file, as they were sent. @throws Fault bad_field */
export function headOf({ head }: ImportLook): Uint8Array {
  const bytes = Buffer.from(head, 'base64');
  if (bytes.length > IMPORT_HEAD) throw new Fault('bad_field', `head: more than ${IMPORT_HEAD} bytes`);
  return bytes;
}

/** Lines as parts of a delivery; of one that is no event nothing goes on but why. */
export function understood({ events, rejected }: Run): Understood[] {
  return [
    ...events.map((event): Understood => ({ is: 'engagement', event })),
    ...rejected.map(({ fault: { code } }) =>
      unusable(code === 'in_future' || code === 'too_old' ? 'out_of_time' : 'bad_shape', null),
    ),
  ];
}
