import { KINDS, NETWORKS, VERBS, type Kind, type Network, type Verb } from '@fanfare/contract';
import { plain } from './names.ts';

/** What tools call the kinds of engagement, in French and English; each as `plain` makes it. */
const KIND_WORDS: Readonly<Record<Kind, string>> = {
  reaction: 'like,likes,liked,jaime,j aime,favorite,favourite,favori,love,reaction,aime',
  comment: 'comment,comments,commentaire,commentaires,reply,replies,reponse,answer,avis,review',
  share: 'share,shares,partage,repost,reposts,retweet,retweets,rt,boost,reblog,republication',
  mention: 'mention,mentions,post,tweet,original,tag,identification,publication,message',
  quote: 'quote,quote tweet,quoted,citation,quote post',
  follow: 'follow,follower,abonnement,abonne,new follower,nouvel abonne',
  view: 'view,views,vue,vues,impression',
  click: 'click,clicks,clic,clics,link click',
  contest: 'contest,concours,jeu concours,giveaway',
  purchase: 'purchase,order,achat,commande',
};
const NETWORK_WORDS: Readonly<Record<Network, string>> = {
  facebook: 'facebook,facebook com,fb,facebook public',
  instagram: 'instagram,instagram com,ig,insta,instagram public',
  threads: 'threads,threads net,threads com',
  bluesky: 'bluesky,bsky app,bsky',
  mastodon: 'mastodon,mastodon social',
  youtube: 'youtube,youtube com,yt',
  tiktok: 'tiktok,tiktok com,tik tok',
  x: 'x,twitter,x com,twitter com,x twitter,twitter x',
  linkedin: 'linkedin,linkedin com',
  web: 'web,site,website,site web,blog,news,forum,review',
  other: 'other,autre,autres',
};
const VERB_WORDS: Readonly<Record<Verb, string>> = {
  add: 'add,added,ajout',
  edit: 'edit,edited,modification,modifie',
  remove: 'remove,removed,delete,deleted,suppression,supprime',
};

/** Characters of a word, and spellings remembered, at most. */
const [LONGEST, MOST_SEEN] = [80, 500];

function bookOf<T extends string>(
  all: readonly T[],
  words: Readonly<Record<T, string>>,
): (word: string) => T | null {
  const book = new Map(
    all.flatMap((one) => [one as string, ...words[one].split(',')].map((word) => [word, one])),
  );
  const seen = new Map<string, T>();
  return (word) => {
    const known = seen.get(word);
    if (known !== undefined || word.length > LONGEST) return known ?? null;
    const found = book.get(plain(word)) ?? null;
    // Words that are known alone: what else stands in a file is not kept.
    if (found !== null && seen.size < MOST_SEEN) seen.set(word, found);
    return found;
  };
}

/** A kind by what a tool calls it; `null` for none. */
export const kindOf = bookOf(KINDS, KIND_WORDS);
/** A network by what a tool calls it; `null` for none. */
export const networkOf = bookOf(NETWORKS, NETWORK_WORDS);
/** What was done, by what a tool calls it; `null` for none. */
export const verbOf = bookOf(VERBS, VERB_WORDS);
