/** Draws that wait, the longest first. */
const waiting = new Set<() => void>();
let asked = 0;

/**
 * Draw in one of the next animation frames, one drawing in each: several charts of one board would
 * together keep a frame longer than the screen waits. What waits already is not drawn twice.
 */
export function drawInTurn(draw: () => void): void {
  waiting.add(draw);
  asked ||= requestAnimationFrame(next);
}

/** It is not there to be drawn any more. */
export function leaveTurns(draw: () => void): void {
  waiting.delete(draw);
}

function next(): void {
  const [first] = waiting;
  asked = waiting.size > 1 ? requestAnimationFrame(next) : 0;
  if (!first) return;
  waiting.delete(first);
  first();
}
