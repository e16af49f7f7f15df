import { execFile } from 'node:child_process';
import { portNames, portVariable, readConfiguration, type Configuration } from '@tenure/local/configuration';
import { repository } from '@tenure/local/folders';

export interface Typed {
  code: number;
  /** Standard output and errors. */
  out: string;
}

/** Ends only commands that hang: how fast a command is depends on what else the machine does. */
const PATIENCE_MS = 240_000;

/** Four digits alone. An id also has four digits between hyphens, and about one in a hundred equals a port. */
const aPort = /(?<![\w-])\d{4}(?![\w-])/g;

/**
 * A terminal in the clone for a stack with its own folder and ports, whose settings the commands get as the pages
 * require.
 */
export class Terminal {
  readonly #environment: NodeJS.ProcessEnv;
  /** The ports that the pages name, and the ones that they are here. */
  readonly #ports: ReadonlyMap<string, number>;

  constructor({ dataFolder, ports }: Configuration) {
    const own = portNames.map((name) => [portVariable(name), String(ports[name])]);
    // If this machine lacks the locale that it names, bash begins with a warning.
    this.#environment = { ...process.env, ...Object.fromEntries(own), TENURE_DATA: dataFolder, LC_ALL: undefined };
    const usual = readConfiguration({ TENURE_DATA: '/nowhere' }).ports;
    this.#ports = new Map(portNames.map((name) => [String(usual[name]), ports[name]]));
  }

  /** Runs the command and waits for its end. */
  type(text: string): Promise<Typed> {
    const here = text.replaceAll(aPort, (port) => String(this.#ports.get(port) ?? port));
    return new Promise((resolve) => {
      execFile(
        'bash',
        ['-c', here],
        { cwd: repository, env: this.#environment, timeout: PATIENCE_MS },
        (error, stdout, stderr) => {
          const hung = error?.killed ? `It was ended after ${PATIENCE_MS / 1000} s.` : '';
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), out: `${stdout}${stderr}${hung}` });
        },
      );
    });
  }
}
