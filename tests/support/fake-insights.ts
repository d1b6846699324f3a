import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One question to the Graph API. */
export interface Question {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** Page insights of a fake Graph API, on a port of this machine. */
export interface FakeInsights {
  /** With the version, for META_GRAPH_URL. */
  readonly url: string;
  readonly asked: Question[];
  /** What is answered from now on. */
  answer: (question: Question) => readonly [status: number, body: object, headers?: Record<string, string>];
  readonly close: () => Promise<void>;
}

/** Starts a fake that answers nobody well until it is told how. */
export async function fakeInsights(): Promise<FakeInsights> {
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://graph');
    const question = { path: pathname, query: searchParams, headers: request.headers };
    fake.asked.push(question);
    const [status, body, headers = {}] = fake.answer(question);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fake: FakeInsights = {
    url: `http://127.0.0.1:${port}/v23.0`,
    asked: [],
    answer: () => [500, {}],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}
