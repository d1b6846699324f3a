/** The languages the linear model was trained on. */
export const LANGUAGES = ['en', 'fr', 'de', 'es', 'it', 'pt'] as const;

/** Salt of a language's own copies of the features; 0 for any other language (shared copies only). */
export function langSalt(lang: string): number {
  const index = (LANGUAGES as readonly string[]).indexOf(lang);
  return index < 0 ? 0 : Math.imul(index + 1, 0x9e3779b1);
}
