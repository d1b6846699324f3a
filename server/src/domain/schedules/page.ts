import { SAY } from './say.ts';
import type { Content } from './content.ts';

/** Name of the picture inside of its mail. */
export const PICTURE_ID = 'board@fanfare';

/** A mail as plain text. */
export function textOf({
  locale,
  brand,
  title,
  period,
  notes,
  figures,
  against,
  picture,
  link,
  rules,
  how,
  definitions,
  hash,
  why,
  leave,
}: Content): string {
  const { colon } = SAY[locale];
  return [
    ...[`${brand} – ${title}`, period, '', ...notes, ...(notes.length > 0 ? [''] : [])],
    ...figures.map(
      ({ name, value, change }) => `${name}${colon}${value}${change === '' ? '' : `, ${change}`}`,
    ),
    ...[against, ''],
    ...(picture.is ? [] : [picture.text, '']),
    ...(link ? [`${link.text}${colon}${link.url}`, link.note, ''] : []),
    ...[...rules, '', how.title],
    ...how.each.map(({ name, text }) => `– ${name}${colon}${text}`),
    ...[`${definitions.text}${colon}${definitions.url}`, hash, '', why],
    ...(leave ? [`${leave.text}${colon}${leave.url}`] : []),
  ].join('\n');
}

/** Colours of a mail by day and by night; readers of mails know no custom properties. */
const CSS = `
body{margin:0;padding:0;background:#f4f2ec;color:#1a1d23;font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif}
main{display:block;max-width:600px;margin:0 auto;padding:20px 16px}
h1{margin:0;font-size:22px;line-height:1.3}
h2{margin:24px 0 8px;font-size:16px}
p{margin:0 0 8px}
table{width:100%;margin:16px 0 4px;border-collapse:collapse}
th,td{padding:10px 0;border-top:1px solid #dcd8cc;vertical-align:baseline}
th{padding-right:12px;font-weight:400;text-align:left}
td{font-size:22px;font-weight:700;text-align:right;white-space:nowrap}
small{display:block;color:#50545c;font-size:14px;font-weight:400;white-space:normal}
img{display:block;width:100%;height:auto;margin:16px 0;border:1px solid #dcd8cc}
a{color:#0c5f5a}
a.open{display:inline-block;padding:10px 18px;border-radius:6px;background:#0c5f5a;color:#fff;text-decoration:none}
.soft,.soft p{color:#50545c;font-size:14px;overflow-wrap:anywhere}
.note{padding:8px 12px;background:#ebe8df}
hr{margin:24px 0 16px;border:0;border-top:1px solid #dcd8cc}
@media (prefers-color-scheme:dark){
body{background:#121518;color:#eeece6}small,.soft,.soft p{color:#b0b4bb}th,td,img,hr{border-color:#2f353b}
a{color:#6fd3c7}a.open{background:#6fd3c7;color:#0b1f1d}.note{background:#22272c}}`;

/** A mail as a page: no script, nothing loaded from anywhere but the mail itself. */
export function htmlOf(content: Content): string {
  const { locale, subject, brand, title, period, notes, figures, against, picture, link } = content;
  const rows = figures.map(
    ({ name, value, change }) =>
      `<tr><th scope="row">${safe(name)}${change === '' ? '' : `<small>${safe(change)}</small>`}</th><td>${safe(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${safe(subject)}</title><style>${CSS}
</style></head><body><main>
<p class="soft"><bdi>${safe(brand)}</bdi></p>
<h1><bdi>${safe(title)}</bdi></h1>
<p class="soft">${safe(period)}</p>
${notes.map((note) => `<p class="note">${safe(note)}</p>`).join('\n')}
<table>${rows.join('\n')}</table>
<p class="soft">${safe(against)}</p>
${picture.is ? `<img src="cid:${PICTURE_ID}" alt="${safe(picture.text)}">` : `<p class="note">${safe(picture.text)}</p>`}
${link ? `<p><a class="open" href="${safe(link.url)}">${safe(link.text)}</a></p><p class="soft">${safe(link.note)}</p>` : ''}
${footOf(content)}
</main></body></html>
`;
}

function footOf({ rules, how, definitions, hash, why, leave }: Content): string {
  const each = how.each.map(({ name, text }) => `<p><strong>${safe(name)}</strong><br>${safe(text)}</p>`);
  return `<div class="soft">
<h2>${safe(how.title)}</h2>
${rules.map((rule) => `<p>${safe(rule)}</p>`).join('\n')}
${each.join('\n')}
<p><a href="${safe(definitions.url)}">${safe(definitions.text)}</a></p>
<p>${safe(hash)}</p>
<hr>
<p>${safe(why)}</p>
${leave ? `<p><a href="${safe(leave.url)}">${safe(leave.text)}</a></p>` : ''}
</div>`;
}

function safe(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
