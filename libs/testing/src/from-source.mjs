/**
 * `node --import`: runs TypeScript in this process, with the export condition `@tenure/source` leading workspace
 * imports to it. The specs run by it, and the processes that they start.
 */
import { readFileSync } from 'node:fs';
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
    try {
      return next(specifier, fromSource);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      try {
        return next(specifier.replace(/\.js$/, '.ts'), fromSource);
      } catch {
        return next(specifier.replace(/\.js$/, '.tsx'), fromSource);
      }
    }
  },
  load(url, context, next) {
    if (!/\.tsx?$/.test(url)) return next(url, context);
    const file = fileURLToPath(url);
    const { code } = transformSync(readFileSync(file, 'utf8'), { ...options, filename: file });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
