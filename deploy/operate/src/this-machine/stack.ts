import path from 'node:path';
import type { Person } from '@tenure/local/identity-provider/person';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import { Stop } from '@tenure/platform/command/stop';
import type { Installation } from '../services/services.js';

// What the commands go by where no deployment is named: the stack on this machine. It is known by `deploy/local`, which a clone
// has and the image for production has not. So nothing else here imports that, and this file only once it is asked.

/** @throws Stop when none runs */
export async function needStack(): Promise<Stack> {
  return (await inAClone(() => import('@tenure/local/supervisor/find-stack'))).needStack();
}

/** Lets a person sign in at the identity provider of this stack. */
export async function signInsOf({ configuration }: Stack): Promise<(person: Person) => void> {
  const { savePerson } = await inAClone(() => import('@tenure/local/people'));
  return (person) => savePerson(path.join(configuration.dataFolder, 'identity-provider'), person);
}

/** The servers of this machine, as services are added to them. @throws Stop when they do not run */
export async function runningInstallation(): Promise<Installation> {
  const { RunningInstallation } = await inAClone(() => import('@tenure/local/supervisor/running-installation'));
  const { configuration, nats, pid } = await needStack();
  const natsPid = pid('nats');
  if (natsPid === undefined) throw new Stop('NATS is not running: try again in a moment.');
  return new RunningInstallation({ dataFolder: configuration.dataFolder, nats, natsPid });
}

async function inAClone<Part>(load: () => Promise<Part>): Promise<Part> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && error.message.includes("'@tenure/local'"))) throw error;
    throw new Stop(
      'No stack is on this machine: set NATS_URL (for verify DATABASE_URL) and what goes with it, of the deployment that is meant.',
    );
  }
}
