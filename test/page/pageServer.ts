import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageHtml } from '../../src/ui/kit/pageHtml.ts';
import { builtPages } from './builtPages.ts';

const nonce = 'bm9uY2UtZm9yLXRlc3Rz';

/** A built page on loopback. */
export interface PageServer {
  readonly url: string;
  /** Of the script, minified. */
  readonly scriptBytes: number;
  close(): Promise<void>;
}

/** Serves a built page, as it ships: `name` is that of its script, its styles and its root element. */
export async function servePage(name: string, title: string): Promise<PageServer> {
  const files = await builtPages();
  const [script, styles] = [`${name}.js`, `${name}.css`];
  const html = pageHtml({
    nonce,
    cspSource: "'self'",
    scriptUri: `/${script}`,
    styleUri: `/${styles}`,
    title,
    root: name,
  });
  const answers = new Map([
    ['/', { type: 'text/html', body: html }],
    [`/${script}`, { type: 'text/javascript', body: files.get(script) ?? '' }],
    [`/${styles}`, { type: 'text/css', body: files.get(styles) ?? '' }],
  ]);
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '');
    if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': `${answer.type}; charset=utf-8` }).end(answer.body);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    scriptBytes: Buffer.byteLength(files.get(script) ?? ''),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
