import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Stop } from './stop.js';

/** What a person has typed after the command. @throws Stop with what is wrong with it, and how the command is used */
export function typed<const Config extends ParseArgsConfig>(
  usage: string,
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n\n${usage}`);
  }
}
