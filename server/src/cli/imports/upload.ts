import {
  IMPORT_HEAD,
  sendParts,
  type ImportBody,
  type ImportDraft,
  type ImportLook,
  type ImportLooked,
  type ImportPlan,
  type ImportPreview,
} from '@fanfare/contract';
import { ReplayFault, type Sender } from '../replay/sender.ts';
import type { EventsOptions } from './options.ts';
import type { PartReader } from './part-reader.ts';
import { FAULTS, GAPS } from './words.ts';

/** The beginning of a file. */
export interface Head {
  readonly head: Uint8Array;
  readonly whole: boolean;
}

/** Read the beginning of a file. @throws Error */
export async function headOf(file: PartReader): Promise<Head> {
  const { bytes, isLast } = await file.read(0, IMPORT_HEAD);
  return { head: bytes, whole: isLast };
}

/** How the file is to be read: what the options say, the rest as the server understands it. @throws Error in words */
export async function planFor(
  sender: Sender,
  file: PartReader,
  head: Head,
  { plan, profile }: Pick<EventsOptions, 'plan' | 'profile'>,
): Promise<ImportPreview> {
  const first = await look(sender, file, head);
  if (profile !== undefined && first.profile !== profile)
    throw new Error(
      `this is no export of ${profile}${first.profile === null ? '' : `, but of ${first.profile}`}`,
    );
  const { columns, fixed } = first.plan;
  const asked: ImportPlan = {
    ...{ ...first.plan, ...plan },
    columns: { ...without(columns, plan.columns, plan.fixed), ...plan.columns },
    fixed: { ...fixed, ...plan.fixed },
  };
  const second = await look(sender, file, head, asked);
  const [...lacks] = second.gaps.map((gap) => `  ${GAPS[gap]}`);
  if (lacks.length === 0) return second;
  throw new Error(`Columns: ${second.columns.join(', ')}\nIt must be said:\n${lacks.join('\n')}`);
}

/** Guesses that do not stand in the way of what is said: a column is one thing, a fixed value needs none. */
function without(
  guessed: ImportPlan['columns'],
  said: ImportPlan['columns'] = {},
  fixed: ImportPlan['fixed'] = {},
): ImportPlan['columns'] {
  const used = new Set(Object.values(said));
  return Object.fromEntries(
    Object.entries(guessed).filter(([field, column]) => !used.has(column) && !(field in fixed)),
  );
}

async function look(
  sender: Sender,
  file: PartReader,
  { head, whole }: Head,
  plan?: ImportPlan,
): Promise<ImportPreview> {
  const body: ImportLook = {
    head: Buffer.from(head).toString('base64'),
    whole,
    ...(file.size === null ? {} : { size: file.size }),
    ...(plan ? { plan } : {}),
  };
  const looked = await sender.post<ImportLooked>('/imports/look', 'application/json', JSON.stringify(body));
  if ('fault' in looked) throw new Error(FAULTS[looked.fault]);
  return looked;
}

/** The import of this file that was cut off, else a new one. */
export async function importOf(
  sender: Sender,
  file: PartReader,
  { head, whole }: Head,
  { mark, plan }: ImportPreview,
  { name, restart }: { readonly name: string; readonly restart: boolean },
): Promise<ImportBody> {
  const held = (await (await sender.get('/imports')).json()) as readonly ImportBody[];
  const open = held.find((one) => one.state === 'open' && one.mark === mark);
  if (open && !restart) return open;
  const draft: ImportDraft = {
    ...{ head: Buffer.from(head).toString('base64'), whole, plan, name: name.slice(0, 120) },
    ...(file.size === null ? {} : { size: file.size }),
  };
  return sender.post<ImportBody>('/imports', 'application/json', JSON.stringify(draft));
}

/** Send the file to its end. */
export function upload(
  sender: Sender,
  file: PartReader,
  one: ImportBody,
  told: (one: ImportBody) => void,
): Promise<ImportBody> {
  return sendParts(one, {
    read: file.read,
    async send({ id, offset }, bytes, isLast) {
      const path = `/imports/${id}/parts?offset=${offset}${isLast ? '&last=1' : ''}`;
      try {
        return await sender.post<ImportBody>(path, 'application/octet-stream', bytes);
      } catch (fault) {
        // An answer was lost: the part is in already.
        if (fault instanceof ReplayFault && fault.code === 'import_elsewhere') return null;
        throw fault;
      }
    },
    look: async (id) => (await (await sender.get(`/imports/${id}`)).json()) as ImportBody,
    told,
  });
}
