import path from 'node:path';
import { repository } from './folders.js';

/**
 * Vite's development server for the console as a process: its own port, and the gateway to which it forwards requests.
 */
export function devServer({ port, gateway, publicUrl }: { port: number; gateway: string; publicUrl: string }) {
  return {
    args: [path.join(repository, 'node_modules/vite/bin/vite.js'), 'services/console'],
    cwd: repository,
    env: {
      ...process.env,
      TENURE_CONSOLE_PORT: String(port),
      TENURE_GATEWAY: gateway,
      // The origin from which the gateway accepts changes.
      PUBLIC_URL: publicUrl,
    },
  };
}
