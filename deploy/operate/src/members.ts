import { languages, roles, type Client, type Language, type Role } from '@tenure/contracts';
import { runCommand, type Command } from '@tenure/platform/command/command';
import { Stop } from '@tenure/platform/command/stop';
import { parseArguments } from '@tenure/platform/command/parse-arguments';
import { asUser } from './asking/as-user.js';
import { Operator } from './members/operator.js';
import { issuerSetting, meantSignIns } from './members/sign-ins.js';
import { mayChange } from './terminal/may-change.js';

const usage = `npm run members -- <command>

  list [<organization>]              lists who may sign in, and with which roles
      --removed  (lists removed members instead)
  organizations                      lists the organizations
  organization <name>                creates or changes an organization
      --country ES --time-zone Europe/Madrid --language es
      --fallback-email <address> --operator
      --logo https://…  (for e-mails from its own domain)
  member <sign-in>                   creates or changes a member
      --organization <name> --name <name> --language en
      --roles super_admin,customer_success --email <address>
  give <sign-in> <role>              gives a role: ${roles.join(', ')}
  take <sign-in> <role>              takes the role away
  remove <sign-in>                   removes a member: no sign-in, no role, no e-mails as a member;
                                     what they did stays under their name
  readmit <sign-in>                  brings a removed member back, without a role
  sign-out <sign-in>                 ends all their sessions and tokens, everywhere;
                                     they can sign in again
  forget <e-mail or member id>       permanently replaces a removed member by a pseudonym wherever
                                     they are on record; asks first
      --dry-run  (only lists the changes)  --yes  (does not ask)

For a deployment elsewhere, set NATS_URL, NATS_PASSWORD (of the user operator) and OIDC_ISSUER;
<sign-in> is then the person's subject at its identity provider. For forget, set DATABASE_URL
instead (docs/operations/personal-data.md says with which role).`;

await runCommand('Interrupted.', main, usage);

async function main({ broken }: Command): Promise<number> {
  const { positionals, values } = readArguments();
  const [name, ...words] = positionals;
  if (name === undefined) {
    console.log(usage);
    return 0;
  }
  if (name === 'forget') return Promise.race([forgetWho(words, values), broken]);
  const work = workOf(name, words, values);
  const change = async (services: Client) => work(new Operator(services, await meantSignIns()));
  await asUser('operator', (services) => Promise.race([change(services), broken]), [issuerSetting]);
  return 0;
}

function readArguments() {
  const text = { type: 'string' } as const;
  const options = {
    country: text,
    'time-zone': text,
    language: text,
    'fallback-email': text,
    logo: text,
    operator: { type: 'boolean' },
    organization: text,
    name: text,
    email: text,
    roles: text,
    removed: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    yes: { type: 'boolean' },
  } as const;
  return parseArguments(usage, { allowPositionals: true, options });
}

type Values = ReturnType<typeof readArguments>['values'];

type Work = (operator: Operator) => Promise<void>;

/** Checks the arguments first: nobody needs a running stack to learn what is wrong with them. @throws Stop */
function workOf(name: string, words: string[], values: Values): Work {
  const [first, second] = words;
  const ofMember = (work: (operator: Operator, signIn: string) => Promise<void>) => (): Work => {
    const signIn = needed(first, 'sign-in');
    return (operator) => work(operator, signIn);
  };
  const commands: Record<string, () => Work> = {
    list: () => (operator) => operator.list(first, { removed: values.removed ?? false }),
    organizations: () => (operator) => operator.organizations(),
    organization: () => {
      const organization = needed(first, 'name');
      const changes = {
        ...(values.country && { country: values.country }),
        ...(values['time-zone'] && { timeZone: values['time-zone'] }),
        ...(values.language && { language: asLanguage(values.language) }),
        ...(values['fallback-email'] && { fallbackEmail: values['fallback-email'] }),
        ...(values.logo && { logoUrl: values.logo }),
        ...(values.operator && { isOperator: true }),
      };
      return (operator) => operator.saveOrganization(organization, changes);
    },
    member: () => {
      const signIn = needed(first, 'sign-in');
      const changes = {
        ...(values.organization && { organization: values.organization }),
        ...(values.name && { name: values.name }),
        ...(values.email && { email: values.email }),
        ...(values.language && { language: asLanguage(values.language) }),
        ...(values.roles !== undefined && { roles: values.roles.split(',').filter(Boolean).map(asRole) }),
      };
      return (operator) => operator.saveMember(signIn, changes);
    },
    give: () => {
      const [signIn, role] = [needed(first, 'sign-in'), asRole(second)];
      return (operator) => operator.changeRoles(signIn, (held) => [...new Set([...held, role])]);
    },
    take: () => {
      const [signIn, role] = [needed(first, 'sign-in'), asRole(second)];
      return (operator) => operator.changeRoles(signIn, (held) => held.filter((one) => one !== role));
    },
    remove: ofMember((operator, signIn) => operator.remove(signIn)),
    readmit: ofMember((operator, signIn) => operator.readmit(signIn)),
    'sign-out': ofMember((operator, signIn) => operator.signOut(signIn)),
  };
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new Stop(`There is no command "${name}".\n\n${usage}`);
  const work = command();
  // A further word would be silently ignored.
  const takes: Record<string, number> = { organizations: 0, give: 2, take: 2 };
  refuseMore(words, takes[name] ?? 1);
  return work;
}

function refuseMore(words: readonly string[], taken: number): void {
  const [tooMany] = words.slice(taken);
  if (tooMany === undefined) return;
  throw new Stop(`"${tooMany}" is one word too many: put a name of several words in quotes.\n\n${usage}`);
}

/** Works in the database, because no service may do this. */
async function forgetWho(words: string[], values: Values): Promise<number> {
  const typed = needed(words[0], 'e-mail address or id of the member');
  refuseMore(words, 1);
  // Commands that only ask services do not load the database client.
  const { forget } = await import('./forget/forget.js');
  const { meantDatabase } = await import('./database/meant-database.js');
  const nothingLeft = await forget({
    ...{ database: await meantDatabase(), typed },
    say: (line) => console.log(line),
    agreed: () => mayChange('Forget them permanently?', values),
  });
  return nothingLeft === false ? 1 : 0;
}

function needed(value: string | undefined, what: string): string {
  if (value) return value;
  throw new Stop(`The ${what} is missing.\n\n${usage}`);
}

function asRole(text: string | undefined): Role {
  const role = roles.find((one) => one === text);
  if (role) return role;
  throw new Stop(`${text ? `There is no role "${text}"` : 'The role is missing'}: the roles are ${roles.join(', ')}.`);
}

function asLanguage(text: string): Language {
  const language = languages.find((one) => one === text);
  if (language) return language;
  throw new Stop(`There is no language "${text}": there are ${languages.join(', ')}.`);
}
