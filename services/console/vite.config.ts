import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/**
 * The gateway to which the development server forwards `/api`, `/auth` and `/calendar`, and the origin from which it
 * accepts changes.
 */
const target = process.env.TENURE_GATEWAY ?? 'http://localhost:7300';
const gateway = { target, headers: { origin: process.env.PUBLIC_URL ?? target } };

/** Compresses the files once, at the best level, for the gateway to send. */
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

/** The browser only validates input: Zod's conversion of schemas to JSON Schema would add 5 KB to every form. */
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
 * What most pages need is one file of packages, which a new version of the console mostly leaves unchanged, and one of
 * our own code. Split by exact use, a page consisted of 65 files. Menus, dialogs and drawers are opened later: their
 * packages are a file that no first page loads, as long as `shared` has nothing that imports them.
 */
const opened =
  /node_modules[\\/](@floating-ui|react-remove-scroll|@mantine[\\/]core[\\/]esm[\\/]components[\\/](Drawer|Modal|ScrollArea))/;
const openers = /[\\/]console[\\/]src[\\/]emails[\\/]/;
const ofMostPages = [
  { name: 'packages', test: (id: string) => id.includes('node_modules') && !opened.test(id), minShareCount: 5 },
  { name: 'overlays', test: opened, minShareCount: 5 },
  { name: 'shared', test: (id: string) => !openers.test(id), minShareCount: 5 },
];

export default defineConfig({
  plugins: [react(), compressed(), withoutJsonSchema()],
  // The gateway replaces it with a fresh nonce in every answer.
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
