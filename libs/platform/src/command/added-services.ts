import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { notAddable, type AddedServices } from '@tenure/contracts';
import { Stop } from './stop.js';

/**
 * The services that an operator added, from a folder's `services.json`; none if the file does not exist. @throws Stop
 * if it is not JSON
 */
export function readAddedServices(folder: string): AddedServices {
  const file = fileIn(folder);
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as AddedServices;
  } catch (error) {
    throw error instanceof SyntaxError ? new Stop(`${file} is not valid JSON: ${error.message}.`) : error;
  }
}

/** @throws Stop when one of them cannot be added */
export function needAddable(services: AddedServices): void {
  const refused = notAddable(services);
  if (refused.length > 0) throw new Stop(refused.join('\n'));
}

/** @throws Stop when one of them cannot be added */
export function writeAddedServices(folder: string, services: AddedServices): void {
  needAddable(services);
  writeFileSync(`${fileIn(folder)}.new`, `${JSON.stringify(services, null, 2)}\n`);
  renameSync(`${fileIn(folder)}.new`, fileIn(folder));
}

/** @throws Stop if there is none of this name */
export function withoutService(services: AddedServices, name: string): AddedServices {
  if (!Object.hasOwn(services, name)) throw new Stop(`There is no added service ${name}.`);
  return Object.fromEntries(Object.entries(services).filter(([other]) => other !== name));
}

function fileIn(folder: string): string {
  return path.join(folder, 'services.json');
}
