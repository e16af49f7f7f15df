import { randomUUID } from 'node:crypto';
import {
  applicationRequest,
  importAccounts,
  recordDeliveryReport,
  removeMember,
  requestNotice,
  saveLicense,
  saveMember,
  saveOrganization,
  saveSector,
  submitApplication,
  type Actor,
  type ApplicationForm,
  type AskOf,
  type Client,
  type NoticeKind,
  type Role,
} from '@tenure/contracts';
import { localDate } from '@tenure/lifecycle';
import { startMailbox, type Mailbox } from '@tenure/local/mailbox/mailbox';
import { freePort } from '@tenure/local/servers/ports';
import { eventually, standardLicense, startInstallation, startOwnProcess, type Installation } from '@tenure/testing';

const issuer = 'https://sign-in.example';
const timeZone = 'Europe/Madrid';
/** The role with the necessary rights, created as an operator would. */
const role = `privacy_${randomUUID().slice(0, 8)}`;
const password = 'only-here';

interface Somebody {
  organizationId: string;
  subject: string;
  name: string;
  email: string;
  role?: Role;
}

export interface Delivered {
  deliveryId: string;
  email: string;
  providerId: string;
}

interface Servers extends Installation {
  operator: Client;
  gateway: Client;
  workflows: Client;
  importer: Client;
}

/** The three services with their databases as an operator installs them, and a role for what no service may do. */
export function installedStage() {
  const stage = {} as Servers;
  let mailbox: Mailbox;
  beforeAll(async () => {
    mailbox = await startMailbox({ port: await freePort(), requestsPerSecond: 1_000 });
    const installation = await startInstallation({ settings: { RESEND_BASE_URL: mailbox.url } });
    const { nats, database } = installation;
    const callers = (['operator', 'gateway', 'workflows', 'importer'] as const).map((caller) => nats.ask(caller));
    const [operator, gateway, workflows, importer] = (await Promise.all(callers)) as [Client, Client, Client, Client];
    Object.assign(stage, { ...installation, operator, gateway, workflows, importer } satisfies Servers);
    await database.sql(`create role ${role} login bypassrls password '${password}'
      in role accounts_owner, licensing_owner, notifications_owner`);
    await operator.ask(saveSector, { code: 'hotel', names: { en: 'Hotel', es: 'Hotel' } });
    await operator.ask(saveLicense, standardLicense);
  });
  afterAll(async () => {
    await stage.database?.sql(`drop role if exists ${role}`);
    await Promise.all([mailbox?.stop(), stage.close?.()]);
  });

  /** The database, for the role. */
  function url(): string {
    const url = new URL(stage.database.url('accounts'));
    [url.username, url.password] = [role, password];
    return url.href;
  }

  async function anOrganization(name: string, isOperator = false): Promise<string> {
    const { organizationId } = await stage.operator.ask(saveOrganization, {
      ...{ name, country: 'ES', timeZone, language: 'en', isOperator },
    });
    return organizationId;
  }

  async function aMember({ role: held = 'super_admin', ...member }: Somebody): Promise<Actor> {
    const saved = await stage.operator.ask(saveMember, { ...member, issuer, language: 'en', roles: [held] });
    const { memberId, organizationId, roles } = saved;
    return { memberId, organizationId, roles };
  }
  const leaves = (subject: string) => stage.operator.ask(removeMember, { issuer, subject });

  async function anAccount(organizationId: string, extra: string[] = [], customerName = 'Solar S.A.'): Promise<string> {
    const accountId = randomUUID();
    const account = {
      ...{ accountId, organizationId, accountName: `Roof of ${customerName} ${accountId.slice(-4)}`, customerName },
      ...{ license: 'standard', datapoints: 100, sector: 'hotel' },
      extraAddresses: extra.map((email) => ({ email, language: 'en' as const })),
      term: { anchor: localDate(new Date(), timeZone), months: 12 },
    };
    const { items } = await stage.importer.ask(importAccounts, { accounts: [account] });
    expect(items).toMatchObject([{ state: 'new', refusals: [] }]);
    return accountId;
  }

  async function applies(actor: Actor, form: ApplicationForm): Promise<string> {
    const { applicationId } = await stage.gateway.ask(submitApplication, {
      ...{ actor, idempotencyKey: randomUUID(), application: applicationRequest.parse(form) },
    });
    return applicationId;
  }

  /** Sends notices, and waits until the provider has the e-mails. */
  async function tells(
    kind: NoticeKind,
    about: Pick<AskOf<typeof requestNotice>, 'organizationId' | 'accountId' | 'applicationId'>,
    offset: string | null = null,
  ): Promise<Delivered[]> {
    const key = `${about.applicationId ?? about.accountId}/${kind}/${randomUUID()}`;
    await stage.workflows.ask(requestNotice, {
      ...{ ...about, key, kind, offset, termNumber: about.applicationId === null ? 1 : null, skip: null },
      dueAt: new Date().toISOString(),
    });
    return eventually(async () => {
      const rows = await stage.database.sql<Delivered & { status: string }>(
        `select d.delivery_id as "deliveryId", d.email, d.provider_id as "providerId", n.status
         from notifications.notices n left join notifications.deliveries d using (notice_id) where n.key = $1 order by d.email`,
        [key],
      );
      expect(rows.map(({ status }) => status)).not.toContain('planned');
      return rows;
    });
  }

  async function comesBack({ deliveryId, providerId }: Delivered, words: string): Promise<void> {
    await stage.gateway.ask(recordDeliveryReport, {
      ...{ reportId: randomUUID(), kind: 'bounced', at: new Date().toISOString(), providerId, deliveryId },
      ...{ permanent: true, words },
    });
  }

  /** Waits until nothing is being sent or still to be sent, so that stored data stays unchanged. */
  async function allIsTold(): Promise<void> {
    await eventually(async () =>
      expect(
        await stage.database.sql(
          `select 'event' as waits from accounts.outbox union all select 'event' from notifications.outbox
           union all select kind from notifications.notices where status = 'planned' or reach_at is not null`,
        ),
      ).toEqual([]),
    );
  }

  /** Counts the rows that contain a text, in any column of any table; independent of the command's own search. */
  async function tablesWith(text: string): Promise<Record<string, number>> {
    const tables = await stage.database.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('accounts', 'licensing', 'notifications') order by 1`,
    );
    const found: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await stage.database.sql<{ count: number }>(
        `select count(*)::int as count from ${name} r where r::text ilike '%' || $1 || '%'`,
        [text],
      );
      if (row!.count > 0) found[name] = row!.count;
    }
    return found;
  }

  /** Everything stored that does not change on its own, to prove that nothing changed. */
  async function everything(): Promise<string[]> {
    const tables = await stage.database.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname in ('accounts', 'notifications') and tablename not in ('turns', 'outbox') order by 1`,
    );
    const rows: string[] = [];
    for (const { name } of tables)
      for (const { row } of await stage.database.sql<{ row: string }>(
        `select r::text as row from ${name} r order by 1`,
      ))
        rows.push(`${name}: ${row}`);
    return rows;
  }

  return Object.assign(stage, {
    ...{ role, url, anOrganization, aMember, leaves, anAccount, applies },
    ...{ tells, comesBack, allIsTold, tablesWith, everything },
  });
}

/** Runs a command as a person at the terminal would. @param command its file in `src` */
export async function typedAt(
  environment: Record<string, string>,
  answer: string,
  command: string,
  ...words: string[]
) {
  const running = startOwnProcess(`deploy/operate/dist/${command}.js`, environment, { args: words, input: answer });
  return { code: await running.ended, out: running.output() };
}
