import { Type } from 'typebox';

/** Most annotations a brand keeps. */
export const MOST_ANNOTATIONS = 500;

/** Ids of annotations; whoever writes one chooses it, so that a repeated write changes nothing. */
export const ANNOTATION_ID = /^[A-Za-z0-9_-]{8,32}$/;

/** JSON schema of an annotation: what happened when, in the team's words. */
export const AnnotationDraftSchema = Type.Object(
  {
    at: Type.String({ maxLength: 40, description: 'RFC 3339' }),
    text: Type.String({ minLength: 1, maxLength: 80 }),
  },
  { additionalProperties: false },
);
export interface AnnotationDraft {
  readonly at: string;
  readonly text: string;
}

/** An annotation as the team reads it. */
export interface AnnotationBody extends AnnotationDraft {
  readonly id: string;
}
