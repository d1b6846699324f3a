import { createNear } from '../text/near.ts';
import { phrases } from '../text/phrase.ts';
import { plain, plainWord } from '../text/plain.ts';
import { BODY, STATES, TIED } from './body.ts';
import { ASKED, NEWS, TRADE, WELL } from './common.ts';
import { COURSE, ELSEWHERE, KIN, OWN } from './course.ts';
import * as en from './english.ts';
import * as fr from './french.ts';
import { createLearnt } from './learnt.ts';
import { SPELT, isOrdinary } from './spelt.ts';

const IDIOMS = phrases([...fr.IDIOMS_FR, ...en.IDIOMS_EN], 'g');
const RELIEF = phrases([...fr.RELIEF_FR, ...en.RELIEF_EN], 'g');
const EFFECT = phrases([...fr.EFFECTS_FR, ...en.EFFECTS_EN, ...STATES]);
const PART = phrases(BODY);
const LINK = phrases(TIED);
const WHO = phrases(KIN);
const GOES_ON = phrases(COURSE);
const SELF = phrases(OWN);
const OTHER = phrases(ELSEWHERE);
const FINE = phrases(WELL);
const SPECIAL = phrases([...fr.SPECIAL_FR, ...en.SPECIAL_EN]);
const TOLD = phrases([...fr.TOLD_FR, ...en.TOLD_EN]);
const VAGUE = phrases([...fr.VAGUE_FR, ...en.VAGUE_EN]);
const EXPOSED = phrases([...fr.EXPOSED_FR, ...en.EXPOSED_EN]);
const ASKING = phrases(ASKED);
const GENERAL = phrases([...ASKED, ...NEWS]);
const SHOP = phrases(TRADE);
const CAUSE = phrases([
  'depuis',
  'apres',
  'since',
  'after',
  'pris',
  'took',
  'avale',
  'swallowed',
  'bu',
  'drank',
]);

/** “Is X safe for ferrets?” */
const QUESTION =
  /(?:^|[.?]) (?:is|are|does|do|can|could|should|will|would|peut|existe|vend|avez)[a-z]* [^.?]*\?/;

const near = createNear(SPELT);

/** Letters of the languages it reads; a text with words of others cannot be judged. */
const FOREIGN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;
const READ = /^(?:fr|en|und)\b/i;
const LETTER = /\p{L}/u;

/** Says whether a text may report an adverse event. @param lang as the network tags it */
export type AdverseDetector = (text: string, lang?: string) => boolean;

/** How surely the rules find a report: nothing, a person who tells something, an exposure, an effect. */
type Found = 0 | 1 | 2 | 3;

/** Logits of the learnt model above which a text is a report, by what the rules found in it; none above the one before. */
export const LIMITS = [0.25, -0.5, -0.75, -1] as const;

/** Shorter and longer than what the model was fitted on: it must not outweigh one word, nor one report amid praise. */
const SHORT = 20;
const LONG = 200;

/**
 * A detector for one brand: what the rules find, and what a learnt model makes of the words (`learnt.ts`),
 * weighed together. Recall first. Rules take any effect on a person or an animal for a report, unless the
 * text plainly asks in general, tells news, speaks of prices, uses a turn of speech, or says that something
 * went away; that an effect is denied rescues nothing. A text in a language it does not read is taken for
 * a report too, as it cannot be cleared.
 * @param products names the brand gave its products
 */
export function createAdverseDetector(products: readonly string[]): AdverseDetector {
  const find = createRules(products);
  const weigh = createLearnt(products);
  return (text, lang) => {
    if (!LETTER.test(text)) return false;
    if (FOREIGN.test(text) || (lang !== undefined && !READ.test(lang))) return true;
    const said = plain(text);
    const learnt = weigh(said);
    // Most texts are decided here: the rules are dear, and could change nothing.
    if (learnt > LIMITS[0]) return true;
    if (said.length < SHORT || said.length > LONG) return find(said) > 0;
    return learnt > LIMITS[3] && learnt > LIMITS[find(said)];
  };
}

/** The rules for one brand. They read a text made plain. */
export function createRules(products: readonly string[]): (plainText: string) => Found {
  const names = products.map(plainWord).filter((name) => name.length > 2);
  const nearName = createNear(names.filter((name) => !name.includes(' ')));
  return (plainText) => {
    const said = plainText.replace(IDIOMS, '');
    if (SPECIAL.test(said)) return isGeneral(said) ? 0 : 3;
    const rest = withoutTrade(said.replace(RELIEF, ''));
    if (EFFECT.test(rest) || hasSlip(rest)) return isGeneral(rest) ? 0 : 3;
    const named =
      names.some((name) => rest.includes(` ${name} `)) ||
      rest.split(' ').some((word) => nearName(word) !== null);
    const exposed = named || EXPOSED.test(rest);
    const tied = LINK.test(rest);
    if (isGeneral(rest)) return 0;
    if (tied && exposed && (PART.test(rest) || !(FINE.test(said) || ASKING.test(rest)))) return 2;
    if (FINE.test(said)) return 0;
    // A state of somebody that goes on: what it is, nobody can list.
    if (GOES_ON.test(rest) && (WHO.test(rest) || PART.test(rest)) && !isAsked(rest)) return 2;
    // Something is told about the medicine, and nothing good: a person has to look.
    if (isAsked(rest)) return 0;
    const about = PART.test(rest) || VAGUE.test(rest);
    const asks = ASKING.test(rest) || rest.includes(' ? ');
    if (about ? exposed || tied : exposed && !asks) return 2;
    // What people tell of themselves and theirs, and what nothing clears, a person has to look at.
    const own = SELF.test(rest) || WHO.test(rest) || PART.test(rest);
    return own && !asks && !OTHER.test(said) && !SHOP.test(said) ? 1 : 0;
  };
}

function isGeneral(text: string): boolean {
  return (GENERAL.test(text) || isAsked(text)) && !TOLD.test(text);
}

/** A whole sentence that begins as a question and ends as one. */
function isAsked(text: string): boolean {
  return QUESTION.test(text);
}

/** Without sentences about money, shops and advertising that tie nothing that befell somebody to a cause. */
function withoutTrade(text: string): string {
  if (!SHOP.test(text)) return text;
  const kept = text.split(/(?<=[.?] )/).filter((sentence) => {
    const said = ` ${sentence}`;
    return !SHOP.test(said) || (CAUSE.test(said) && (EFFECT.test(said) || PART.test(said)));
  });
  return ` ${kept.join('')}`;
}

function hasSlip(text: string): boolean {
  return text.split(' ').some((word) => near(word) !== null && !isOrdinary(word));
}
