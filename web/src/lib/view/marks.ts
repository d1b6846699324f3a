import type { AnnotationBody } from '@fanfare/contract';

/** An annotation that lies in what is drawn, numbered from the left. */
export interface Mark {
  readonly id: string;
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly text: string;
}

/** More would hide the line. */
const MOST = 12;

/** The annotations between two instants (milliseconds), the latest of them when there are many. */
export function marksOf(annotations: readonly AnnotationBody[], from: number, to: number): Mark[] {
  return annotations
    .map(({ id, at, text }) => ({ id, at: Date.parse(at), text }))
    .filter(({ at }) => at >= from && at <= to)
    .sort((a, b) => a.at - b.at)
    .slice(-MOST)
    .map((mark, i) => ({ ...mark, n: i + 1 }));
}
