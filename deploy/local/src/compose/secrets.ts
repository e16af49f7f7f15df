import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Secrets } from '../secrets.js';
import { filesOfContainers } from './files.js';

/**
 * Writes the secrets of each container into a folder of its name, a volume that no other container has. `secrets.js
 * <folder>`
 */
const folder = process.argv[2]!;
for (const [container, files] of Object.entries(filesOfContainers(new Secrets(folder)))) {
  mkdirSync(path.join(folder, container), { recursive: true });
  // Readable whatever the user of the container's process.
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(folder, container, name), content, { mode: 0o644 });
}
