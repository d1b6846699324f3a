import type { RequestChannel, RequestOutcome, Right, RightsRequestBody } from '@fanfare/contract';
import type { Format } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';

type Words = () => string;

const RIGHTS: Readonly<Record<Right, Words>> = {
  access: () => m.rights_access(),
  rectification: () => m.rights_rectification(),
  withdrawal: () => m.rights_withdrawal(),
  erasure: () => m.rights_erasure(),
  portability: () => m.rights_portability(),
  objection: () => m.rights_objection(),
};
const CHANNELS: Readonly<Record<RequestChannel, Words>> = {
  page: () => m.rights_by_page(),
  mail: () => m.rights_by_mail(),
  paper: () => m.rights_by_paper(),
  phone: () => m.rights_by_phone(),
  shop: () => m.shop_rights_by(),
};
const OUTCOMES: Readonly<Record<RequestOutcome, Words>> = {
  done: () => m.rights_done(),
  partly: () => m.rights_partly(),
  refused: () => m.rights_refused(),
  unidentified: () => m.rights_unidentified(),
  dropped: () => m.rights_dropped(),
};

/** Name of a right. */
export const rightName = (kind: Right): string => RIGHTS[kind]();

/** How a request came. */
export const channelName = (channel: RequestChannel): string => CHANNELS[channel]();

/** How a request ended. */
export const outcomeName = (outcome: RequestOutcome): string => OUTCOMES[outcome]();

/** How much time is left, in words: being late is never told by a colour alone. */
export function leftText({ daysLeft }: Pick<RightsRequestBody, 'daysLeft'>, format: Format): string {
  if (daysLeft === null) return '';
  if (daysLeft === 0) return m.rights_today();
  const n = Math.abs(daysLeft);
  const count = format.count(n);
  return daysLeft > 0 ? m.rights_days_left({ n, count }) : m.rights_days_over({ n, count });
}
