import {
  allOf,
  everyPage,
  listMembers,
  listOrganizations,
  type AnswerOf,
  type AskOf,
  type Client,
} from '@tenure/contracts';

export type Organizations = AnswerOf<typeof listOrganizations>['items'];
export type Members = AnswerOf<typeof listMembers>['items'];

/** A message holds a megabyte, and there may be thousands. */
const limit = 200;

/** All organizations, by name. */
export async function everyOrganization(services: Client): Promise<Organizations> {
  return allOf(everyPage((cursor) => services.ask(listOrganizations, { limit, cursor })));
}

/** Members who may sign in, or removed ones; of all organizations or one, by name. */
export async function everyMember(
  services: Client,
  which: Pick<AskOf<typeof listMembers>, 'organizationId' | 'removed'> = {},
): Promise<Members> {
  return allOf(everyPage((cursor) => services.ask(listMembers, { ...which, limit, cursor })));
}
