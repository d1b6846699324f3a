import { BlockList, isIP } from 'node:net';

/** Addresses that are no public server: private, local, shared, reserved, or one of these written as IPv6. */
const NOT_PUBLIC = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4');
}
/** Global unicast is 2000::/3; everything else in IPv6 is not a public server. */
const GLOBAL = new BlockList();
GLOBAL.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6');
}

/** May a request of ours go to this IP address? */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !NOT_PUBLIC.check(address, 'ipv4');
  if (isIP(address) === 6) return GLOBAL.check(address, 'ipv6') && !NOT_PUBLIC.check(address, 'ipv6');
  return false;
}

/**
 * A server's name as people write it (`mastodon.social`, `https://mastodon.social/`, `@me@mastodon.social`)
 * as a lower-case host name; `null` when it is no public name: an IP address, a port, one word alone.
 */
export function publicName(written: string): string | null {
  const text = written.trim().toLowerCase();
  const name = text
    .replace(/^https:\/\//, '')
    .replace(/\/$/, '')
    .replace(/^@?[^@/]*@/, '');
  if (name.length > 253 || /[\s?#\\:@]/.test(name) || !URL.canParse(`https://${name}/`)) return null;
  const { hostname, port, pathname, username } = new URL(`https://${name}/`);
  if (port !== '' || pathname !== '/' || username !== '' || isIP(hostname) > 0) return null;
  const labels = hostname.split('.');
  const sound =
    labels.length >= 2 && labels.every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
  const last = labels.at(-1) ?? '';
  const local = /^(?:localhost|local|internal|intranet|home|lan|test|invalid|onion|arpa)$|^\d+$/.test(last);
  return sound && !local ? hostname : null;
}
