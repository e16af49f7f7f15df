import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AddedServices } from '@tenure/contracts';
import {
  needAddable,
  readAddedServices,
  withoutService,
  writeAddedServices,
} from '@tenure/platform/command/added-services';
import { Stop } from '@tenure/platform/command/stop';
import { passwordVariable, productionUsers } from './production-users.js';

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
    const { services } = this;
    needAddable(services);
    const file = path.join(this.folder, 'users.conf');
    writeFileSync(file, productionUsers(services));
    return file;
  }

  async add(name: string, asks: readonly string[]): Promise<string[]> {
    this.#write({ ...this.services, [name]: asks });
    // Starts with a letter, because NATS parses a variable that begins with a digit as a number.
    const password = `p${randomBytes(24).toString('hex')}`;
    return [
      `${name} may ask ${asks.join(', ')}, and follow the events of licensing. This is now in ${this.folder}.`,
      `Set this in the environment of the NATS servers, and give the password to ${name} as NATS_PASSWORD. It is stored nowhere:`,
      `${passwordVariable(name)}=${password}`,
      'Then restart the servers one at a time: reloading their configuration is not enough, because a running server does not see the new variable.',
    ];
  }

  async remove(name: string): Promise<string[]> {
    this.#write(withoutService(this.services, name));
    return [
      `${name} was removed from ${this.folder}. Reload the configuration of each server: nats-server --signal reload`,
    ];
  }

  #write(services: AddedServices): void {
    writeAddedServices(this.folder, services);
    this.writeUsers();
  }
}
