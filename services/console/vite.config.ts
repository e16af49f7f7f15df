import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The gateway that the development server passes `/api` and `/auth` on to, and the origin that it takes changes from. */
const target = process.env.TENURE_GATEWAY ?? 'http://localhost:7300';
const gateway = { target, headers: { origin: process.env.PUBLIC_URL ?? target } };

/** The gateway sends what is compressed here, once and as well as can be. */
function compressed(): Plugin {
  const compress = { br: promisify(brotliCompress), gz: promisify(gzip) };
  return {
    name: 'compressed',
    apply: 'build',
    async writeBundle({ dir = '' }, bundle) {
      const texts = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css|svg)$/.test(name));
      await Promise.all(
        texts.map(async (name) => {
          const source = await readFile(path.join(dir, name));
          for (const [ending, by] of Object.entries(compress))
            await writeFile(path.join(dir, `${name}.${ending}`), await by(source));
        }),
      );
    },
  };
}

/** A browser checks what is typed: that Zod could write its schemas down as JSON Schema is 5 KB of every form. */
function withoutJsonSchema(): Plugin {
  return {
    name: 'without-json-schema',
    apply: 'build',
    transform: {
      filter: { id: /\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/ },
      handler: (code) => ({
        code: [...code.matchAll(/^export (?:const|function) (\w+)/gm)]
          .map(([, name]) => `export const ${name} = () => {};`)
          .join('\n'),
        map: null,
      }),
    },
  };
}

/**
 * What most pages need is one file of packages, which a new version of the console mostly leaves as it is, and one of our
 * own. Split by who needs what alone, a page was 65 files.
 */
const ofMostPages = [
  { name: 'packages', test: /node_modules/, minShareCount: 5 },
  { name: 'shared', minShareCount: 5 },
];

export default defineConfig({
  plugins: [react(), compressed(), withoutJsonSchema()],
  // The gateway puts a fresh nonce in its place with every answer.
  html: { cspNonce: '{{nonce}}' },
  resolve: { conditions: ['@tenure/source', 'module', 'browser', 'development|production'] },
  build: {
    target: 'es2024',
    assetsInlineLimit: 0,
    sourcemap: true,
    reportCompressedSize: false,
    rolldownOptions: { output: { codeSplitting: { groups: ofMostPages } } },
  },
  server: {
    port: Number(process.env.TENURE_CONSOLE_PORT ?? 5173),
    strictPort: true,
    proxy: { '/api': gateway, '/auth': gateway, '/calendar': gateway },
  },
});
