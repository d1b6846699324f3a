/** Lines a person copies into a terminal: what a source does, with a few invented fans. */
export interface SourceLines {
  readonly token: string;
  readonly consents: string;
  readonly events: string;
  /** Erases the invented fans again. */
  readonly erase: string;
}

const NOW = `'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'`;

/**
 * Lines for this deployment. They use `seq`, `date` and `curl`, in any POSIX shell.
 * @param fans how many take part: fewer than the brand's k would stay hidden
 */
export function linesOf(origin: string, slug: string, token: string, fans: number): SourceLines {
  const send = (path: string, type: string, data: string) =>
    [
      `curl ${origin}/api/v1/brands/${slug}/${path} \\`,
      `  -H "Authorization: Bearer $FANFARE_TOKEN" \\`,
      `  -H 'Content-Type: ${type}' \\`,
      `  ${data}`,
    ].join('\n');
  const each = (line: string, path: string) =>
    [
      `for n in $(seq 1 ${fans}); do`,
      `  echo '${line}'`,
      `done | ${send(path, 'application/x-ndjson', '--data-binary @-')}`,
    ].join('\n');
  return {
    token: `export FANFARE_TOKEN='${token}'`,
    consents: each(
      [
        `{"network":"web","fan":"test-'"$n"'","purposes":{"measure":true},`,
        `"at":"${NOW}","age":"18+","method":"form",`,
        `"notice":{"version":"test","locale":"fr"}}`,
      ].join(''),
      'consents',
    ),
    events: each(
      [
        `{"id":"test-'"$n-$(date +%s)"'","network":"web","kind":"comment",`,
        `"fan":"test-'"$n"'","object":"page-1","text":"Superbe !","occurredAt":"${NOW}"}`,
      ].join(''),
      'events',
    ),
    erase: [
      `for n in $(seq 1 ${fans}); do`,
      send('fans/erase', 'application/json', `-d '{"network":"web","fan":"test-'"$n"'"}'`),
      'done',
    ].join('\n'),
  };
}
