import { WALL_SCENES, WALL_THEMES, type DisplayDraft, type WallChange } from '@fanfare/contract';

/** What the fields of `DisplayFields` say; the server checks it. */
export function draftOf(form: FormData): DisplayDraft {
  return {
    name: text(form, 'name'),
    brands: form.getAll('brands').map(String),
    wall: wallOf(form),
  };
}

function wallOf(form: FormData): WallChange {
  const scenes = form.getAll('scenes');
  const theme = WALL_THEMES.find((name) => name === form.get('theme'));
  const locale = form.get('locale');
  return {
    scenes: WALL_SCENES.filter((scene) => scenes.includes(scene)),
    ...(locale === 'fr' || locale === 'en' ? { locale } : {}),
    ...(theme ? { theme } : {}),
    inches: Math.round(number(form, 'inches')),
    metres: number(form, 'metres'),
    seconds: Math.round(number(form, 'seconds')),
  };
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

/** A French keyboard writes 2,5. */
const number = (form: FormData, name: string): number => Number(text(form, name).replace(',', '.'));
