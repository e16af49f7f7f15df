import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { hash } from 'bcryptjs';
import type { AddedServices } from '@tenure/contracts';
import {
  needAddable,
  readAddedServices,
  readRecord,
  withoutService,
  writeAddedServices,
  writeRecord,
} from '@tenure/platform/command/added-services';
import { Stop } from '@tenure/platform/command/stop';
import { hashesFile, productionUsers } from './production-users.js';

/** Bcrypt's lowest. A slower hash would not protect a random password better, and NATS computes it for each connection. */
const cost = 4;

/**
 * Where services are added: the servers of this machine, which apply it immediately, or the configuration of other
 * servers.
 */
export interface Installation {
  readonly services: AddedServices;
  /** Returns what the service needs to know, for the person at the terminal. */
  add(name: string, asks: readonly string[]): Promise<string[]>;
  remove(name: string): Promise<string[]>;
}

/** A folder with the configuration of production servers, such as deploy/nats. */
export class ConfiguredInstallation implements Installation {
  /** @throws Stop if it does not exist */
  constructor(private readonly folder: string) {
    if (!existsSync(folder)) throw new Stop(`There is no folder ${folder}.`);
  }

  get services(): AddedServices {
    return readAddedServices(this.folder);
  }

  /**
   * Writes the users that follow from the contracts and the folder's services. @throws Stop if a service cannot be
   * granted what it lists
   */
  writeUsers(): string {
    needAddable(this.services);
    const file = path.join(this.folder, 'users.conf');
    writeFileSync(file, productionUsers(this.folder));
    return file;
  }

  async add(name: string, asks: readonly string[]): Promise<string[]> {
    const isNew = !Object.hasOwn(this.services, name);
    const services = { ...this.services, [name]: asks };
    needAddable(services);
    const password = randomBytes(24).toString('hex');
    if (isNew) writeRecord(this.#hashesFile, { ...this.#hashes, [name]: await hash(password, cost) });
    writeAddedServices(this.folder, services);
    this.writeUsers();
    return [
      `${name} may ask ${asks.join(', ')}, and follow the events of licensing. This is now in ${this.folder}.`,
      ...(isNew
        ? [`Give ${name} its password, of which only a hash is stored:`, `NATS_PASSWORD=${password}`]
        : ['Its password stays.']),
      reload,
    ];
  }

  async remove(name: string): Promise<string[]> {
    writeAddedServices(this.folder, withoutService(this.services, name));
    const { [name]: _, ...rest } = this.#hashes;
    writeRecord(this.#hashesFile, rest);
    this.writeUsers();
    return [`${name} was removed from ${this.folder}.`, reload];
  }

  get #hashes(): Record<string, string> {
    return readRecord(this.#hashesFile);
  }

  get #hashesFile(): string {
    return hashesFile(this.folder);
  }
}

const reload = 'Copy users.conf to the NATS servers and reload the configuration of each: nats-server --signal reload';
