import { execFileSync } from 'node:child_process';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** The gateway that the development server passes `/api` and `/auth` on to. */
const gateway = process.env.TENURE_GATEWAY ?? 'http://localhost:7300';

/** Until the gateway signs people in: everything is asked as this sample person. */
const person = process.env.TENURE_AS;

function signedIn(): Plugin {
  const token = execFileSync('node', ['../../deploy/local/dist/token.js', person!], { encoding: 'utf8' }).trim();
  return {
    name: 'signed-in',
    configureServer: ({ middlewares }) =>
      void middlewares.use((request, response, next) => {
        request.headers.authorization = `Bearer ${token}`;
        if (request.url !== '/auth/session') return next();
        void fetch(`${gateway}/api/me`, { headers: { authorization: `Bearer ${token}` } })
          .then((answer) => answer.json())
          .then((member) =>
            response
              .setHeader('content-type', 'application/json')
              .end(JSON.stringify({ member, csrfToken: '', sandbox: true, expiresAt: '2030-01-01T00:00:00.000Z' })),
          );
      }),
  };
}

export default defineConfig({
  plugins: [react(), ...(person ? [signedIn()] : [])],
  // The gateway puts a fresh nonce in its place with every answer.
  html: { cspNonce: '{{nonce}}' },
  resolve: { conditions: ['@tenure/source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2024', assetsInlineLimit: 0, sourcemap: true },
  server: {
    port: Number(process.env.TENURE_CONSOLE_PORT ?? 5173),
    strictPort: true,
    proxy: { '/api': gateway, '/auth': gateway },
  },
});
