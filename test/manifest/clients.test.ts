import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const sources = join(import.meta.dirname, '../../src');
const clientFolder = join(sources, 'sources');

/** What the clients can do: the methods of every interface that `src/sources` exports. */
function clientMethods(file: string): readonly string[] {
  const parsed = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return parsed.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true)
    .flatMap(({ members }) => members)
    .filter(ts.isMethodSignature)
    .map(({ name }) => (ts.isIdentifier(name) ? name.text : ''));
}

describe('the clients of the services', () => {
  it('have no method that nothing uses', () => {
    const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => join(sources, name));
    const texts = files.map((file) => readFileSync(file, 'utf8'));
    const methods = files.filter((file) => file.startsWith(clientFolder)).flatMap(clientMethods);
    assert.ok(methods.includes('listAlerts') && methods.includes('requestStatus'), methods.join());
    const unused = methods.filter((name) => !texts.some((text) => new RegExp(`[.]${name}\\b`).test(text)));
    assert.deepEqual(unused, []);
  });
});
