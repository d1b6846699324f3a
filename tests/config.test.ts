import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from '@fanfare/server/config.ts';

describe('settings', () => {
  it('have defaults that work on a laptop', () => {
    expect(readConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://localhost:3000',
      suppressionK: 10,
      logLevel: 'info',
    });
  });

  it.each([
    [{ PORT: '70000' }, 'PORT must be a whole number from 0 to 65535, not "70000"'],
    [{ PORT: 'http' }, 'PORT must be a whole number'],
    [{ SUPPRESSION_K: '0' }, 'SUPPRESSION_K must be a whole number from 1 to 1000'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
    [{ PUBLIC_URL: 'ftp://x' }, 'PUBLIC_URL must be an http or https address'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY must be loopback, or networks such as 10.0.0.0/8'],
    [{ TRUST_PROXY: '10.0.0.0/33' }, 'TRUST_PROXY must be loopback'],
    [{ TRUST_PROXY: '0.0.0.0/0' }, 'TRUST_PROXY must be loopback'],
    [{ TRUST_PROXY: 'loopback, 10.0.0/8' }, 'not "10.0.0/8"'],
    [{ FANFARE_ADMIN_TOKEN: 'short' }, 'FANFARE_ADMIN_TOKEN needs at least 32 characters'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must start with postgres'],
    [{ DATABASE_URL: 'postgres://x/y' }, 'FANFARE_SECRET is required when DATABASE_URL is set'],
    [{ NATS_URL: 'nats://x' }, 'NATS_URL is not supported yet'],
  ])('stop the start at %j', (env, line) => {
    expect(() => readConfig(env)).toThrow(line);
  });

  it('name an application at Meta whole or not at all', () => {
    const id = { META_APP_ID: '234567890123456' };
    const META_APP_SECRET = '0123456789abcdef0123456789abcdef';
    expect(readConfig({}).metaApp).toBeUndefined();
    expect(readConfig({ ...id, META_APP_SECRET }).metaApp).toEqual({
      id: '234567890123456',
      secret: META_APP_SECRET,
      graphUrl: 'https://graph.facebook.com/v23.0',
    });
    for (const bad of [id, { META_APP_SECRET }, { META_GRAPH_URL: 'https://graph.facebook.com' }])
      expect(() => readConfig(bad)).toThrow(ConfigFault);
    expect(() => readConfig({ META_APP_ID: 'x', META_APP_SECRET })).toThrow('META_APP_ID must be');
    const short = 'not-to-be-repeated';
    expect(() => readConfig({ ...id, META_APP_SECRET: short })).toThrow(/^(?!.*not-to-be).*32 hexadecimal/);
  });

  it('believe no proxy, unless told which', () => {
    expect(readConfig({}).trustedProxies).toEqual([]);
    expect(readConfig({ TRUST_PROXY: 'loopback, 10.1.2.3,fd00::/8' }).trustedProxies).toEqual([
      '127.0.0.0/8',
      '::1/128',
      '10.1.2.3/32',
      'fd00::/8',
    ]);
  });

  it('treat an empty value as not set', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 3000, databaseUrl: undefined });
  });
});
