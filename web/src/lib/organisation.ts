import type { Role, SessionBody } from '@fanfare/contract';

/** The organisation a page is about. */
export interface Chosen {
  readonly id: number;
  readonly name: string;
  readonly role: Role | null;
  /** True for one of several: then addresses name it. */
  readonly named: boolean;
}

/** The organisation that was asked for, else the first one they belong to. @param asked its number in the address */
export function choose({ organisations }: SessionBody, asked: string | null): Chosen | null {
  const found = organisations.find(({ id }) => String(id) === asked) ?? organisations[0];
  if (!found) return null;
  const { id, name, role } = found;
  return { id, name, role, named: organisations.length > 1 };
}

/** A path that stays in this organisation. */
export function within(path: string, chosen: Chosen | null): string {
  return chosen?.named ? `${path}${path.includes('?') ? '&' : '?'}organisation=${chosen.id}` : path;
}

/** Address of a form's action that stays in this organisation. */
export function actionWithin(name: string, chosen: Chosen | null): string {
  return chosen?.named ? `?organisation=${chosen.id}&/${name}` : `?/${name}`;
}
