/** No framework in the television's browser: `static/pair.js` alone, and a page that works without it. */
export const csr = false;
