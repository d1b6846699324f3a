import { createRequire } from 'node:module';

/** The part of Fastify that is used here; the package is the server's own. */
interface Door {
  removeAllContentTypeParsers(): void;
  addContentTypeParser(type: string, options: object, parser: Parser): void;
  post(path: string, handler: (request: { body: Buffer }, reply: { send(body: object): void }) => void): void;
  listen(options: { readonly port: number; readonly host: string }): Promise<string>;
}
type Parser = (request: unknown, body: Buffer, done: (fault: null, body: Buffer) => void) => void;
type Package = { readonly fastify: () => Door };
const { fastify } = createRequire(import.meta.resolve('@fanfare/server/app.ts'))('fastify') as Package;

/** A door with nothing behind it: what the answer to one event costs at least. */
const ANSWER = {
  received: 1,
  counted: 1,
  duplicate: 0,
  refused: 0,
  quarantined: 0,
  rejected: 0,
  seq: 1,
  errors: [],
};

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);
app.post('/api/v1/brands/:brand/events', (request, reply) => {
  JSON.parse(request.body.toString('utf8'));
  reply.send(ANSWER);
});
process.on('message', ({ port }: { readonly port: number }) => {
  void app.listen({ port, host: '127.0.0.1' }).then(() => process.send?.({ done: true }));
});
process.on('disconnect', () => process.exit(0));
