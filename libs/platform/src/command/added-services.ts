import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { notAddable, type AddedServices } from '@tenure/contracts';
import { jsonIn } from './json.js';
import { Stop } from './stop.js';

/**
 * The services that an operator added, from a folder's `services.json`; none if the file does not exist. @throws Stop
 * if it is not JSON
 */
export function readAddedServices(folder: string): AddedServices {
  return readRecord(fileIn(folder));
}

/** The record in a JSON file; empty if the file does not exist. @throws Stop if it is not JSON */
export function readRecord<T>(file: string): Record<string, T> {
  if (!existsSync(file)) return {};
  return jsonIn(readFileSync(file, 'utf8'), file) as Record<string, T>;
}

/** @throws Stop when one of them cannot be added */
export function needAddable(services: AddedServices): void {
  const refused = notAddable(services);
  if (refused.length > 0) throw new Stop(refused.join('\n'));
}

/** @throws Stop when one of them cannot be added */
export function writeAddedServices(folder: string, services: AddedServices): void {
  needAddable(services);
  writeRecord(fileIn(folder), services);
}

export function writeRecord(file: string, record: object): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

/** @throws Stop if there is none of this name */
export function withoutService(services: AddedServices, name: string): AddedServices {
  if (!Object.hasOwn(services, name)) throw new Stop(`There is no added service ${name}.`);
  return Object.fromEntries(Object.entries(services).filter(([other]) => other !== name));
}

function fileIn(folder: string): string {
  return path.join(folder, 'services.json');
}
