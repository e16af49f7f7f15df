/**
 * For `node --import`: runs TypeScript in this process and resolves workspace imports to their sources, through the
 * export condition `@tenure/source`. Used by the specs and the processes that they start.
 */
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks, setSourceMapsSupport } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';

const options = {
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', decorators: true, tsx: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

setSourceMapsSupport(true);
registerHooks({
  resolve(specifier, context, next) {
    const fromSource = { ...context, conditions: ['@tenure/source', ...context.conditions] };
    const { parentURL = '' } = context;
    // Checked first: Node would search in vain for the compiled file, and takes its time.
    if (/^\.{1,2}\/.*\.js$/.test(specifier) && /^file:(?!.*\/node_modules\/)/.test(parentURL))
      for (const extension of ['.ts', '.tsx']) {
        const source = new URL(specifier.replace(/\.js$/, extension), parentURL);
        if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
      }
    return next(specifier, fromSource);
  },
  load(url, context, next) {
    if (!/\.tsx?$/.test(url)) return next(url, context);
    const file = fileURLToPath(url);
    const { code } = transformSync(readFileSync(file, 'utf8'), { ...options, filename: file });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
