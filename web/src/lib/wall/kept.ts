import type { Board, OwnDisplay } from '@fanfare/contract';

/** What a wall keeps for when it must begin without its server: never a fan's words. */
export interface Kept {
  readonly own: OwnDisplay;
  /** Each with the server's instant it was last heard at, RFC 3339. */
  readonly boards: readonly { readonly board: Board; readonly heardAt: string }[];
}

const NAME = 'fanfare-wall';
const STORE = 'kept';
const KEY = 'last';

/** Keep the last frames in the browser. A browser that cannot keeps nothing, and nothing is said of it. */
export async function keep({ own, boards }: Kept): Promise<void> {
  const bare = boards.map(({ board: { excerpts: _, ...board }, heardAt }) => ({ board, heardAt }));
  await within('readwrite', (store) => store.put(JSON.stringify({ own, boards: bare }), KEY));
}

/** What was kept, `null` when there is nothing. */
export async function readKept(): Promise<Kept | null> {
  const text: unknown = await within('readonly', (store) => store.get(KEY) as IDBRequest<unknown>);
  try {
    return typeof text === 'string' ? (JSON.parse(text) as Kept) : null;
  } catch {
    return null;
  }
}

/** Forget it: a wall that is shut out holds no numbers either. */
export async function forgetKept(): Promise<void> {
  await within('readwrite', (store) => store.delete(KEY));
}

function within<T>(
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T | null> {
  return new Promise((resolve) => {
    let opening: IDBOpenDBRequest;
    try {
      opening = indexedDB.open(NAME, 1);
    } catch {
      return resolve(null);
    }
    opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
    opening.onerror = () => resolve(null);
    opening.onsuccess = () => {
      const database = opening.result;
      const asked = act(database.transaction(STORE, mode).objectStore(STORE));
      const end = (value: T | null) => {
        database.close();
        resolve(value);
      };
      asked.onsuccess = () => end(asked.result);
      asked.onerror = () => end(null);
    };
  });
}
