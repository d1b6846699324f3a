import type { Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';
import { SCHEMAS } from './schemas.ts';

const ACCESS = {
  open: 'anybody',
  visitor: 'without a token, the demonstration alone',
  admin: 'a token or a session',
} as const;

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 56rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h2 { margin-top: 2.5rem; } article { border-top: 1px solid #8886; padding: 1rem 0; }
h3 { margin: 0; font: 600 1rem ui-monospace, monospace; overflow-wrap: anywhere; }
p, dl { margin: .4rem 0; } dt { float: left; clear: left; min-width: 6rem; opacity: .75; } dd { margin: 0 0 0 6rem; }
pre { overflow: auto; padding: 1rem; border: 1px solid #8886; border-radius: .4rem; font-size: .85rem; }
`;

/** The API for people: one page, no script, nothing from elsewhere. */
export function docsPage(): string {
  const schemas = Object.entries(SCHEMAS).map(
    ([name, schema]) =>
      `<article id="${name}"><h3>${name}</h3><pre tabindex="0">${escape(JSON.stringify(schema, null, 2))}</pre></article>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Fanfare API</title><style>${STYLE}</style></head><body>
<h1>Fanfare API</h1>
<p>The same as <a href="openapi.json">openapi.json</a>. Send <code>Authorization: Bearer …</code>. Errors are
<code>application/problem+json</code> with a <code>code</code>; writes answer after the commit.</p>
<h2>Calls</h2>
${OPERATIONS.map(article).join('\n')}
<h2>Bodies</h2>
${schemas.join('\n')}
</body></html>
`;
}

function article({ method, path, what, access, query, body, answer, problems }: Operation): string {
  const rows: [string, string][] = [['Who', ACCESS[access]]];
  if (query) rows.push(['Query', query.map(({ name }) => `<code>${name}</code>`).join(', ')]);
  if (body) rows.push(['Body', `${link(body.schema)}${body.many ? ': one, an array, or NDJSON' : ''}`]);
  if (body?.table) rows.push(['Or CSV', escape(body.table)]);
  rows.push(['Answer', `${answer.status} ${answer.schema ? link(answer.schema) : escape(answer.what)}`]);
  if (problems) rows.push(['Problems', problems.map((code) => `<code>${code}</code>`).join(', ')]);
  const list = rows.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>`).join('');
  return `<article><h3>${method} ${escape(path)}</h3><p>${escape(what)}</p><dl>${list}</dl></article>`;
}

function link(schema: string): string {
  const name = schema.replace('[]', '');
  return `<a href="#${name}">${name}</a>${schema.endsWith('[]') ? ', a list' : ''}`;
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
