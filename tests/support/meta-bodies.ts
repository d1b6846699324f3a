import { createHmac } from 'node:crypto';

const PAGE = '1234567890321';

/** Bodies of Meta's around one instant. @param second seconds since 1970 */
export function metaBodies(second: number) {
  return {
    /** One change of a Page. */
    change: (field: string, value: object, time = second) =>
      JSON.stringify({ object: 'page', entry: [{ id: PAGE, time, changes: [{ field, value }] }] }),
    /** What a comment a minute ago says of itself. */
    said: (fan: string, comment: string, more: object = {}) => ({
      ...{
        item: 'comment',
        verb: 'add',
        comment_id: comment,
        post_id: `${PAGE}_1`,
        created_time: second - 60,
      },
      ...{ from: { id: fan, name: 'Somebody' }, message: 'good', ...more },
    }),
    signedRequest: (payload: object, secret: string) => {
      const json = JSON.stringify({ algorithm: 'HMAC-SHA256', issued_at: second, ...payload });
      const text = Buffer.from(json).toString('base64url');
      return `${createHmac('sha256', secret).update(text).digest('base64url')}.${text}`;
    },
  };
}
