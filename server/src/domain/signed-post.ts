/**
 * Posts one message, signed by Standard Webhooks, to a server we do not know.
 * @param name its id, the same at every attempt @param at milliseconds
 * @throws Fault unreachable, also when it was not taken (2xx); overloaded
 */
export type SignedPost = (
  to: { readonly url: string; readonly key: Uint8Array },
  name: string,
  payload: string,
  at: number,
) => Promise<void>;
