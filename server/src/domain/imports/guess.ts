import { IMPORT_FIELDS, type ImportField } from '@fanfare/contract';
import { plain } from './names.ts';

/** What columns are called, in French and English, the surest first; each as `plain` makes it. */
const NAMES: Readonly<Record<ImportField, string>> = {
  fan:
    'fan,author id,user id,userid,author channel id,from user id str,profile id,id auteur,identifiant auteur,' +
    'user,username,user name,author username,author handle,screen name,handle,author,auteur,utilisateur,' +
    'pseudo,nom d utilisateur,from,influencer,account,compte,acct,did,author name,from user',
  occurredAt:
    'occurredat,occurred at,created at,createdat,created time,published at,publishedat,date created,' +
    'comment date,date et heure,date heure,timestamp,horodatage,ts,date,created,date de publication,' +
    'date de creation,publie le,time created',
  time: 'heure,time,hour',
  kind: 'kind,type,mention type,engagement type,interaction type,interaction,type d interaction,type d engagement,action',
  network:
    'network,reseau,reseau social,platform,plateforme,social network,channel,canal,page type,domain,domaine,source,media type',
  text:
    'text,texte,full text,comment,commentaire,message,content,contenu,body,comment text,tweet text,hit sentence,' +
    'mention,verbatim',
  id: 'id,event id,comment id,mention id,id str,tweet id,message id,id commentaire,identifiant,guid,resource id',
  object:
    'object,objet,post id,parent id,thread id,video id,media id,in reply to status id str,id publication,publication,post',
  objectOwner: 'objectowner,object owner,post author id,in reply to user id str,is reply to,thread author',
  followers:
    'followers,followers count,author followers,abonnes,nombre d abonnes,user followers count,followers de l auteur',
  reaction: 'reaction,reaction type,type de reaction,emoji',
  lang: 'lang,language,langue,user lang',
  campaign: 'campaign,campagne',
  url: 'url,link,lien,permalink,comment url,mention url,status url,adresse',
  verb: 'verb,verbe,operation',
  rev: 'rev,revision',
};
const LISTS = new Map(IMPORT_FIELDS.map((field) => [field, NAMES[field].split(',')]));
/** The last name of a path. */
const last = (name: string): string => plain(name.slice(name.lastIndexOf('.') + 1));

/** Which column is which field, by their names: no column twice, the surest names first. */
export function guessColumns(columns: readonly string[]): Partial<Record<ImportField, string>> {
  const guessed: Partial<Record<ImportField, string>> = {};
  const taken = new Set<string>();
  const pairs = IMPORT_FIELDS.flatMap((field) =>
    columns.flatMap((column) => {
      const names = LISTS.get(field)!;
      const [whole, end] = [names.indexOf(plain(column)), names.indexOf(last(column))];
      // The end of a path says less than a whole name.
      const rank = whole >= 0 ? whole : column.includes('.') && end >= 0 ? end + 0.5 : null;
      return rank === null ? [] : [{ field, column, rank }];
    }),
  ).sort((a, b) => a.rank - b.rank);
  for (const { field, column } of pairs) {
    if (guessed[field] !== undefined || taken.has(column)) continue;
    guessed[field] = column;
    taken.add(column);
  }
  // A time completes a date that has a column of its own; alone it is the instant.
  if (guessed.time !== undefined && guessed.occurredAt === undefined) {
    guessed.occurredAt = guessed.time;
    delete guessed.time;
  }
  return guessed;
}
