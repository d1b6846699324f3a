import type { ProblemCode } from '@fanfare/contract';
import { api, brand, json, nothing, type Operation } from './operation.ts';

const ONE: readonly ProblemCode[] = ['unauthenticated', 'not_found', 'unavailable'];

/** Boards that were frozen. */
export const SNAPSHOTS: readonly Operation[] = [
  {
    method: 'POST',
    path: brand('/snapshots'),
    name: 'createSnapshot',
    access: 'admin',
    what: 'Freeze the board of a window: as the team sees it, or as the public does',
    body: { schema: 'NewSnapshot' },
    answer: { status: 201, what: 'Frozen', schema: 'Snapshot' },
    problems: ['bad_json', 'bad_field', 'unknown_brand', 'unavailable'],
  },
  {
    method: 'GET',
    path: brand('/snapshots'),
    name: 'listSnapshots',
    access: 'visitor',
    what: 'The snapshots of a brand, newest first',
    query: [
      { name: 'limit', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
      { name: 'before', schema: { type: 'string', description: '`next` of the page before' } },
    ],
    answer: json('SnapshotList'),
    problems: ['bad_field', 'unauthenticated', 'unknown_brand', 'unavailable'],
  },
  {
    method: 'GET',
    path: api('/snapshots/:id'),
    name: 'getSnapshot',
    access: 'visitor',
    what: 'What is known of a snapshot, and how many fans withdrew since',
    answer: json('SnapshotDetail'),
    problems: ONE,
  },
  {
    method: 'GET',
    path: api('/snapshots/:id.json'),
    name: 'getSnapshotFile',
    access: 'visitor',
    what: 'The frozen board as a file, always the same bytes; `ETag` is its SHA-256, `Content-Digest` that of the file',
    answer: json('SnapshotFile', 'The file'),
    problems: ONE,
  },
  {
    method: 'GET',
    path: api('/snapshots/:id/sha256'),
    name: 'getSnapshotHash',
    access: 'open',
    what: 'The SHA-256 of a snapshot, for whoever holds its file and wants to check it',
    answer: json('SnapshotHash'),
    problems: ['not_found', 'unavailable'],
  },
  {
    method: 'DELETE',
    path: api('/snapshots/:id'),
    name: 'deleteSnapshot',
    access: 'admin',
    what: 'Delete a snapshot; its file can then be checked against its own hash alone',
    answer: nothing('Deleted'),
    problems: ['not_found', 'unavailable'],
  },
];
