import data from '@mdn/browser-compat-data' with { type: 'json' };
import type { Identifier } from '@mdn/browser-compat-data/types';
import { parse, type AtRule, type Declaration, type Rule } from 'postcss';

/** Chrome of the oldest televisions that walls are for. */
const OLDEST = 76;

const { css, html, svg } = data;
const { properties, selectors, types, 'at-rules': atRules } = css;
/** Known in part since long ago: in the part that we use. */
const PARTLY = new Set(['vector-effect']);
/** Units that MDN's data tell by groups of lengths; the rest of what we write is older than it. */
const UNITS = new Set(['vh', 'vw', 'px', 'em', 'rem', '%', 's', 'ms', 'deg']);

/** One element of a document: its names in lower case, `svg` inside of one. */
export interface Tag {
  readonly name: string;
  readonly svg: boolean;
  readonly attributes: readonly string[];
}

/** What MDN's data say that Chrome of `version` does not know of a style sheet. */
export function newerCss(text: string, version = OLDEST): string[] {
  const found = new Set<string>();
  const look = (what: string, at: Identifier | undefined) => {
    if (at?.__compat && !isKnown(at, version)) found.add(what);
  };
  const unknown = (what: string, at: Identifier | undefined) =>
    at ? look(what, at) : void found.add(`${what}, unknown`);

  const declaration = ({ prop, value: raw }: Declaration) => {
    const value = raw.replaceAll(/(['"]).*?\1|url\([^)]*\)/g, '');
    if (!prop.startsWith('--')) {
      const property = properties?.[prop];
      unknown(prop, property);
      // Where it depends on what the box is, the newest of its uses counts.
      for (const context of ['flex_context', 'grid_context'])
        look(`${prop} (${context})`, property?.[context]);
      for (const word of words(value)) look(`${prop}: ${word}`, property?.[word]);
    }
    for (const [, name = ''] of value.matchAll(/([a-z][a-z-]*)\(/g)) look(`${name}()`, functionOf(name));
    for (const [, unit = ''] of value.matchAll(/(?<![\w#-])-?[\d.]+([a-z%]+)/g))
      if (!UNITS.has(unit)) found.add(`unit ${unit}`);
  };
  const rule = ({ selector }: Rule) => {
    for (const [, name = ''] of selector.matchAll(/::?([a-z-]+)/g)) unknown(`:${name}`, selectors?.[name]);
    if (/[&]/.test(selector)) found.add('nesting');
  };
  const atRule = ({ name, params }: AtRule) => {
    const at = atRules?.[name];
    unknown(`@${name}`, at);
    if (name === 'media')
      for (const [, feature = ''] of params.matchAll(/\(\s*([a-z-]+)/g))
        unknown(`@media (${feature})`, at?.[feature]);
  };
  const root = parse(text);
  root.walkDecls((one) => {
    const { parent } = one;
    const isDescriptor = parent?.type === 'atrule' && 'name' in parent && parent.name === 'font-face';
    if (isDescriptor) unknown(`@font-face ${one.prop}`, atRules?.['font-face']?.[one.prop]);
    else declaration(one);
  });
  root.walkRules((one) => {
    const { parent } = one;
    const isStep = parent?.type === 'atrule' && 'name' in parent && parent.name === 'keyframes';
    if (!isStep) rule(one);
    if (parent?.type === 'rule') found.add('nesting');
  });
  root.walkAtRules(atRule);
  return [...found];
}

/** What MDN's data say that Chrome of `version` does not know of a document. */
export function newerHtml(tags: readonly Tag[], version = OLDEST): string[] {
  const found = new Set<string>();
  for (const { name, svg: isSvg, attributes } of tags) {
    const { elements, global_attributes: everywhere } = isSvg ? svg : html;
    const element = elements?.[name];
    if (!element || !isKnown(element, version)) found.add(`<${name}>`);
    for (const attribute of attributes) {
      if (/^(?:data-|aria-|role$|xmlns)/.test(attribute)) continue;
      const at = element?.[attribute] ?? everywhere?.[attribute];
      if (!at?.__compat || !(PARTLY.has(attribute) || isKnown(at, version)))
        found.add(`<${name} ${attribute}>`);
    }
  }
  return [...found];
}

function words(value: string): string[] {
  return value.replaceAll(/--[\w-]+/g, '').match(/[a-z][a-z-]*/g) ?? [];
}

function functionOf(name: string): Identifier | undefined {
  const direct = types?.[name];
  if (direct) return direct;
  // Gradients, filters and the like are told below the type they make.
  const group = Object.keys(types ?? {}).find((key) => key !== '__compat' && types?.[key]?.[name]);
  return group === undefined ? undefined : types?.[group]?.[name];
}

/** In every Chrome from `version` on, without a prefix and without a switch? */
function isKnown({ __compat: compat }: Identifier, version: number): boolean {
  if (!compat) return true;
  const { chrome } = compat.support;
  return [chrome ?? []]
    .flat()
    .some(
      ({
        version_added: added,
        version_removed: removed,
        flags,
        prefix,
        alternative_name: other,
        partial_implementation: partial,
      }) => {
        if (flags || prefix !== undefined || other !== undefined || partial || removed) return false;
        return typeof added === 'string' && Number(added.replace('≤', '')) <= version;
      },
    );
}
