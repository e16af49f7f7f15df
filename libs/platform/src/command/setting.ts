import { ConfigurationError, readVariable } from '../process/variable.js';
import { Stop } from './stop.js';

/**
 * An environment variable, or the content of the file that `NAME_FILE` names, as the services read theirs; undefined if
 * neither is set. @throws Stop
 */
export function setting(name: string): string | undefined {
  try {
    return readVariable(name);
  } catch (error) {
    throw error instanceof ConfigurationError ? new Stop(error.message) : error;
  }
}
