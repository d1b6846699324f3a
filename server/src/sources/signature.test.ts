import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../domain/sources/delivery.ts';
import { CONNECTOR } from './connectors.ts';
import { readSignedRequest } from './meta/signed-request.ts';
import { hmac, base64After, signedBy } from './signature.ts';

const SECRET = 's3cr3t';
const META = String.raw`{"object":"page","entry":[{"id":"1234567890321","time":1449135003,"changes":[{"field":"feed","value":{"item":"comment","verb":"add","comment_id":"901097836652708_903438993085259","post_id":"1234567890321_901097836652708","parent_id":"1234567890321_901097836652708","from":{"id":"4242","name":"T"},"created_time":1449135003,"message":"caf\u00e9"}}]}]}`;
const META_SIGNED = 'sha256=21ce0704e6efafb7d46fc81e0630b58f7356865d771d33bf3e156ae08bbc6cdd';
const SHOP = '{"id":727,"status":"processing","total":"29.35","currency":"USD","customer_id":26}';
const SHOP_SIGNED = 'uCn4+oJlduwIO0dzy9wA6SevbPYopJjVYL06hVTsetU=';
const TIKTOK = String.raw`{"client_key":"bwo2m45353a6k85","event":"authorization.removed","create_time":1615338610,"user_openid":"act.example12345Example12345Example","content":"{\"reason\": 1 }"}`;
const TIKTOK_SIGNED = 't=1633174587,s=cafda832697f5b64533d4bd4edfc775a2d5c664989bd9b0e92abdafb449e35cf';
const REQUEST =
  'R1MirnXjbjVdXt2wwFr2oJRV1Z4hux2_QJE7yf8g3v0.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImV4cGlyZXMiOjEyOTE4NDA0MDAsImlzc3VlZF9hdCI6MTI5MTgzNjgwMCwidXNlcl9pZCI6IjIxODQ3MSJ9';

const delivery = (
  headers: Record<string, string>,
  body: string,
  receivedAt = 1_633_174_590_000,
): Delivery => ({
  headers,
  body: Buffer.from(body),
  receivedAt,
});
const xSigned = `sha256=${hmac(SECRET, META).toString('base64')}`;
const HOOK_HEADERS = { 'webhook-id': 'msg_1', 'webhook-timestamp': '1633174587' };
const hookSigned = `v1,${hmac(SECRET, 'msg_1.1633174587.', META).toString('base64')}`;

/** One good delivery of each way to sign. */
const GOOD = {
  meta_page: delivery({ 'x-hub-signature-256': META_SIGNED }, META),
  instagram: delivery({ 'x-hub-signature-256': META_SIGNED }, META),
  tiktok: delivery({ 'tiktok-signature': TIKTOK_SIGNED }, TIKTOK),
  x: delivery({ 'x-twitter-webhooks-signature': xSigned }, META),
  shopify: delivery({ 'x-shopify-webhook-id': 'b54557e4', 'x-shopify-hmac-sha256': SHOP_SIGNED }, SHOP),
  woocommerce: delivery({ 'x-wc-webhook-delivery-id': 'f00', 'x-wc-webhook-signature': SHOP_SIGNED }, SHOP),
  webhook: delivery({ ...HOOK_HEADERS, 'webhook-signature': hookSigned }, META),
} as const;
const WAYS = Object.entries(GOOD).map(([id, good]) => ({
  connector: CONNECTOR[id as keyof typeof GOOD],
  good,
}));

describe('signatures of networks', () => {
  it('are those of the documented vectors', () => {
    for (const { connector, good } of WAYS) expect(connector.verify(good, [SECRET]), connector.id).toBe(true);
    expect(signedBy([SECRET], base64After('', SHOP_SIGNED), (secret) => hmac(secret, SHOP))).toBe(true);
    expect(readSignedRequest(REQUEST, [SECRET])).toEqual({
      user: '218471',
      page: null,
      at: 1_291_836_800_000,
    });
    const crc = CONNECTOR.x.handshake?.({ crc_token: 'challenge123' }, [SECRET], '');
    expect(crc?.body).toBe('{"response_token":"sha256=uIY/lbj+WOKMOPE0+sB5XJrc0peSSKijzvAGtNd8aUE="}');
  });

  it('are those the libraries of Standard Webhooks make and check', () => {
    const secret = `whsec_${Buffer.from('a key of twenty-four by.').toString('base64')}`;
    const at = new Date();
    const body = JSON.stringify({ text: 'déjà vu' });
    const signed = new Webhook(secret).sign('msg_2', at, body);
    const headers = {
      'webhook-id': 'msg_2',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': `v1,${'A'.repeat(43)}= ${signed}`,
    };
    expect(new Webhook(secret).verify(body, headers)).toEqual({ text: 'déjà vu' });
    expect(CONNECTOR.webhook.verify(delivery(headers, body, at.getTime()), [secret])).toBe(true);
    expect(CONNECTOR.webhook.verify(delivery(headers, `${body} `, at.getTime()), [secret])).toBe(false);
  });

  it('are not given away by the answer to a challenge', () => {
    for (const token of [META, '{}', '[1]', '"a"', '', 'a b', 'x'.repeat(513)])
      expect(CONNECTOR.x.handshake?.({ crc_token: token }, [SECRET], '')).toBeNull();
  });

  it('are over the bytes as they came, not over the JSON they mean', () => {
    const again = delivery(
      GOOD.meta_page.headers as Record<string, string>,
      JSON.stringify(JSON.parse(META)),
    );
    expect(CONNECTOR.meta_page.verify(again, [SECRET])).toBe(false);
  });

  it('hold under either of two secrets, and never under an empty one', () => {
    for (const { connector, good } of WAYS) {
      expect(connector.verify(good, ['other-secret', SECRET]), connector.id).toBe(true);
      expect(connector.verify(good, ['other-secret']), connector.id).toBe(false);
      expect(connector.verify(good, []), connector.id).toBe(false);
    }
    const empty = { body: Buffer.from(META), receivedAt: GOOD.webhook.receivedAt };
    const made = hmac('', META);
    const byNobody: Record<string, Record<string, string>> = {
      meta_page: { 'x-hub-signature-256': `sha256=${made.toString('hex')}` },
      x: { 'x-twitter-webhooks-signature': `sha256=${made.toString('base64')}` },
      shopify: { 'x-shopify-hmac-sha256': made.toString('base64') },
      woocommerce: { 'x-wc-webhook-signature': made.toString('base64') },
      tiktok: { 'tiktok-signature': `t=1633174587,s=${hmac('', '1633174587.', META).toString('hex')}` },
      webhook: {
        ...HOOK_HEADERS,
        'webhook-signature': `v1,${hmac('', 'msg_1.1633174587.', META).toString('base64')}`,
      },
    };
    for (const [id, headers] of Object.entries(byNobody)) {
      const connector = CONNECTOR[id as keyof typeof GOOD];
      for (const secrets of [[''], [], ['', ''], ['whsec_']])
        expect(connector.verify({ ...empty, headers }, secrets), `${id} ${secrets.join()}`).toBe(false);
    }
    const [, payload = ''] = REQUEST.split('.');
    expect(readSignedRequest(`${hmac('', payload).toString('base64url')}.${payload}`, [''])).toBeNull();
    expect(CONNECTOR.x.handshake?.({ crc_token: 'a' }, [], 'a')).toBeNull();
    expect(
      CONNECTOR.meta_page.handshake?.(
        { 'hub.mode': 'subscribe', 'hub.verify_token': '', 'hub.challenge': '1' },
        [],
        '',
      ),
    ).toBeNull();
  });

  it('do not survive any of 2 800 changes', () => {
    let tried = 0;
    for (let n = 0; n < 400; n++) {
      for (const { connector, good } of WAYS) {
        const digest = createHash('sha256').update(`${connector.id} ${n}`).digest();
        const place = digest.readUInt32BE(0);
        const headers = { ...good.headers };
        const body = Buffer.from(good.body);
        const name = Object.keys(headers).at(-1)!;
        if (n % 2 === 0) body[place % body.length]! ^= 1 << (place % 8);
        else headers[name] = changed(headers[name]!, place, digest[5]!);
        tried++;
        const forged = { headers, body, receivedAt: good.receivedAt };
        expect(connector.verify(forged, [SECRET]), `${connector.id} ${n} ${headers[name]}`).toBe(false);
      }
    }
    expect(tried).toBe(2_800);
  });

  it('are too old, or of a time ahead, where they carry one', () => {
    for (const [id, window] of [
      ['webhook', 300_000],
      ['tiktok', 72 * 3_600_000],
    ] as const) {
      const good = GOOD[id];
      const sent = 1_633_174_587_000;
      const at = (receivedAt: number) => CONNECTOR[id].verify({ ...good, receivedAt }, [SECRET]);
      expect([at(sent + window - 1_000), at(sent + window + 400_000), at(sent - 400_000)]).toEqual([
        true,
        false,
        false,
      ]);
    }
  });
});

/** A signature with one digit changed, cut short, emptied, or under another algorithm's name. */
function changed(header: string, place: number, how: number): string {
  if (how % 16 === 0) return '';
  if (how % 16 === 1) return header.slice(0, -1);
  if (how % 16 === 2) return header.toUpperCase() === header ? `${header}0` : header.toUpperCase();
  // The last digit of Base64 has bits that say nothing.
  const bare = /^[^=,]+=$/.test(header);
  const start = bare ? 0 : header.search(/[=,](?=[^=,]*(?:=?)$)/) + 1;
  const at = start + (place % (header.length - start - 2));
  const other = header[at] === 'a' ? 'b' : 'a';
  return header.slice(0, at) + other + header.slice(at + 1);
}
