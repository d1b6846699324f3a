/**
 * Rounds fitted planes to bytes. Only differences from neutral matter to a softmax, so two planes are kept;
 * `unit` is what one step is worth, chosen so that all but one slot in ten thousand fit without clipping.
 */
export function quantise(planes: readonly Float32Array[]): { slots: Int8Array; unit: number } {
  const [negative, neutral, positive] = planes;
  if (negative === undefined || neutral === undefined || positive === undefined)
    throw new Error('three planes');
  const size = neutral.length;
  const apart = new Float32Array(2 * size);
  for (let i = 0; i < size; i++) {
    apart[2 * i] = (negative[i] ?? 0) - (neutral[i] ?? 0);
    apart[2 * i + 1] = (positive[i] ?? 0) - (neutral[i] ?? 0);
  }
  const sizes = apart.map(Math.abs).sort();
  const unit = (sizes[Math.floor(sizes.length * 0.9999)] ?? 1) / 127;
  const slots = new Int8Array(2 * size);
  for (let i = 0; i < slots.length; i++)
    slots[i] = Math.max(-127, Math.min(127, Math.round((apart[i] ?? 0) / unit)));
  return { slots, unit };
}
