import type { NoticeGroup, NoticeWishes } from '@tenure/contracts';

/** A SuperAdmin with their notice preferences. */
export interface Wisher {
  memberId: string;
  unwanted: readonly NoticeGroup[];
}

export function wishesOf({ unwanted }: Pick<Wisher, 'unwanted'>): NoticeWishes {
  return { decisions: !unwanted.includes('decisions'), reminders: !unwanted.includes('reminders') };
}

export function declinedGroups(wishes: NoticeWishes): NoticeGroup[] {
  return (['decisions', 'reminders'] as const).filter((group) => !wishes[group]);
}

/** The notices that nobody in the organization would get anymore if this SuperAdmin made these choices. */
export function noticesWithoutRecipient(
  superAdmins: readonly Wisher[],
  memberId: string,
  wishes: NoticeWishes,
): NoticeGroup[] {
  const own = superAdmins.find((wisher) => wisher.memberId === memberId);
  const others = superAdmins.filter((wisher) => wisher.memberId !== memberId);
  return declinedGroups(wishes).filter(
    (group) => own?.unwanted.includes(group) !== true && !others.some(({ unwanted }) => !unwanted.includes(group)),
  );
}

/**
 * Which SuperAdmins are notified: those who have not turned the notice off. If all of them have, because the last one
 * who had not is no longer a SuperAdmin, all are notified: somebody always is.
 */
export function whoIsTold<W extends Wisher>(superAdmins: readonly W[], group: NoticeGroup | undefined): readonly W[] {
  if (group === undefined) return superAdmins;
  const wishing = superAdmins.filter(({ unwanted }) => !unwanted.includes(group));
  return wishing.length > 0 ? wishing : superAdmins;
}
