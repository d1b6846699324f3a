import { describe, expect, it } from 'vitest';
import { createAddressOf } from './address.ts';

describe('who connects', () => {
  const of = createAddressOf(['127.0.0.0/8', '::1/128', '10.0.0.0/8']);
  it.each([
    ['198.51.100.7', '203.0.113.1', '198.51.100.7'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.1', '203.0.113.1'],
    ['::ffff:127.0.0.1', '203.0.113.1, 10.0.0.3', '203.0.113.1'],
    ['127.0.0.1', '1.2.3.4, 203.0.113.1, 10.0.0.3', '203.0.113.1'],
    ['127.0.0.1', 'rubbish', '127.0.0.1'],
    ['::1', '2001:db8:1:2::9', '2001:db8:1:2::9'],
  ])('from %s, said to be %s, is %s', (remote, forwarded, address) => {
    expect(of(remote, forwarded)).toBe(address);
  });
  it('is who connects when no proxy is trusted', () => {
    expect(createAddressOf([])('127.0.0.1', '203.0.113.1')).toBe('127.0.0.1');
  });
});
