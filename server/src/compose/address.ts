import type { AddressInfo } from 'node:net';
import { BlockList, isIP } from 'node:net';

/**
 * Who connects a socket: the last address of X-Forwarded-For that is no trusted proxy, believed only
 * from one. The same rule as Fastify's for requests. @param trusted addresses with a prefix length
 */
export function createAddressOf(
  trusted: readonly string[],
): (remote: string, forwarded: string | string[] | undefined) => string {
  const proxies = new BlockList();
  for (const network of trusted) {
    const [address = '', bits] = network.split('/');
    proxies.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  const isProxy = (address: string): boolean => {
    const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '');
    const family = isIP(mapped);
    return family > 0 && proxies.check(mapped, family === 6 ? 'ipv6' : 'ipv4');
  };
  return (remote, forwarded) => {
    const named = [forwarded ?? []].flat().join(',').split(',');
    let address = remote;
    for (const next of named.reverse().map((one) => one.trim())) {
      if (!isProxy(address) || isIP(next) === 0) break;
      address = next;
    }
    return address;
  };
}

/** Where this process finds itself. */
export function ownAddress({ port, family, address }: AddressInfo): string {
  const loopback = family === 'IPv6' ? '[::1]' : '127.0.0.1';
  const host = family === 'IPv6' ? `[${address}]` : address;
  return `http://${address === '::' || address === '0.0.0.0' ? loopback : host}:${port}`;
}
