import { parseArgs } from 'node:util';
import { client, DomainError, languages, roles, type Language, type Role } from '@tenure/contracts';
import { operatorAccess } from './members/operator-access.js';
import { Operator } from './members/operator.js';
import { connectNats } from './supervisor/connect-nats.js';
import { Stop } from './supervisor/stop.js';

const usage = `npm run members -- <command>

  list [<organization>]              who may sign in, and with which roles
  organizations                      the organizations
  organization <name>                creates an organization, or changes it
      --country ES --time-zone Europe/Madrid --language es
      --fallback-email <address> --operator
      --logo https://…  (for e-mails from its own domain)
  member <sign-in>                   creates a member, or changes one
      --organization <name> --name <name> --language en
      --roles super_admin,customer_success --email <address>
  give <sign-in> <role>              gives a role: ${roles.join(', ')}
  take <sign-in> <role>              takes it away

For a deployment elsewhere, set NATS_URL, NATS_PASSWORD (of the user operator) and OIDC_ISSUER;
<sign-in> is then the subject that its identity provider gives that person.`;

try {
  await main();
} catch (error) {
  console.error(inWords(error));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { positionals, values } = readArguments();
  const [command, ...names] = positionals;
  if (values.help || command === undefined) return console.log(usage);
  const access = operatorAccess();
  const nats = await connectNats(access.credentials);
  try {
    await commandNamed(command)(new Operator(client(nats, 'operator'), access), names, values);
  } finally {
    await nats.close();
  }
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
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    throw new Stop(`${(error as Error).message}\n\n${usage}`);
  }
}

type Values = ReturnType<typeof readArguments>['values'];

function commandNamed(name: string) {
  const commands: Record<string, (operator: Operator, names: string[], values: Values) => Promise<void>> = {
    list: (operator, [organization]) => operator.list(organization),
    organizations: (operator) => operator.organizations(),
    organization: (operator, [organization], values) =>
      operator.saveOrganization(needed(organization, 'name'), {
        ...(values.country && { country: values.country }),
        ...(values['time-zone'] && { timeZone: values['time-zone'] }),
        ...(values.language && { language: asLanguage(values.language) }),
        ...(values['fallback-email'] && { fallbackEmail: values['fallback-email'] }),
        ...(values.logo && { logoUrl: values.logo }),
        ...(values.operator && { isOperator: true }),
      }),
    member: (operator, [signIn], values) =>
      operator.saveMember(needed(signIn, 'sign-in'), {
        ...(values.organization && { organization: values.organization }),
        ...(values.name && { name: values.name }),
        ...(values.email && { email: values.email }),
        ...(values.language && { language: asLanguage(values.language) }),
        ...(values.roles !== undefined && { roles: values.roles.split(',').filter(Boolean).map(asRole) }),
      }),
    give: (operator, [signIn, role]) =>
      operator.changeRoles(needed(signIn, 'sign-in'), (held) => [...new Set([...held, asRole(role)])]),
    take: (operator, [signIn, role]) =>
      operator.changeRoles(needed(signIn, 'sign-in'), (held) => held.filter((one) => one !== asRole(role))),
  };
  const command = commands[name];
  if (!command) throw new Stop(`There is no command "${name}".\n\n${usage}`);
  return command;
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

function inWords(error: unknown): string {
  if (error instanceof DomainError) {
    const { title, detail, errors = [] } = error.problem;
    return [
      [title, detail].filter(Boolean).join(': '),
      ...errors.map(({ path, message }) => `  ${path}: ${message}`),
    ].join('\n');
  }
  return error instanceof Error ? error.message : String(error);
}
