/** One definition as `GET /definitions` tells it. */
export interface Definition {
  readonly id: string;
  readonly name: Readonly<Record<'fr' | 'en', string>>;
  readonly formula: Readonly<Record<'fr' | 'en', string>>;
  readonly unit: string;
  /** Purpose a fan must have agreed to; `null` when none is needed. */
  readonly purpose: string | null;
  readonly kind: string;
}

/** `reach.active@1` → `reach.active`, `1`. */
export function versionOf(id: string): { readonly name: string; readonly version: string } {
  const [name = id, version = ''] = id.split('@');
  return { name, version };
}
