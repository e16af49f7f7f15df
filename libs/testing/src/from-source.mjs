/**
 * `node --import`: runs TypeScript in this process, with the export condition `@tenure/source` leading workspace
 * imports to it. The specs run by it, and the processes that they start.
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
    // Looked for first: Node looks in vain for what is only compiled to that name, and takes its time to say so.
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
