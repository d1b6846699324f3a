/** Paper runs no script. */
export const csr = false;
