import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/**
 * The rooms of the house, in the order in which they may know each other (docs/architecture.md).
 * A room imports from rooms of an earlier row only; rooms of one row never import each other.
 */
export const rows = [
  ['contracts'],
  ['common', 'config'],
  ['infra'],
  ['auth'],
  ['cohorts'],
  ['calendar', 'files'],
  ['workshops', 'mentoring', 'forums', 'chat'],
  ['agenda', 'search', 'notifications'],
  ['reminders'],
  ['bridges'],
];

const zones = rows.flatMap((row, index) =>
  row.map((room) => ({
    target: `./src/${room}`,
    from: [...row.filter((other) => other !== room), ...rows.slice(index + 1).flat()]
      .map((other) => `./src/${other}`)
      .concat('./src/cli', './scripts', './web', './test'),
    message: `${room} may only import rooms before it (docs/architecture.md).`,
  })),
);

/** Specs beside the code keep to the rooms, too, but use what tests share. */
const zonesOfSpecs = zones.map((zone) => ({ ...zone, from: zone.from.filter((folder) => folder !== './test') }));

export default tseslint.config(
  { ignores: ['dist', 'web/dist', '.cordee', 'node_modules', 'coverage', 'reports'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({
          project: ['tsconfig.json', 'web/tsconfig.json'],
          noWarnOnMultipleProjects: true,
        }),
      ],
    },
    rules: {
      'import-x/no-cycle': ['error', { maxDepth: 8 }],
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      '@typescript-eslint/no-extraneous-class': 'off',
      // Option types of the libraries are classes; object literals are how they are meant to be given.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, arguments: false } },
      ],
    },
  },
  {
    files: ['test/**/*.ts', '**/*.spec.ts', '**/*.spec.tsx'],
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: zonesOfSpecs, basePath: import.meta.dirname }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['web/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  {
    files: ['src/**/*.ts', 'src/**/*.tsx'],
    ignores: ['src/config/**', 'src/**/*.spec.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Configuration is parsed once in src/config.' },
      ],
    },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
);
