/** A slug for a name: `Maison Éloïse` → `maison-eloise`; `suffix` tells it from one that is taken. */
export function slugOf(name: string, suffix = ''): string {
  const plain = name
    .normalize('NFKD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  const short = plain.slice(0, 48 - suffix.length).replaceAll(/^-+|-+$/g, '');
  return (short.length < 2 ? `brand${short}` : short) + suffix;
}
