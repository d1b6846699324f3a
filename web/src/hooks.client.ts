import type { HandleClientError } from '@sveltejs/kit/hooks';

// Fetched once the page has nothing else to do: when it is needed, nothing can be.
const away = new Promise((resolve) => setTimeout(resolve, 300))
  .then(() => import('#lib/away/stay.ts'))
  .catch(() => null);
void away.then((loaded) => loaded?.guardForms());

/** A page that could not be fetched because nobody answers is not left. */
export const handleError: HandleClientError = async (caught) => (await away)?.stay(caught);
