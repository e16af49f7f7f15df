import path from 'node:path';
import { repository } from './folders.js';

/** Vite's development server for the console, as a process: its own address, and the gateway that it passes requests on to. */
export function devServer({ port, gateway, publicUrl }: { port: number; gateway: string; publicUrl: string }) {
  return {
    args: [path.join(repository, 'node_modules/vite/bin/vite.js'), 'services/console'],
    cwd: repository,
    env: {
      ...process.env,
      TENURE_CONSOLE_PORT: String(port),
      TENURE_GATEWAY: gateway,
      // Where a change has to come from, for the gateway to take it.
      PUBLIC_URL: publicUrl,
    },
  };
}
