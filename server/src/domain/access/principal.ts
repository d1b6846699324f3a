import type { Action, Role, Scope } from '@fanfare/contract';
import type { BrandRef } from '../brand.ts';
import { MAY, SCOPE_MAY } from './matrix.ts';

/** Who asks. Made anew for each request and each look of a socket, so that a change counts at once. */
export type Principal =
  /** The installation itself: its token for automation, or the link it printed. */
  | { readonly kind: 'root' }
  | { readonly kind: 'member'; readonly user: string; readonly roles: ReadonlyMap<number, Role> }
  | {
      readonly kind: 'token';
      readonly id: string;
      readonly organisation: number;
      /** Numbers of the brands it is for; `null` for all of the organisation. */
      readonly brands: ReadonlySet<number> | null;
      readonly scopes: readonly Scope[];
    }
  | {
      readonly kind: 'display';
      readonly id: string;
      readonly organisation: number;
      readonly brands: ReadonlySet<number>;
    }
  /** Not signed in. */
  | { readonly kind: 'visitor' };

/** A brand as far as access depends on it. */
export interface Place extends BrandRef {
  readonly demonstration: boolean;
}

/** May they do this to the brand? */
export function may(principal: Principal, action: Action, brand: Place): boolean {
  const { organisation, id, demonstration } = brand;
  if (demonstration && MAY.visitor.has(action)) return true;
  switch (principal.kind) {
    case 'root':
      return true;
    case 'member': {
      const role = principal.roles.get(organisation);
      return role !== undefined && MAY[role].has(action);
    }
    case 'token':
      return (
        principal.organisation === organisation &&
        (principal.brands === null || principal.brands.has(id)) &&
        principal.scopes.some((scope) => SCOPE_MAY[scope].has(action))
      );
    case 'display':
      return principal.organisation === organisation && principal.brands.has(id) && MAY.display.has(action);
    case 'visitor':
      return false;
  }
}

/** May they do this in the organisation as a whole? A token for some brands may not. */
export function mayIn(principal: Principal, action: Action, organisation: number): boolean {
  switch (principal.kind) {
    case 'root':
      return true;
    case 'member': {
      const role = principal.roles.get(organisation);
      return role !== undefined && MAY[role].has(action);
    }
    case 'token':
      return (
        principal.organisation === organisation &&
        principal.brands === null &&
        principal.scopes.some((scope) => SCOPE_MAY[scope].has(action))
      );
    case 'display':
    case 'visitor':
      return false;
  }
}

/**
 * Are fans' words shown with the boards they may read? Every role that reads boards reads them; a
 * token does when one of its scopes says so.
 */
export function readsWords(principal: Principal): boolean {
  if (principal.kind !== 'token') return true;
  return principal.scopes.some((scope) => SCOPE_MAY[scope].has('excerpts.read'));
}

/** May they know that the brand exists? Everybody else is told what they would be told of none. */
export function knows(principal: Principal, brand: Place): boolean {
  if (brand.demonstration || principal.kind === 'root') return true;
  if (principal.kind === 'member') return principal.roles.has(brand.organisation);
  if (principal.kind === 'visitor') return false;
  return (
    principal.organisation === brand.organisation &&
    (principal.brands === null || principal.brands.has(brand.id))
  );
}
