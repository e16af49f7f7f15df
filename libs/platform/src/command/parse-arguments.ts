import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Stop } from './stop.js';

/** Parses the arguments of a command. @throws Stop with what is wrong, followed by the usage */
export function parseArguments<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n\n${usage}`);
  }
}
