import type { Principal } from '../domain/access/principal.ts';

/** Sockets open at once. */
export interface SocketLimits {
  /** Of one address without a sign-in, and of one display. */
  readonly perAddress: number;
  /** Of one member, and of one token. */
  readonly perMember: number;
  readonly perOrganisation: number;
}

/** Places for open sockets: so many for each caller and organisation. The installation itself is not counted. */
export class Places {
  readonly #limits: SocketLimits;
  readonly #taken = new Map<string, number>();

  constructor(limits: SocketLimits) {
    this.#limits = limits;
  }

  /** Take a place; gives how to leave it, `null` when there is none. @param address of the caller */
  take(principal: Principal, address: string): (() => void) | null {
    const wanted = this.#wanted(principal, address);
    if (wanted.some(([key, most]) => (this.#taken.get(key) ?? 0) >= most)) return null;
    for (const [key] of wanted) this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      for (const [key] of wanted) this.#leave(key);
    };
  }

  #leave(key: string): void {
    const rest = (this.#taken.get(key) ?? 0) - 1;
    if (rest > 0) this.#taken.set(key, rest);
    else this.#taken.delete(key);
  }

  #wanted(principal: Principal, address: string): [key: string, most: number][] {
    const { perAddress, perMember, perOrganisation } = this.#limits;
    switch (principal.kind) {
      case 'root':
        return [];
      case 'visitor':
        return [[`address ${address}`, perAddress]];
      case 'member': {
        const organisations = [...principal.roles.keys()].map((id): [string, number] => [
          `organisation ${id}`,
          perOrganisation,
        ]);
        return [[`member ${principal.user}`, perMember], ...organisations];
      }
      case 'token':
      case 'display':
        return [
          [`${principal.kind} ${principal.id}`, principal.kind === 'token' ? perMember : perAddress],
          [`organisation ${principal.organisation}`, perOrganisation],
        ];
    }
  }
}
