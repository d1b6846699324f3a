/** The first 64 bits of a key as two numbers. */
export function halves(key: string): [number, number] {
  return [bits(key, 0), bits(key, 8)];
}

/** Eight hexadecimal digits in lower case as a number; `Number.parseInt` takes ten times as long. */
function bits(key: string, from: number): number {
  let value = 0;
  for (let i = from; i < from + 8; i++) {
    const code = key.charCodeAt(i);
    value = (value << 4) | (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return value >>> 0;
}
