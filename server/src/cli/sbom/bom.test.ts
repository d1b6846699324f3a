import { expect, it } from 'vitest';
import { bomOf } from './bom.ts';

it('names each package once, with what it depends on, through our own workspaces', () => {
  const shared = { version: '2.0.0', resolved: 'https://registry.example/shared.tgz' };
  const one = { version: '1.0.0', resolved: 'https://registry.example/one.tgz', dependencies: { shared } };
  const { components, dependencies } = bomOf('0.1.0', [
    { dependencies: { '@org/one': one, '@fanfare/db': { version: 'link:db', dependencies: { shared } } } },
    { dependencies: { shared } },
  ]);
  expect(components.map(({ purl }) => purl)).toEqual(['pkg:npm/%40org/one@1.0.0', 'pkg:npm/shared@2.0.0']);
  expect(components[0]).toMatchObject({ group: '@org', name: 'one', version: '1.0.0' });
  expect(dependencies).toEqual([
    { ref: 'fanfare', dependsOn: ['pkg:npm/%40org/one@1.0.0', 'pkg:npm/shared@2.0.0'] },
    { ref: 'pkg:npm/%40org/one@1.0.0', dependsOn: ['pkg:npm/shared@2.0.0'] },
    { ref: 'pkg:npm/shared@2.0.0', dependsOn: [] },
  ]);
});
