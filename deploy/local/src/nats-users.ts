import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repository } from './folders.js';
import { readAddedServices } from './services/added-services.js';
import { productionUsers } from './services/production-users.js';

/** `npm run nats-users [-- <folder>]`: writes `users.conf` of the production servers, beside the `services.json` of their configuration (deploy/nats). */
const folder = process.argv[2] ?? path.join(repository, 'deploy/nats');
if (existsSync(folder)) writeFileSync(path.join(folder, 'users.conf'), productionUsers(readAddedServices(folder)));
else {
  console.error(`There is no folder ${folder}: npm run nats-users [-- <folder>]`);
  process.exitCode = 1;
}
