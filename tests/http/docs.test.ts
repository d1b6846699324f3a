import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EventSchema } from '@fanfare/contract';
import { startApp, type TestApp } from '../support/app.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string }>>;
  components: { schemas: Record<string, unknown>; responses: Record<string, unknown> };
}

let app: TestApp;
let document: Document;

beforeAll(async () => {
  app = await startApp();
  document = (await app.call('GET', '/openapi.json')).body;
});
afterAll(() => app.close());

describe('the description of the API', () => {
  it('has every registered route, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.toSorted()).toEqual(app.app.routes.toSorted());
  });

  it('names each call once', () => {
    const names = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('points only at what it holds', () => {
    const refs = [...JSON.stringify(document).matchAll(/"#\/components\/(schemas|responses)\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(30);
    for (const [, kind, name] of refs) {
      expect(Object.keys(document.components[kind as 'schemas' | 'responses'])).toContain(name);
    }
  });

  it('carries the schemas of the contract as they are', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.components.schemas['Event']).toEqual(JSON.parse(JSON.stringify(EventSchema)));
  });

  it('is a page too, without a script', async () => {
    const page = await fetch(`${app.url}/api/v1/docs`);
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(html).toContain('POST /api/v1/brands/:brand/events');
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
  });
});
