import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** House rules that are one shape of syntax each. */
const RULES = {
  env: {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Settings are read in main.ts and the command entries only; take them as an argument.',
  },
  nodeEnv: {
    selector: ":matches(Identifier[name='NODE_ENV'], Literal[value='NODE_ENV'])",
    message: 'No switch on NODE_ENV: what is tested is what runs.',
  },
  unknownCast: {
    selector: 'TSAsExpression > TSAsExpression > TSUnknownKeyword',
    message: 'No cast through unknown: validate or narrow.',
  },
  jsImport: {
    selector:
      ':matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration)[source.value=/^\\.{1,2}\\u002F(?!.*[$]types[.]js).*\\.js$/]',
    message: 'Import the .ts file: Node runs it as it is.',
  },
  defaultExport: {
    selector: ':matches(ExportDefaultDeclaration, ExportSpecifier[exported.name="default"])',
    message: 'Named exports only.',
  },
  clock: {
    selector:
      "CallExpression[callee.property.name='now'][callee.object.name=/^(Date|performance)$/], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.name='Date']",
    message: 'A pure file has no clock: time is an argument.',
  },
  chance: {
    selector:
      "CallExpression[callee.object.name='Math'][callee.property.name='random'], CallExpression[callee.object.name='crypto'][callee.property.name=/^(randomUUID|getRandomValues)$/]",
    message: 'A pure file has no chance: randomness is an argument.',
  },
  typed: {
    // What a radio, a checkbox or a hidden field is worth is nobody's typing.
    selector:
      "SvelteElement[name.name='input'] > SvelteStartTag:not(:has(SvelteAttribute[key.name='type'] > SvelteLiteral[value=/^(hidden|checkbox|radio)$/])) > SvelteAttribute[key.name='value'] > SvelteMustacheTag, SvelteElement[name.name='select'] > SvelteStartTag > SvelteAttribute[key.name='value'] > SvelteMustacheTag, SvelteElement[name.name='input'] > SvelteStartTag > SvelteAttribute[key.name='checked'] > SvelteMustacheTag",
    message: 'A default or a binding: what is typed before the script is there must stay.',
  },
};
const everywhere = [RULES.nodeEnv, RULES.unknownCast, RULES.jsImport, RULES.defaultExport];
const forbid = (...rules) => ({ 'no-restricted-syntax': ['error', ...everywhere, ...rules] });

const PURE = [
  'server/contract/src/**/*.ts',
  'server/src/domain/**/*.ts',
  'server/src/pipeline/**/*.ts',
  'server/src/sources/*/map.ts',
];
const ENTRIES = [
  'server/src/labeller/train/**/*.ts',
  'server/setup.mjs',
  'server/src/main.ts',
  'server/src/cli/**/*.ts',
  'tests/**/*.ts',
  '**/*.test.ts',
];
const CONFIGS = ['*.config.{js,ts}', '{web,.githooks}/*.config.{js,ts}'];

export default defineConfig(
  {
    ignores: ['**/node_modules/', 'data/', 'coverage/', 'web/build/', 'web/.svelte-kit/', '**/paraglide/'],
  },
  { linterOptions: { noInlineConfig: true } },
  js.configs.recommended,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: { tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-param-reassign': 'error',
      'prefer-const': 'error',
      ...forbid(RULES.env),
    },
  },
  {
    files: ['{server,db,tests}/**/*.ts', '*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/return-await': 'error',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        {
          'ts-expect-error': 'allow-with-description',
          'ts-ignore': true,
          'ts-nocheck': true,
          'ts-check': false,
        },
      ],
    },
  },
  {
    files: ['web/**/*.{ts,js,svelte}'],
    extends: [...tseslint.configs.recommended, ...svelte.configs.recommended],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'svelte/no-at-html-tags': 'error',
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // Served at the root of its origin; there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['web/**/*.svelte'], rules: forbid(RULES.env, RULES.typed) },
  { files: PURE, ignores: ['**/*.test.ts'], rules: forbid(RULES.env, RULES.clock, RULES.chance) },
  { files: ENTRIES, rules: { 'no-console': 'off', ...forbid() } },
  {
    files: CONFIGS,
    rules: {
      'no-restricted-syntax': ['error', RULES.nodeEnv, RULES.unknownCast],
    },
  },
  { files: ['**/*.mjs'], rules: { 'no-console': 'off' } },
);
