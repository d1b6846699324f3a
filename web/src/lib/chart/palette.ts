/** The tokens a canvas needs, resolved to colours of the theme at hand. */
export interface Palette {
  readonly ink: string;
  readonly soft: string;
  readonly surface: string;
  readonly rule: string;
  readonly accent: string;
  readonly wash: string;
  readonly before: string;
  readonly mark: string;
  readonly hatch: string;
  readonly positive: string;
  readonly neutral: string;
  readonly negative: string;
  readonly font: string;
  /** Of the labels, CSS pixels: it grows with the type of the page. */
  readonly size: number;
}

const TOKENS = {
  ink: '--ink',
  soft: '--ink-soft',
  surface: '--surface',
  rule: '--rule',
  accent: '--accent',
  wash: '--accent-wash',
  before: '--before',
  mark: '--brass',
  hatch: '--hatch',
  positive: '--positive',
  neutral: '--neutral',
  negative: '--negative',
} as const;

/** Labels of a drawing, against the type of the page. */
const LABEL = 0.8125;

/** Read the tokens where `within` stands. A probe resolves `light-dark()`, which a canvas cannot. */
export function paletteOf(within: HTMLElement): Palette {
  const probe = document.createElement('span');
  within.append(probe);
  const style = getComputedStyle(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return style.color;
  };
  const colours = Object.fromEntries(
    Object.entries(TOKENS).map(([name, token]) => [name, colour(token)]),
  ) as Record<keyof typeof TOKENS, string>;
  const font = style.fontFamily;
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize) * LABEL;
  probe.remove();
  return { ...colours, font, size };
}
