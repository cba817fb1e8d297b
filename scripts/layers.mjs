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
  'extension.ts': ['compose.ts', 'ui', 'platform'],
  compose: ['ui', 'views', 'feeds', 'sources', 'engine', 'dre', 'platform', 'domain'],
  'compose.ts': ['compose', 'ui', 'views', 'feeds', 'sources', 'engine', 'dre', 'platform', 'domain'],
};

/**
 * For each layer with feature folders: the folders that every feature of the layer may import from.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const shared = {
  domain: ['base', 'documents', 'links'],
  feeds: ['kit'],
  views: ['kit', 'links'],
  ui: ['kit', 'links', 'writes'],
};

/**
 * Folders that join features: they may import from every folder of their layer.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const joining = { domain: ['links'], feeds: [], views: ['links'], ui: ['links'] };

/**
 * The other imports from one feature to another of the same layer, `layer/feature` to features. Each needs a reason.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const betweenFeatures = {};

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
 * The feature folder of a file of src/, or undefined for a file right in the folder of its layer.
 * @param {string} file
 */
function featureOf(file) {
  return /(?:^|[\\/])src[\\/]\w+[\\/](\w+)[\\/]/.exec(file)?.[1];
}

/**
 * Why a feature may not import from another one of its layer, or undefined if it may. Files right in the folder of the
 * layer are the tables that name all features: they may import from each, and no feature from them.
 * @param {string} layer @param {string | undefined} from @param {string | undefined} to
 */
function forbiddenFeature(layer, from, to) {
  const open = shared[layer];
  if (open === undefined || from === undefined || from === to) return undefined;
  if (to === undefined) return `src/${layer}/${from} may not import a file of src/${layer} that names all features`;
  if (open.includes(to) && !(isBase(from) && !isBase(to))) return undefined;
  if (joining[layer]?.includes(from)) return undefined;
  return `src/${layer}/${from} may not import src/${layer}/${to}: features meet in ${open.join(', ')}`;
}

/**
 * Why a folder that all features share may not import from a folder of a lower layer, or undefined if it may: it names no
 * feature there either.
 * @param {string} from `layer/folder` @param {string} layer @param {string | undefined} to
 */
function forbiddenInBase(from, layer, to) {
  const open = shared[layer];
  if (open === undefined || to === undefined || open.includes(to) || !isBase(from.split('/')[1] ?? ''))
    return undefined;
  return `src/${from} may not import src/${layer}/${to}: what all features share names none`;
}

const isBase = (/** @type {string} */ folder) => folder === 'base' || folder === 'kit';

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
  if (to === undefined) return undefined;
  if (to === from) return forbiddenFeature(from, featureOf(importer), featureOf(target));
  const allowed = arrows[from] ?? [];
  if (!allowed.includes(to)) return `src/${from} may not import src/${to}: arrows point down only`;
  return forbiddenInBase(`${from}/${featureOf(importer)}`, to, featureOf(target));
}
