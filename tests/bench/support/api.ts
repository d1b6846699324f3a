import { TOKEN } from './server-process.ts';

/** Call the API with every right. @throws for any answer but 2xx */
export async function call<T>(
  url: string,
  method: string,
  path: string,
  body?: string,
  type = 'application/json',
): Promise<T> {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
  return JSON.parse(text) as T;
}

/** Make a brand of the general sector. */
export async function makeBrand(url: string, slug: string): Promise<void> {
  await call(url, 'POST', '/brands', JSON.stringify({ slug, name: slug }));
}

/** Record the consents of `fan-FIRST` to `fan-LAST` to being measured and credited. */
export async function consentFans(url: string, brand: string, first: number, last: number): Promise<void> {
  const at = new Date(Date.now() - 100 * 86_400_000).toISOString();
  const lines: string[] = [];
  for (let fan = first; fan <= last; fan++) {
    lines.push(
      `{"network":"facebook","fan":"fan-${fan}","purposes":{"measure":true,"influence":${fan % 2 === 0}},` +
        `"at":"${at}","age":"18+","method":"form","notice":{"version":"2026-11","locale":"fr"}}`,
    );
  }
  const answer = await call<{ accepted: number }>(
    url,
    'POST',
    `/brands/${brand}/consents`,
    lines.join('\n'),
    'application/x-ndjson',
  );
  if (answer.accepted !== lines.length) throw new Error(`only ${answer.accepted} consents were accepted`);
}
