/** Sign in with a passkey of this browser. */
export async function signInWithPasskey(): Promise<boolean> {
  const options = await json('GET', 'generate-authenticate-options');
  if (options === null) return false;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(
    options as PublicKeyCredentialRequestOptionsJSON,
  );
  const credential = await navigator.credentials.get({ publicKey }).catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) return false;
  return (await json('POST', 'verify-authentication', { response: credential.toJSON() as unknown })) !== null;
}

/** Add a passkey to one's account. */
export async function addPasskey(name: string): Promise<boolean> {
  const options = await json('GET', 'generate-register-options');
  if (options === null) return false;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
    options as PublicKeyCredentialCreationOptionsJSON,
  );
  const credential = await navigator.credentials.create({ publicKey }).catch(() => null);
  if (!(credential instanceof PublicKeyCredential)) return false;
  const response = credential.toJSON() as unknown;
  return (await json('POST', 'verify-registration', { response, name })) !== null;
}

/** Can this browser keep passkeys? */
export function hasPasskeys(): boolean {
  return 'PublicKeyCredential' in globalThis && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

async function json(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  try {
    const answer = await fetch(`/api/auth/passkey/${path}`, {
      method,
      ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
    });
    return answer.ok ? ((await answer.json()) as unknown) : null;
  } catch {
    return null;
  }
}
