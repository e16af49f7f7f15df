import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import {
  allocateDatapoints,
  callers,
  eventStream,
  getEntitlement,
  natsUsers,
  subjectFor,
  inboxPrefix,
  type NatsUser,
} from '@tenure/contracts';
import pg from 'pg';
import { Secrets } from '@tenure/local/secrets';
import { startNats } from '@tenure/local/servers/nats';
import { freePort } from '@tenure/local/servers/ports';
import { startPostgres } from '@tenure/local/servers/postgres';
import { createRoles } from '@tenure/local/servers/create-roles';
import { asRole, inDatabase, superuserUrl, type RolePasswords } from '@tenure/local/servers/roles';
import { startServerProcess, type ServerProcess } from '@tenure/local/servers/server-process';
import { deleteData, ownConfiguration } from '@tenure/local/supervisor/own-configuration';
import { stackOf, type Stack } from '@tenure/local/supervisor/find-stack';
import { readPasswords, type Passwords } from '@tenure/local/supervisor/passwords';
import { migration, tenureProcesses } from '@tenure/local/supervisor/tenure-processes';
import { echoSubject } from './echo-subject.js';

const run = promisify(execFile);

/** The NATS users of the bench itself, which may send what `ingestion` may, and of the echo. */
const asking = 'bench';
const echoing = 'echo';
/** The database for the bare statements: its own copy of licensing's schema on the same server. */
const floorDatabase = 'floor';

/** PostgreSQL, NATS, one or two instances of licensing and an echo. Their data are deleted at the end. */
export class LicensingStage {
  readonly processes: { name: string; pid: number }[] = [];
  readonly #ends: (() => Promise<unknown>)[] = [];

  private constructor(
    private readonly logFolder: string,
    private readonly stack: Stack,
    private readonly passwords: Passwords,
    private readonly natsPasswords: Record<string, string>,
    private readonly startLicensing: (number: number) => Promise<ServerProcess>,
  ) {}

  static async set(): Promise<LicensingStage> {
    const configuration = await ownConfiguration('bench-licensing');
    const { ports, dataFolder, logFolder } = configuration;
    const secrets = new Secrets(dataFolder);
    const natsPasswords = secrets.all('nats', [...callers, asking, echoing]);
    const passwords = readPasswords(secrets);
    const server = superuserUrl(ports.postgres, passwords.superuser);
    const stack = stackOf(configuration, passwords, () => undefined);
    const licensing = tenureProcesses(stack, passwords)
      .flat()
      .find(({ name }) => name === 'licensing')!;
    const startLicensing = async (number: number) => {
      const readyPort = number === 1 ? licensing.readyPort : await freePort();
      return startServerProcess({
        name: `licensing ${number}`,
        command: process.execPath,
        args: [...licensingOptions(), licensing.script],
        log: path.join(logFolder, `licensing-${number}.log`),
        ready: async () => (await fetch(`http://127.0.0.1:${readyPort}/ready`).catch(() => null))?.status === 200,
        env: { ...process.env, ...licensing.environment, HEALTH_PORT: String(readyPort) },
      });
    };
    const stage = new LicensingStage(logFolder, stack, passwords, natsPasswords, startLicensing);
    stage.#ends.push(async () => deleteData(configuration));
    try {
      console.log('Starting PostgreSQL, NATS and licensing …');
      const folder = (name: string) => ({
        dataFolder: path.join(dataFolder, name),
        log: path.join(logFolder, `${name}.log`),
      });
      stage.#keep(
        'postgres',
        await startPostgres({ ...folder('postgres'), port: ports.postgres, password: passwords.superuser }),
      );
      stage.#keep(
        'nats',
        await startNats({ ...folder('nats'), port: ports.nats, users: users(), passwords: natsPasswords }),
      );
      for (const database of ['tenure', floorDatabase]) {
        await createRoles({ url: server, passwords: passwords.postgres, database });
        await migrate(server, passwords.postgres, database);
      }
      await stage.#startEcho();
      await stage.addInstance();
      return stage;
    } catch (error) {
      await stage.end();
      throw error;
    }
  }

  /** Connection strings, as the superuser. */
  get databases(): { tenure: string; floor: string } {
    return {
      tenure: this.stack.database,
      floor: inDatabase(this.stack.database, floorDatabase),
    };
  }

  /** Connections like licensing's, to the floor's database. */
  floorPool(connections: number): pg.Pool {
    const connectionString = asRole(this.stack.database, 'licensing', this.passwords.postgres, floorDatabase);
    const pool = new pg.Pool({ connectionString, max: connections });
    this.#ends.push(() => pool.end());
    return pool;
  }

  async connect(): Promise<NatsConnection> {
    const nats = await connect({
      servers: this.stack.nats,
      user: asking,
      pass: this.natsPasswords[asking]!,
      inboxPrefix: inboxPrefix(asking),
    });
    this.#ends.push(() => nats.close());
    return nats;
  }

  /** Starts another instance of licensing. */
  async addInstance(): Promise<void> {
    const number = this.processes.filter(({ name }) => name.startsWith('licensing')).length + 1;
    this.#keep(`licensing ${number}`, await this.startLicensing(number));
  }

  async end(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end();
  }

  async #startEcho(): Promise<void> {
    const echo = await startServerProcess({
      name: 'the echo',
      command: process.execPath,
      args: [fileURLToPath(import.meta.resolve('./echo.js'))],
      log: path.join(this.logFolder, 'echo.log'),
      ready: async () => true,
      env: {
        ...process.env,
        NATS_URL: this.stack.nats,
        NATS_USER: echoing,
        NATS_PASSWORD: this.natsPasswords[echoing]!,
      },
    });
    this.#keep('echo', echo);
  }

  #keep(name: string, { pid, stop }: ServerProcess): void {
    this.processes.push({ name, pid });
    this.#ends.push(stop);
  }
}

/** Node.js options for the instances of licensing, such as `--cpu-prof`. */
function licensingOptions(): string[] {
  return (process.env.BENCH_NODE_OPTIONS ?? '').split(' ').filter((option) => option !== '');
}

function users(): NatsUser[] {
  const asks = [allocateDatapoints, getEntitlement].map((message) => subjectFor(message, 'ingestion'));
  return [
    ...natsUsers(),
    { user: asking, publish: [...asks, echoSubject, `$JS.API.STREAM.INFO.${eventStream.name}`], subscribe: [] },
    { user: echoing, publish: [], subscribe: [echoSubject], respond: true },
  ];
}

async function migrate(server: string, passwords: RolePasswords, database: string): Promise<void> {
  const { script, environment } = migration('licensing', server, passwords);
  const url = asRole(server, 'licensing_owner', passwords, database);
  await run(process.execPath, [script], {
    env: { ...process.env, ...environment, DATABASE_URL: url, DATABASE_OWNER_URL: url },
  });
}
