import { describe, expect, it } from 'vitest';
import { isPublicAddress, publicName } from './addresses.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '151.101.1.1', '2606:4700::1111'])('%s is', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'ff02::1',
    'not an address',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('publicName', () => {
  it.each([
    ['mastodon.social', 'mastodon.social'],
    [' HTTPS://Mastodon.Social/ ', 'mastodon.social'],
    ['@me@piaille.fr', 'piaille.fr'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('%s', (written, name) => expect(publicName(written)).toBe(name));
  it.each([
    '',
    'localhost',
    'db',
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '[::1]',
    'a.example:8080',
    'a.example/path',
    'http://a.example',
    'a.internal',
    'a..example',
    'u:p@x@a.local',
    'a.example?x',
    'a.example#x',
  ])('refuses %j', (written) => expect(publicName(written)).toBeNull());
});
