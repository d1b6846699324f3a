import type { Role } from '@fanfare/contract';
import { m } from '#lib/paraglide/messages.js';

/** A role's name. */
export const roleName = (role: Role): string =>
  ({
    owner: m.acc_role_owner,
    manager: m.acc_role_manager,
    analyst: m.acc_role_analyst,
    compliance: m.acc_role_compliance,
  })[role]();

/** What a role may do, in words. */
export const roleText = (role: Role): string =>
  ({
    owner: m.acc_may_owner,
    manager: m.acc_may_manager,
    analyst: m.acc_may_analyst,
    compliance: m.acc_may_compliance,
  })[role]();
