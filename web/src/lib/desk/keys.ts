import { WINDOWS } from '@fanfare/contract';
import { AGAINST, type DeskView } from '../view/desk-url.ts';

const SWITCH = 'fanfare_keys';

/** What a key asks of the desk. */
export type Asked =
  { readonly view: DeskView } | { readonly open: 'help' | 'marks' } | { readonly pause: true };

/** What a key means while a view is shown; `null` for nothing. */
export function askedBy(key: string, view: DeskView): Asked | null {
  const window = WINDOWS[Number(key) - 1];
  if (window) return { view: { ...view, window } };
  if (key === 'c') {
    const next = AGAINST[(AGAINST.indexOf(view.against) + 1) % AGAINST.length] ?? 'none';
    return { view: { ...view, against: next } };
  }
  if (key === 'm') return { view: { ...view, metric: view.metric === 'reach' ? 'engagements' : 'reach' } };
  if (key === 'p') return { pause: true };
  if (key === 'a') return { open: 'marks' };
  return key === '?' ? { open: 'help' } : null;
}

/** Are keys listened to? Somebody who speaks to their computer can switch them off. */
export const keysOn = (): boolean => localStorage.getItem(SWITCH) !== 'off';
export const switchKeys = (on: boolean): void => localStorage.setItem(SWITCH, on ? 'on' : 'off');
