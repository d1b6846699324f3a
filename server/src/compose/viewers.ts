import type { IncomingMessage } from 'node:http';
import { may, readsWords } from '../domain/access/principal.ts';
import type { Access } from '../http/access.ts';
import { placeOf } from '../http/context.ts';
import { callerOf } from '../http/fan/limiter.ts';
import type { Viewer } from '../live/session.ts';
import type { Lines } from '../pipeline/lines.ts';
import { Places, type SocketLimits } from './places.ts';

/**
 * Who may follow which brand. They are identified anew at every watch and every second, so that
 * whatever ends a sign-in, a token or a role is felt by open sockets without a word to them.
 */
export function createViewers(
  access: Access,
  lines: Lines,
  sockets: SocketLimits,
): (headers: IncomingMessage['headers'], address: string) => Viewer | null {
  const places = new Places(sockets);
  return (headers, address) => {
    const first = access.identify(headers);
    if (first === null) return null;
    return {
      audience: first.kind === 'display' ? 'public' : 'team',
      words: readsWords(first),
      enter: () => places.take(first, callerOf(address)),
      mayRead(brand) {
        const principal = access.identify(headers);
        if (principal?.kind !== first.kind) return 'signed_out';
        const line = lines.find(brand);
        const action = first.kind === 'display' ? 'public.read' : 'board.read';
        return line && may(principal, action, placeOf(line.record)) ? 'yes' : 'no';
      },
    };
  };
}
