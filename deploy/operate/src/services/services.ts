import { randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import type { AddedServices } from '@tenure/contracts';
import { Secrets } from '@tenure/local/secrets';
import { natsConfigFile, replaceNatsUsers } from '@tenure/local/servers/nats';
import { inboxPrefix } from '@tenure/local/servers/nats-accounts';
import { usersOf } from '@tenure/local/supervisor/nats-users';
import { Stop } from '@tenure/local/supervisor/stop';
import { needAddable, readAddedServices, writeAddedServices } from '@tenure/local/servers/added-services';
import { passwordVariable, productionUsers } from './production-users.js';

/** Where services are added: the servers of one machine, which are told at once, or the configuration of others. */
export interface Installation {
  readonly services: AddedServices;
  /** Answers what the service needs to know, for the person at the terminal. */
  add(name: string, asks: readonly string[]): Promise<string[]>;
  remove(name: string): Promise<string[]>;
}

/** The stack that runs on this machine. Its NATS server takes new users without a restart. */
export class RunningInstallation implements Installation {
  constructor(private readonly stack: { dataFolder: string; nats: string; natsPid: number }) {}

  get services(): AddedServices {
    return readAddedServices(this.stack.dataFolder);
  }

  async add(name: string, asks: readonly string[]): Promise<string[]> {
    const { dataFolder, nats } = this.stack;
    writeAddedServices(dataFolder, { ...this.services, [name]: asks });
    await this.#tell();
    const password = new Secrets(dataFolder).get(`nats.${name}`);
    return [
      `${name} may ask ${asks.join(', ')}, and follow the events of licensing.`,
      `NATS_URL=${nats}`,
      `NATS_USER=${name}`,
      `NATS_PASSWORD=${password}`,
      `Its inbox prefix is ${inboxPrefix(name)}. Try it:`,
      `nats request ${asks[0]}.${name} '{"accountId":"…"}' --server ${nats} --user ${name} --password … --inbox-prefix ${inboxPrefix(name)}`,
    ];
  }

  async remove(name: string): Promise<string[]> {
    writeAddedServices(this.stack.dataFolder, without(this.services, name));
    await this.#tell();
    return [`${name} is gone, and its connections are closed.`];
  }

  /** The server reads its configuration in its own time. It has, once it lets in the sign that was put into it. */
  async #tell(): Promise<void> {
    const { dataFolder, nats, natsPid } = this.stack;
    const { users, passwords } = usersOf(dataFolder);
    const isRead = randomBytes(24).toString('hex');
    const all = { ...passwords, [sign.user]: isRead };
    replaceNatsUsers(natsConfigFile(path.join(dataFolder, 'nats')), [...users, sign], all);
    process.kill(natsPid, 'SIGHUP');
    await letIn(nats, sign.user, isRead);
  }
}

/** A user who may do nothing, and has another password in each configuration. */
const sign = { user: 'configuration-is-read', publish: [], subscribe: [] };

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
    this.#write(without(this.services, name));
    return [
      `${name} is gone from ${this.folder}. Let each server read its configuration again: nats-server --signal reload`,
    ];
  }

  #write(services: AddedServices): void {
    writeAddedServices(this.folder, services);
    this.writeUsers();
  }
}

function without(services: AddedServices, name: string): AddedServices {
  if (!(name in services)) throw new Stop(`There is no added service ${name}.`);
  return Object.fromEntries(Object.entries(services).filter(([other]) => other !== name));
}

async function letIn(servers: string, user: string, pass: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await (await connect({ servers, user, pass, reconnect: false })).close();
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Stop(`NATS has not read its new configuration: ${(error as Error).message}`);
      await delay(50);
    }
  }
}
