import path from 'node:path';
import type { Member } from '@tenure/local/people';
import type { Stack } from '@tenure/local/supervisor/find-stack';
import { Stop } from '@tenure/platform/command/stop';
import type { Installation } from '../services/services.js';

// The stack on this machine, which the commands use if no deployment is named. `deploy/local` knows it, which a clone
// has and the production image does not. So only this file imports `deploy/local`, and only when it is needed.

/** @throws Stop if none is running */
export async function needStack(): Promise<Stack> {
  return (await inAClone(() => import('@tenure/local/supervisor/find-stack'))).needStack();
}

/** Lets a person sign in at the identity provider of this stack. */
export async function signInsOf({ configuration }: Stack): Promise<(member: Member) => void> {
  const { savePerson } = await inAClone(() => import('@tenure/local/people'));
  return (member) => savePerson(path.join(configuration.dataFolder, 'identity-provider'), member);
}

/** The servers of this machine, for adding services to them. @throws Stop if they are not running */
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
      'There is no stack on this machine: set NATS_URL (DATABASE_URL for verify, retention and members -- forget) and the related settings of the deployment you mean.',
    );
  }
}
