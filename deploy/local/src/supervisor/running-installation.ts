import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '@nats-io/transport-node';
import { exampleOf, inboxPrefix, type AddedServices } from '@tenure/contracts';
import { readAddedServices, withoutService, writeAddedServices } from '@tenure/platform/command/added-services';
import { Stop } from '@tenure/platform/command/stop';
import { Secrets } from '../secrets.js';
import { natsConfigFile, replaceNatsUsers } from '../servers/nats.js';
import { usersOf } from './nats-users.js';

/** The running stack of this machine, for adding services: its NATS server accepts new users without a restart. */
export class RunningInstallation {
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
      `nats request ${asks[0]}.${name} '${JSON.stringify(exampleOf(asks[0]!)?.request)}' --server ${nats} --user ${name} --password … --inbox-prefix ${inboxPrefix(name)}`,
    ];
  }

  async remove(name: string): Promise<string[]> {
    writeAddedServices(this.stack.dataFolder, withoutService(this.services, name));
    await this.#tell();
    return [`${name} was removed, and its connections are closed.`];
  }

  /**
   * Reloads the server's configuration, which happens asynchronously. It is done once the server accepts the marker
   * user that the new configuration contains.
   */
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

/** A user without rights, and with another password in each configuration. */
const sign = { user: 'configuration-is-read', publish: [], subscribe: [] };

async function letIn(servers: string, user: string, pass: string): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    try {
      await (await connect({ servers, user, pass, reconnect: false })).close();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Stop(`NATS has not loaded its new configuration: ${(error as Error).message}`);
      await delay(50);
    }
  }
}
