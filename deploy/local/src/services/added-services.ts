import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { notAddable, type AddedServices } from '@tenure/contracts';
import { Stop } from '../supervisor/stop.js';

/** The services that an operator has added, in a folder's `services.json`; none if there is no such file. */
export function readAddedServices(folder: string): AddedServices {
  const file = fileIn(folder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as AddedServices) : {};
}

/** @throws Stop when one of them cannot be added */
export function writeAddedServices(folder: string, services: AddedServices): void {
  const refused = notAddable(services);
  if (refused.length > 0) throw new Stop(refused.join('\n'));
  writeFileSync(`${fileIn(folder)}.new`, `${JSON.stringify(services, null, 2)}\n`);
  renameSync(`${fileIn(folder)}.new`, fileIn(folder));
}

function fileIn(folder: string): string {
  return path.join(folder, 'services.json');
}
