// The arrows between the folders of src/, once: the bundler and the linter both read them from here.

/**
 * For each folder of src/ (or the files above them): the folders that it may import from, besides itself.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const arrows = {
  domain: [],
  engine: [],
  sources: ['domain'],
  feeds: ['sources', 'engine', 'domain'],
  dre: ['domain'],
  views: ['feeds', 'dre', 'domain', 'engine'],
  platform: ['domain', 'engine'],
  ui: ['views', 'feeds', 'dre', 'platform', 'domain', 'engine'],
  webview: ['domain'],
  'extension.ts': ['compose.ts', 'ui', 'engine'],
  compose: ['ui', 'views', 'feeds', 'sources', 'engine', 'dre', 'platform', 'domain'],
  'compose.ts': ['compose', 'ui', 'views', 'feeds', 'sources', 'engine', 'dre', 'platform', 'domain'],
};

/** The folders (and the file) that may import `vscode`. */
export const mayUseVscode = ['extension.ts', 'platform', 'ui'];

/**
 * The layer of a file of src/, or undefined outside of src/.
 * @param {string} file an absolute or relative path
 */
export function layerOf(file) {
  const match = /(?:^|[\\/])src[\\/](\w+\.ts|[^\\/]+)(?:[\\/]|$)/.exec(file);
  return match?.[1];
}

/**
 * Why an import is not allowed, or undefined if it is.
 * @param {string} importer path of the importing file
 * @param {string} target path of the imported file, or the name `vscode`
 */
export function forbidden(importer, target) {
  const from = layerOf(importer);
  if (from === undefined) return undefined;
  if (target === 'vscode') {
    return mayUseVscode.includes(from)
      ? undefined
      : `src/${from} may not import vscode (only ${mayUseVscode.join(', ')})`;
  }
  const to = layerOf(target);
  if (to === undefined || to === from) return undefined;
  const allowed = arrows[from] ?? [];
  return allowed.includes(to) ? undefined : `src/${from} may not import src/${to}: arrows point down only`;
}
