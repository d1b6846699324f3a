import { ANNOTATION_ID, AnnotationDraftSchema, KINDS, NETWORKS } from '@fanfare/contract';
import { Type, type TSchema } from 'typebox';
import { brand, json, nothing, type Operation } from './operation.ts';

const oneOf = (values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)));
const Instant = Type.String({ format: 'date-time' });

/** What people at a desk write, and what they see of a source that they connect. */
export const DESK: readonly Operation[] = [
  {
    method: 'GET',
    path: brand('/annotations'),
    name: 'listAnnotations',
    access: 'visitor',
    what: 'The marks on the time line of a brand, by instant',
    answer: json('Annotation[]'),
    problems: ['unauthenticated', 'unknown_brand', 'unavailable'],
  },
  {
    method: 'PUT',
    path: brand('/annotations/:id'),
    name: 'putAnnotation',
    access: 'admin',
    what: 'Write a mark under an id of your own, or change the one that has it; 201 when it is new',
    body: { schema: 'AnnotationDraft' },
    answer: json('Annotation', 'As it was written'),
    problems: ['bad_json', 'bad_field', 'unknown_brand', 'forbidden', 'unavailable'],
  },
  {
    method: 'DELETE',
    path: brand('/annotations/:id'),
    name: 'deleteAnnotation',
    access: 'admin',
    what: 'Take a mark off the time line',
    answer: nothing(),
    problems: ['bad_field', 'not_found', 'unknown_brand', 'forbidden', 'unavailable'],
  },
  {
    method: 'GET',
    path: brand('/events/latest'),
    name: 'latestEvents',
    access: 'admin',
    what: 'The last five events of the last hour, without anything of a person, and what was refused: for whoever connects a source',
    answer: json('Latest'),
    problems: ['unauthenticated', 'unknown_brand', 'forbidden', 'unavailable'],
  },
];

/** Bodies of them by name. */
export const DESK_SCHEMAS: Readonly<Record<string, TSchema>> = {
  AnnotationDraft: AnnotationDraftSchema,
  Annotation: Type.Object({
    id: Type.String({ pattern: ANNOTATION_ID.source }),
    at: Instant,
    text: Type.String(),
  }),
  Latest: Type.Object({
    asOf: Instant,
    events: Type.Array(Type.Object({ network: oneOf(NETWORKS), kind: oneOf(KINDS), at: Instant })),
    refusals: Type.Array(
      Type.Object({
        ...{ network: oneOf(NETWORKS), reason: Type.String(), at: Instant },
        count: Type.Integer({ minimum: 1 }),
      }),
    ),
  }),
};
