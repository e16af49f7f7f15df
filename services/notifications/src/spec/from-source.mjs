// Lets Node run the service's TypeScript as the specs see it, so that a spec can end it like `kill -9` without a build:
// `node --import ./from-source.mjs --conditions @tenure/source main.ts`.
import { registerHooks } from 'node:module';
import { transformSync } from '@swc/core';

registerHooks({
  resolve(specifier, context, next) {
    try {
      return next(specifier, context);
    } catch (error) {
      if (!/^\.{1,2}\/.*\.js$/.test(specifier)) throw error;
      try {
        return next(specifier.replace(/\.js$/, '.ts'), context);
      } catch {
        return next(specifier.replace(/\.js$/, '.tsx'), context);
      }
    }
  },
  load(url, context, next) {
    if (!/\.tsx?$/.test(url) || url.includes('/node_modules/')) return next(url, context);
    const source = next(url, { ...context, format: 'module' }).source.toString();
    const { code } = transformSync(source, {
      filename: url,
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', decorators: true, tsx: url.endsWith('x') },
        transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
      },
      module: { type: 'es6' },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
