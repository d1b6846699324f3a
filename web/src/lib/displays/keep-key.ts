const HOUR_MS = 3_600_000;

/**
 * Asks for a new key now and each hour; the server gives one a day, in a cookie. For the browser alone.
 * @param changed called when there is a new key @returns stops it
 */
export function keepKey(changed: () => void): () => void {
  const renew = async () => {
    try {
      const answer = await fetch('/api/v1/displays/renew', { method: 'POST' });
      if (answer.ok && ((await answer.json()) as { rotated: boolean }).rotated) changed();
    } catch {
      // The old key is good until a new one is used: the next hour will do.
    }
  };
  void renew();
  const renewing = setInterval(() => void renew(), HOUR_MS);
  return () => clearInterval(renewing);
}
