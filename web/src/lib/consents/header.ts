import { delimiterOf, isFault, readConsentHeader, type ItemFault } from '@fanfare/contract';

/** What is wrong with the header row of a file, or `null`. The server looks again, more closely. */
export function headerFault(bytes: Uint8Array): ItemFault | null {
  const text = new TextDecoder().decode(bytes);
  const cells = text.split(delimiterOf(text)).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  const header = readConsentHeader(cells);
  return isFault(header) ? header : null;
}
