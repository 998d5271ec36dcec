import js from '@eslint/js'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'
import vueParser from 'vue-eslint-parser'

export default ts.config(
  { ignores: ['**/dist/**', '**/dist-demo/**', '**/node_modules/**', '**/.turbo/**', '**/artifacts/**', 'data/**'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  prettier,
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: ts.parser } },
    rules: {
      'vue/multi-word-component-names': 'off',
      // uni-app compiles with Vue 3.4, where a destructured prop silently stops being reactive.
      'vue/no-setup-props-reactivity-loss': 'error',
      'vue/component-api-style': ['error', ['script-setup']],
      'no-undef': 'off',
    },
  },
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['**/*.ts'], rules: { 'no-undef': 'off' } },
  {
    files: [
      'apps/bff/**',
      'packages/wechat-sandbox/src/**',
      'packages/e2e/**',
      'scripts/**',
      '**/*.config.*',
      '**/*.mjs',
    ],
    languageOptions: { globals: globals.node },
  },
  { files: ['packages/wechat-sandbox/public/**'], languageOptions: { globals: globals.browser } },
  // Scripts a person runs talk to that person.
  { files: ['scripts/**', '**/build*.mjs', '**/bin/*.mjs'], rules: { 'no-console': 'off' } },
)
