/** `node --import`: runs TypeScript as the specs do, for specs that need a process of its own. */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import jest from '../../../jest.config.js';

const [, options] = Object.values(jest.transform)[0];

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
    const { code } = transformSync(readFileSync(file, 'utf8'), { ...options, filename: file, sourceMaps: 'inline' });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
