import { describe, expect, it } from 'vitest';
import { PLACES } from './places.ts';
import { routesInTree } from './tree.ts';

describe('the places that are looked at', () => {
  it('are of every route of the tree, and of no other', () => {
    expect(Object.keys(PLACES).sort()).toEqual(routesInTree());
  });
});
