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

/** Where services are added: the servers of one machine, which are told at once, or the configuration of others. */
export interface Installation {
  readonly services: AddedServices;
  /** Answers what the service needs to know, for the person at the terminal. */
  add(name: string, asks: readonly string[]): Promise<string[]>;
  remove(name: string): Promise<string[]>;
}

/** A folder with the configuration of production servers, such as deploy/nats. */
export class ConfiguredInstallation implements Installation {
  /** @throws Stop when it is not there */
  constructor(private readonly folder: string) {
    if (!existsSync(folder)) throw new Stop(`There is no folder ${folder}.`);
  }

  get services(): AddedServices {
    return readAddedServices(this.folder);
  }

  /** What the contracts and its services say of the users. @throws Stop when one of those can ask nothing such */
  writeUsers(): string {
    const { services } = this;
    needAddable(services);
    const file = path.join(this.folder, 'users.conf');
    writeFileSync(file, productionUsers(services));
    return file;
  }

  async add(name: string, asks: readonly string[]): Promise<string[]> {
    this.#write({ ...this.services, [name]: asks });
    // A letter first: NATS reads a variable that begins like a number as one.
    const password = `p${randomBytes(24).toString('hex')}`;
    return [
      `${name} may ask ${asks.join(', ')}, and follow the events of licensing. ${this.folder} says so now.`,
      `Give this to the NATS servers, and, as NATS_PASSWORD, to ${name}; it is written nowhere:`,
      `${passwordVariable(name)}=${password}`,
      `Then let each server read its configuration again: nats-server --signal reload`,
    ];
  }

  async remove(name: string): Promise<string[]> {
    this.#write(withoutService(this.services, name));
    return [
      `${name} is gone from ${this.folder}. Let each server read its configuration again: nats-server --signal reload`,
    ];
  }

  #write(services: AddedServices): void {
    writeAddedServices(this.folder, services);
    this.writeUsers();
  }
}
