import { describe, expect, it } from 'vitest';
import { PLACES } from './places.ts';
import { routesInTree } from './tree.ts';

describe('the places that are looked at', () => {
  it('leave no route of the tree out', () => {
    expect(routesInTree().length).toBeGreaterThan(40);
    expect(routesInTree().filter((route) => !(route in PLACES))).toEqual([]);
  });
});
