import { accessSync, constants, mkdirSync, statfsSync } from 'node:fs';
import { stopOf, Stop } from '@tenure/platform/command/stop';
import {
  portNames,
  portVariable,
  rememberedIssuerPort,
  rememberIssuerPort,
  type Configuration,
} from '../configuration.js';
import { isFree } from '../servers/ports.js';
import { portOwner } from './port-owner.js';

/** Checks that the folders are writable and the disk has the space that is certainly needed. @throws Stop */
export function checkFolders({ dataFolder, logFolder }: Configuration): void {
  const NEEDED_MB = 500;
  for (const folder of [dataFolder, logFolder]) {
    try {
      mkdirSync(folder, { recursive: true });
      accessSync(folder, constants.W_OK | constants.X_OK);
    } catch (error) {
      throw stopOf(error, `writing into ${folder}`);
    }
  }
  const { bavail, bsize } = statfsSync(dataFolder);
  const free = Math.floor((bavail * bsize) / 1024 ** 2);
  if (free < NEEDED_MB)
    throw new Stop(
      `The disk is nearly full: ${dataFolder} needs ${NEEDED_MB} MB and has ${free} MB left. Free some space, or set TENURE_DATA to another folder.`,
    );
}

/**
 * Members are identified by their issuer, whose address contains its port, so that port belongs to the data. @throws
 * Stop
 */
export function keepIssuer({ dataFolder, ports }: Configuration): void {
  const kept = rememberedIssuerPort(dataFolder);
  if (kept === undefined) rememberIssuerPort(dataFolder, ports.identityProvider);
  else if (kept !== ports.identityProvider)
    throw new Stop(
      `The members stored in ${dataFolder} sign in at port ${kept}. Leave ${portVariable('identityProvider')} at that value, or set another TENURE_DATA.`,
    );
}

/** @throws Stop that names the process that uses a port */
export async function checkPorts({ ports }: Configuration): Promise<void> {
  for (const name of portNames) {
    if (await isFree(ports[name])) continue;
    throw new Stop(
      `Port ${ports[name]} is taken by ${portOwner(ports[name])}. Stop that process, or choose another port in ${portVariable(name)} (or TENURE_PORT_BASE for all).`,
    );
  }
}
