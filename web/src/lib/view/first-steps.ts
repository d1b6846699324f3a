/** Lines a person copies to bring in a first brand, a first consent and a first event. */
export interface FirstSteps {
  readonly brand: string;
  readonly consent: string;
  readonly event: string;
}

const SHELL_NOW = `'"$(date -u +%Y-%m-%dT%H:%M:%SZ)"'`;

/** `curl` lines for this deployment; the token stays in a variable of the reader's shell. */
export function stepsOf(origin: string): FirstSteps {
  const post = (path: string, ...body: readonly string[]) =>
    [
      `curl ${origin}/api/v1/${path} \\`,
      '  -H "Authorization: Bearer $FANFARE_ADMIN_TOKEN" \\',
      `  -H 'Content-Type: application/json' \\`,
      `  -d '${body.join('\n      ')}'`,
    ].join('\n');
  return {
    brand: post('brands', '{"slug":"atelier","name":"Atelier",', '"timeZone":"Europe/Paris","locale":"fr"}'),
    consent: post(
      'brands/atelier/consents',
      '{"network":"web","fan":"fan-1","purposes":{"measure":true},',
      `"at":"${SHELL_NOW}","age":"18+","method":"form",`,
      '"notice":{"version":"2026-11","locale":"fr"}}',
    ),
    event: post(
      'brands/atelier/events',
      '{"id":"post-1/comment-1","network":"web","kind":"comment",',
      '"fan":"fan-1","object":"post-1","text":"Superbe !",',
      `"occurredAt":"${SHELL_NOW}"}`,
    ),
  };
}
