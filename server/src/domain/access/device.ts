const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Tizen/, 'Samsung Tizen'],
  [/Web0S|webOS/i, 'LG webOS'],
  [/BRAVIA/, 'Sony Bravia'],
  [/AFT[A-Z]/, 'Fire TV'],
  [/CrKey/, 'Chromecast'],
  [/Roku/, 'Roku'],
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/CrOS/, 'ChromeOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux|X11/, 'Linux'],
];
/** The more special first: most browsers claim to be Chrome and Safari too. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdge?\/(\d{1,4})/, 'Edge'],
  [/\bOPR\/(\d{1,4})/, 'Opera'],
  [/\bSamsungBrowser\/(\d{1,4})/, 'Samsung Internet'],
  [/\bFirefox\/(\d{1,4})/, 'Firefox'],
  [/\b(?:Headless)?Chrom(?:e|ium)\/(\d{1,4})/, 'Chrome'],
  [/\bVersion\/(\d{1,4})[\d.]* .*Safari/, 'Safari'],
];

/**
 * Browser and system of a `User-Agent`, such as "Chrome 118, LG webOS"; `null` when neither is known.
 * Made of names written here and a number alone, so that nothing a stranger sends is shown.
 */
export function deviceOf(agent: string | undefined): string | null {
  const text = (agent ?? '').slice(0, 512);
  const system = SYSTEMS.find(([form]) => form.test(text))?.[1];
  const browser = BROWSERS.map(([form, name]) => {
    const version = form.exec(text)?.[1];
    return version === undefined ? undefined : `${name} ${version}`;
  }).find((name) => name !== undefined);
  return [browser, system].filter((part) => part !== undefined).join(', ') || null;
}
