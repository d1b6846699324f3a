import type { IncomingMessage } from 'node:http';
import { may, type Principal } from '../domain/access/principal.ts';
import { sessionIn, type Access } from '../http/access.ts';
import { placeOf } from '../http/context.ts';
import type { Viewer } from '../live/session.ts';
import type { Lines } from '../pipeline/lines.ts';

/** Who may follow which brand, asked again at every watch and every second. */
export function createViewers(
  access: Access,
  lines: Lines,
  stillGood: (principal: Principal, session: string | null) => boolean,
): (headers: IncomingMessage['headers']) => Viewer | null {
  return (headers) => {
    const principal = access.identify(headers);
    if (principal === null) return null;
    const session = headers.authorization === undefined ? sessionIn(headers.cookie) : null;
    return {
      audience: 'team',
      mayRead(brand) {
        if (!stillGood(principal, session)) return 'signed_out';
        const line = lines.find(brand);
        if (!line) return 'no';
        return may(principal, 'board.read', placeOf(line.record)) ? 'yes' : 'no';
      },
    };
  };
}
