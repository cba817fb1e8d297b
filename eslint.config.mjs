import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import tseslint from 'typescript-eslint';
import { arrows, mayUseVscode } from './scripts/layers.mjs';

/** What shows text in VS Code, and the only files that call it: they make the text harmless (src/domain/base/harmless.ts). */
const showing = [
  ...['showInformationMessage', 'showWarningMessage', 'showErrorMessage', 'showQuickPick', 'createQuickPick'],
  ...['showInputBox', 'createInputBox', 'withProgress', 'createStatusBarItem', 'setStatusBarMessage', 'createTerminal'],
];
const showingFiles = [
  ...['messages', 'picks', 'inputs', 'progress', 'statusItem', 'hovers'].map((name) => `src/ui/kit/${name}.ts`),
  'src/platform/terminals.ts',
];
const throughKit = 'Text from outside may be in it: use the functions of src/ui/kit, which make it harmless.';

/** What is refused in every file of TypeScript. `...(a ?? b)` is allowed: it spreads one whole or the other. */
const spreads = [
  {
    selector: 'SpreadElement > ObjectExpression.argument',
    message: 'Write the fields out.',
  },
  {
    selector: 'ObjectExpression > SpreadElement > ConditionalExpression.argument',
    message: 'Let the field be undefined, or name the two objects first: `const more = a ? one : other`.',
  },
  {
    selector: 'ObjectExpression > SpreadElement > LogicalExpression.argument[operator=/^(&&|[|][|])$/]',
    message: 'Let the field be undefined.',
  },
];

const layers = Object.keys(arrows).filter((layer) => !layer.endsWith('.ts'));

/** One zone a layer: what it may not import. */
const zones = layers.map((layer) => ({
  target: `./src/${layer}`,
  from: [
    './src/extension.ts',
    './src/compose.ts',
    './test',
    ...layers.filter((other) => other !== layer && !arrows[layer].includes(other)).map((other) => `./src/${other}`),
  ],
  message: 'Arrows point down only: see scripts/layers.mjs.',
}));

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/', '**/*.mjs', 'scripts/*.d.ts'] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/prefer-readonly': 'error',
      curly: ['error', 'multi-line'],
      eqeqeq: 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...spreads],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    ignores: mayUseVscode.map((layer) => (layer.endsWith('.ts') ? `src/${layer}` : `src/${layer}/**`)),
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'vscode', message: 'Only extension.ts, platform/ and ui/ may use vscode.' }] },
      ],
    },
  },
  {
    files: ['src/ui/**/*.ts', 'src/platform/**/*.ts'],
    ignores: showingFiles,
    rules: {
      'no-restricted-syntax': [
        'error',
        ...spreads,
        { selector: `MemberExpression[property.name=/^(${showing.join('|')})$/]`, message: throughKit },
        { selector: `Property[key.name=/^(${showing.join('|')})$/]`, message: throughKit },
        { selector: 'NewExpression[callee.property.name="MarkdownString"]', message: throughKit },
        { selector: 'NewExpression[callee.name="MarkdownString"]', message: throughKit },
      ],
    },
  },
  {
    files: ['test/**/*.{ts,tsx}', 'scripts/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
