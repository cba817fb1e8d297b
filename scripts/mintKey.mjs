// Loaded into the VS Code server (`node --import`): answers the one request that code-server's own wrapper would. The
// workbench asks for half of the key with which it keeps secrets in the browser; without an answer they are lost at
// every reload. The key stays in the user data folder, so it lasts as long as the secrets do.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Server } from 'node:http';
import { join } from 'node:path';

const option = process.argv.indexOf('--user-data-dir');
const file = option < 0 ? undefined : join(process.argv[option + 1] ?? '', 'secretKey');

function key() {
  if (file === undefined) return randomBytes(32);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}

const emit = Server.prototype.emit;
/** @type {any} */ (Server.prototype).emit = function (/** @type {unknown} */ event, /** @type {any[]} */ ...rest) {
  const [request, response] = rest;
  if (event === 'request' && request.method === 'POST' && request.url === '/mint-key') {
    // Only the workbench's own page may have it, not another site that the browser has open.
    const own = request.headers['sec-fetch-site'] === 'same-origin';
    response.writeHead(own ? 200 : 403).end(own ? key() : '');
    return true;
  }
  return Reflect.apply(emit, this, [event, ...rest]);
};
