/**
 * Rounds fitted planes to bytes. Only differences from neutral matter to a softmax, so two planes are kept. A
 * byte q stands for q·|q| units, so that small weights keep fine steps and the largest is not cut.
 */
export function quantise(planes: readonly Float32Array[]): { slots: Int8Array; unit: number } {
  const [negative, neutral, positive] = planes;
  if (negative === undefined || neutral === undefined || positive === undefined)
    throw new Error('three planes');
  const apart = new Float32Array(2 * neutral.length);
  for (let i = 0; i < neutral.length; i++) {
    apart[2 * i] = (negative[i] ?? 0) - (neutral[i] ?? 0);
    apart[2 * i + 1] = (positive[i] ?? 0) - (neutral[i] ?? 0);
  }
  let largest = 0;
  for (const weight of apart) largest = Math.max(largest, Math.abs(weight));
  const unit = largest / 127 ** 2;
  const slots = Int8Array.from(
    apart,
    (weight) => Math.sign(weight) * Math.round(Math.sqrt(Math.abs(weight) / unit)),
  );
  return { slots, unit };
}
