/**
 * Name of one of our cookies. Behind https it has the prefix with which browsers take it from this very
 * host alone, over https, for all paths: no neighbouring subdomain can set or replace it.
 */
export function cookieName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}
