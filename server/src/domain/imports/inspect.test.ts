import { describe, expect, it } from 'vitest';
import type { ImportPlan } from '@fanfare/contract';
import { inspect, type Inspected } from './inspect.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const look = (head: string | Uint8Array, plan?: ImportPlan, whole = true) =>
  inspect({
    head: typeof head === 'string' ? new TextEncoder().encode(head) : head,
    ...{ whole, plan, zone: 'Europe/Paris', now: NOW, name: (said) => `${said.length}`.padStart(32, '0') },
  });
const seen = (...args: Parameters<typeof look>): Inspected => {
  const found = look(...args);
  if (typeof found === 'string') throw new Error(found);
  return found;
};

describe('a file that cannot be read', () => {
  it.each([
    ['', 'empty'],
    ['\n \r\n', 'empty'],
    ['fan,date,text\n', 'header_only'],
    ['just a line\nand another\n', 'no_columns'],
    ['[{"id":"1"}]', 'json_list'],
    ['PK\u0003\u0004xxxx', 'spreadsheet'],
    ['%PDF-1.7', 'binary'],
    ['\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007', 'binary'],
    [
      '"Tweet id","Tweet permalink","Tweet text","time","impressions","engagements"\n"1","u","t","d","1","2"\n',
      'sums_only',
    ],
    ['Content,Video title,Video publish time,Views\nTotal,,,12\n', 'sums_only'],
  ])('is told what is wrong: %j', (text, fault) => expect(look(text)).toBe(fault));
  it('as is a packed one', () => expect(look(Uint8Array.of(0x1f, 0x8b, 8, 0))).toBe('packed'));
});

describe('a file', () => {
  it('is understood by its French header, and asks what it cannot know', () => {
    const { preview, layout } = seen(
      'Auteur;Date;Réseau social;Type;Commentaire;Abonnés\nada;03/04/2026 10:00;Facebook;Commentaire;Bien !;12\n',
    );
    expect(preview).toMatchObject({ gaps: ['dates'], header: 1, profile: null, looked: 0 });
    expect(preview.plan).toMatchObject({
      ...{ delimiter: ';', encoding: 'utf-8', dates: null, zone: 'Europe/Paris' },
      columns: {
        ...{ fan: 'Auteur', occurredAt: 'Date', network: 'Réseau social', kind: 'Type', text: 'Commentaire' },
        followers: 'Abonnés',
      },
    });
    expect(layout).toBeNull();
  });

  it('shows its first lines as they would be taken, and what would be rejected', () => {
    const text = `Auteur;Date;Réseau;Type;Texte\n${'ada;13/04/2026 10:00;fb;like;\n'.repeat(7)}bob;hier;fb;like;\n`;
    const { preview, begin, place } = seen(text);
    expect(preview).toMatchObject({ gaps: [], looked: 8, good: 7 });
    expect(preview.lines).toHaveLength(5);
    expect(preview.lines[0]).toMatchObject({
      line: 2,
      event: { fan: 'ada', network: 'facebook', kind: 'reaction', occurredAt: '2026-04-13T08:00:00.000Z' },
    });
    expect(preview.reasons).toEqual([{ code: 'bad_value', field: 'occurredAt', count: 1 }]);
    expect([begin, place.line]).toEqual([new TextEncoder().encode(text.split('\n')[0]).length + 1, 1]);
  });

  it('is read in the encoding it has, which is told', () => {
    const text = 'fan,occurredAt,network,kind,text\nada,2026-11-22T10:00:00Z,x,comment,déjà vu\n';
    const latin = Uint8Array.from(text, (one) => one.charCodeAt(0));
    const wide = Buffer.from(`\ufeff${text}`, 'utf16le');
    for (const [bytes, encoding] of [
      [new TextEncoder().encode(`\ufeff${text}`), 'utf-8'],
      [latin, 'windows-1252'],
      [wide, 'utf-16le'],
      [Buffer.from(wide).swap16(), 'utf-16be'],
      [wide.subarray(2), 'utf-16le'],
    ] as const) {
      const { preview, begin } = seen(bytes);
      expect(preview.plan.encoding).toBe(encoding);
      expect(preview.lines[0]?.event).toMatchObject({ fan: 'ada', text: 'déjà vu' });
      expect(new TextDecoder('latin1').decode(bytes.subarray(begin)).replaceAll('\0', '')).toMatch(/^ada/);
    }
  });

  it('does not mind a character that is cut off at the end of what is looked at', () => {
    const bytes = new TextEncoder().encode('fan,occurredAt,text\nada,2026-11-22T10:00:00Z,vu\nbob,x,é');
    expect(seen(bytes.subarray(0, -1), undefined, false).preview.plan.encoding).toBe('utf-8');
  });

  it.each([
    [
      'brandwatch',
      'Report:,Mentions\nQuery:,Maison\n\nQuery Id,Date,Title,Url,Domain,Full Text,Author,Thread Id,Language\n1,2026-11-20 10:00:00.0,T,https://x.com/1,twitter.com,Bien,ada,t1,fr\n',
    ],
    [
      'meltwater',
      'Date,Headline,URL,Opening Text,Hit Sentence,Source,Influencer,Country,Language,Reach\n22-Nov-2026 08:22AM,H,https://u,O,Bien,Twitter,@ada,France,French,12\n',
    ],
    [
      'exportcomments',
      'Name,Username,Profile ID,Date,Likes,Comment,User Verified,Comment ID,Profile URL,Comment URL\nAda,ada,42,2026-11-20 10:00:00,3,Bien,no,77,https://p,https://c\n',
    ],
    [
      'youtube_data_tools',
      'id,replyCount,likeCount,publishedAt,authorName,text,authorChannelId,authorChannelUrl,isReplyTo\nUgx,0,1,2026-11-20 10:00:00,Ada,Bien,UC1,http://c,\n',
    ],
    [
      'tags',
      'id_str,from_user,text,created_at,time,geo_coordinates,user_lang,in_reply_to_user_id_str,from_user_id_str,in_reply_to_status_id_str,source,user_followers_count,status_url,entities_str\n9007,ada,Bien,Wed Nov 18 13:08:45 +0000 2026,18/11/2026 13:08:45,,fr,,42,,web,10,http://s,{}\n',
    ],
    [
      'fanfare',
      '{"id":"a","network":"x","kind":"comment","fan":"ada","occurredAt":"2026-11-20T10:00:00Z","text":"Bien"}\n',
    ],
  ])('of %s is recognised', (profile, text) => {
    const { preview } = seen(text);
    expect(preview.profile).toBe(profile);
    const network = preview.columns.includes('Comment ID') ? { network: 'instagram' as const } : {};
    const { preview: done } = seen(text, { ...preview.plan, fixed: { ...preview.plan.fixed, ...network } });
    expect(done.gaps).toEqual([]);
    expect(done.lines[0]?.event).toMatchObject({ text: 'Bien' });
    expect(done.good).toBe(1);
  });
});
