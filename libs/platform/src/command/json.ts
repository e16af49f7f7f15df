import { Stop } from './stop.js';

/** The JSON of a file. @throws Stop if it is none */
export function jsonIn(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Stop(`${file}: ${(error as Error).message}.`);
  }
}
