/** Open a session with a token: the server answers with a cookie that scripts cannot read. */
export async function signIn(token: string): Promise<'done' | 'refused' | 'unavailable'> {
  try {
    const answer = await fetch('/api/v1/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    });
    if (answer.ok) return 'done';
    return answer.status < 500 && answer.status !== 429 ? 'refused' : 'unavailable';
  } catch {
    return 'unavailable';
  }
}
