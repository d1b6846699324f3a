import { Fault } from '../../domain/fault.ts';

/**
 * Address of a shop as it is kept: its host in small letters, with its folder where it has one. Fans
 * are named by it, so it is asked for and has one form. @throws Fault bad_field
 */
export function shopAddress(written: string | null): string {
  const bare = (written ?? '').trim().replace(/^https?:\/\//i, '');
  const [host = '', ...folders] = bare.split(/[?#]/, 1)[0]!.split('/').filter(Boolean);
  const address = [host.toLowerCase(), ...folders].join('/');
  if (!/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:\/[\w.~-]+)*$/.test(address) || address.length > 180)
    throw new Fault('bad_field', 'account: is the address of the shop, such as maison.myshopify.com');
  return address;
}
