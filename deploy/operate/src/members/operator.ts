import {
  DomainError,
  readmitMember,
  removeMember,
  saveMember,
  saveOrganization,
  signOutEverywhere,
  type Client,
  type Language,
  type Role,
} from '@tenure/contracts';
import { Stop } from '@tenure/platform/command/stop';
import { counted } from '@tenure/platform/command/figures';
import { tableOf } from '../terminal/table.js';
import { everyMember, everyOrganization, type Members, type Organizations } from './everybody.js';
import { organizationsNamed } from './organizations-named.js';
import type { SignIns } from './sign-ins.js';

type Organization = Organizations[number];
type Member = Members[number];

/** The changes to an organization; fields that are left out stay. */
export type OrganizationChange = Partial<
  Pick<Organization, 'country' | 'timeZone' | 'language' | 'isOperator' | 'fallbackEmail' | 'logoUrl'>
>;
/** The changes to a member; fields that are left out stay. */
export type MemberChange = Partial<Pick<Member, 'name' | 'email' | 'language' | 'roles'>> & { organization?: string };

/** What an operator can do with organizations and members. */
export class Operator {
  constructor(
    private readonly services: Client,
    private readonly signIns: SignIns,
  ) {}

  /** @param removed lists removed members instead of those who may sign in */
  async list(organizationName: string | undefined, { removed }: { removed: boolean }): Promise<void> {
    const organization = organizationName === undefined ? undefined : await this.#organization(organizationName);
    const members = await everyMember(this.services, {
      ...(organization && { organizationId: organization.organizationId }),
      ...(removed && { removed }),
    });
    show(
      ['Sign-in', 'Name', 'Organization', 'Language', removed ? 'Removed' : 'Roles'],
      members.map((member) => [
        member.subject,
        member.name,
        member.organization.name,
        member.language,
        (removed ? member.removedAt : member.roles.join(', ')) || '–',
      ]),
    );
  }

  async organizations(): Promise<void> {
    const organizations = await everyOrganization(this.services);
    show(
      ['Name', 'Country', 'Time zone', 'Language', 'Fallback e-mail', ''],
      organizations.map((one) => [
        one.name,
        one.country,
        one.timeZone,
        one.language,
        one.fallbackEmail ?? '–',
        one.isOperator ? 'operator' : '',
      ]),
    );
  }

  async saveOrganization(name: string, change: OrganizationChange): Promise<void> {
    const [before] = organizationsNamed(await everyOrganization(this.services), name);
    const saved = await this.services.ask(saveOrganization, {
      organizationId: before?.organizationId ?? null,
      name: before?.name ?? name,
      country: change.country ?? before?.country ?? missing('--country'),
      timeZone: change.timeZone ?? before?.timeZone ?? missing('--time-zone'),
      language: change.language ?? before?.language ?? missing('--language'),
      isOperator: change.isOperator ?? before?.isOperator ?? false,
      fallbackEmail: change.fallbackEmail ?? before?.fallbackEmail ?? null,
      logoUrl: change.logoUrl ?? before?.logoUrl ?? null,
    });
    console.log(`${saved.name} was ${before ? 'changed' : 'created'} (${saved.organizationId}).`);
  }

  async saveMember(signIn: string, change: MemberChange): Promise<void> {
    const before = (await everyMember(this.services)).find((member) => this.#is(member, signIn));
    const organization = change.organization ? await this.#organization(change.organization) : before?.organization;
    if (!organization) throw missing('--organization');
    const member = {
      organizationId: organization.organizationId,
      name: change.name ?? before?.name ?? missing('--name'),
      email: change.email ?? before?.email ?? signIn,
      language: change.language ?? before?.language ?? organization.language,
      roles: change.roles ?? before?.roles ?? [],
    };
    await this.#save(signIn, member);
    console.log(`${member.name} was ${before ? 'changed' : 'created'}, with ${rolesInWords(member.roles)}.`);
  }

  async changeRoles(signIn: string, change: (held: Role[]) => Role[]): Promise<void> {
    const member = (await everyMember(this.services)).find((one) => this.#is(one, signIn));
    if (!member) throw await this.#isMissing(signIn);
    const { organizationId, name, email, language } = member;
    const changed = change(member.roles);
    await this.#save(signIn, { organizationId, name, email, language, roles: changed });
    console.log(`${name} now has ${rolesInWords(changed)}.`);
  }

  async remove(signIn: string): Promise<void> {
    const { name, organization, removedAt, superAdminsLeft, stillTold } = await this.services
      .ask(removeMember, this.#identity(signIn))
      .catch(inOperatorsWords(signIn));
    const { asFallbackAddress, ofAccounts } = stillTold;
    console.log(`${name} is no longer a member of ${organization.name} (since ${removedAt}).`);
    if (superAdminsLeft === 0)
      console.log(`${organization.name} has no SuperAdmin left: their notices go to its fallback address instead.`);
    if (asFallbackAddress) console.log(`Their address is still the fallback address of ${organization.name}.`);
    if (ofAccounts > 0)
      console.log(`Their address is still an extra address of ${counted(ofAccounts, 'account')}, and is notified.`);
  }

  async readmit(signIn: string): Promise<void> {
    const { name, organization, roles } = await this.services
      .ask(readmitMember, this.#identity(signIn))
      .catch(inOperatorsWords(signIn));
    console.log(`${name} is a member of ${organization.name}, with ${rolesInWords(roles)}.`);
  }

  async signOut(signIn: string): Promise<void> {
    const { name, signedOutAt } = await this.services
      .ask(signOutEverywhere, this.#identity(signIn))
      .catch(inOperatorsWords(signIn));
    console.log(`${name} is signed out everywhere: sign-ins from before ${signedOutAt} are no longer valid.`);
  }

  async #save(
    signIn: string,
    member: { organizationId: string; name: string; email: string; language: Language; roles: Role[] },
  ) {
    const saved = await this.services.ask(saveMember, { ...member, ...this.#identity(signIn) });
    // On this machine, every member can also sign in.
    this.signIns.letSignIn?.({
      signIn,
      name: saved.name,
      language: saved.language,
      roles: saved.roles,
      organization: saved.organization.name,
    });
  }

  async #isMissing(signIn: string): Promise<Stop> {
    const removed = (await everyMember(this.services, { removed: true })).find((one) => this.#is(one, signIn));
    if (!removed) return nobodyHas(signIn);
    return new Stop(`${removed.name} was removed: npm run members -- readmit ${signIn} brings them back.`);
  }

  #identity(signIn: string) {
    return { issuer: this.signIns.issuer, subject: signIn };
  }

  #is(member: Member, signIn: string): boolean {
    return member.issuer === this.signIns.issuer && member.subject === signIn;
  }

  async #organization(name: string): Promise<Organization> {
    const organizations = await everyOrganization(this.services);
    const [named] = organizationsNamed(organizations, name);
    const found = named ?? organizations.find((one) => one.organizationId === name);
    if (found) return found;
    const names = organizations.slice(0, mostNamed).map((one) => one.name);
    const others = organizations.length - names.length;
    throw new Stop(
      `There is no organization "${name}": there are ${names.join(', ')}${others > 0 ? ` and ${others} more: npm run members -- organizations` : ''}.`,
    );
  }
}

/** More than this is too long for one sentence. */
const mostNamed = 20;

/** For `catch`: says how to find the right sign-in after a typing error. */
function inOperatorsWords(signIn: string): (error: unknown) => never {
  return (error) => {
    throw error instanceof DomainError && error.code === 'not_found' ? nobodyHas(signIn) : error;
  };
}

const nobodyHas = (signIn: string) =>
  new Stop(`Nobody has the sign-in ${signIn}. To find it: npm run members -- list, or list --removed`);

function rolesInWords(held: Role[]): string {
  return held.length > 0 ? `the roles ${held.join(', ')}` : 'no role';
}

function show(head: string[], rows: string[][]): void {
  console.log(tableOf([head, ...rows]).join('\n'));
}

function missing(option: string): never {
  throw new Stop(`${option} is missing: npm run members -- --help`);
}
