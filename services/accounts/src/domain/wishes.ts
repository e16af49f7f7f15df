import type { NoticeGroup, NoticeWishes } from '@tenure/contracts';

/** A SuperAdmin, as far as what they wish to be told goes. */
export interface Wisher {
  memberId: string;
  unwanted: readonly NoticeGroup[];
}

export function wishesOf({ unwanted }: Pick<Wisher, 'unwanted'>): NoticeWishes {
  return { decisions: !unwanted.includes('decisions'), reminders: !unwanted.includes('reminders') };
}

export function unwantedBy(wishes: NoticeWishes): NoticeGroup[] {
  return (['decisions', 'reminders'] as const).filter((group) => !wishes[group]);
}

/** What nobody of the organization would be told of any more, if this one of its SuperAdmins wished so. */
export function toldToNobody(superAdmins: readonly Wisher[], memberId: string, wishes: NoticeWishes): NoticeGroup[] {
  const own = superAdmins.find((wisher) => wisher.memberId === memberId);
  const others = superAdmins.filter((wisher) => wisher.memberId !== memberId);
  return unwantedBy(wishes).filter(
    (group) => own?.unwanted.includes(group) !== true && !others.some(({ unwanted }) => !unwanted.includes(group)),
  );
}

/**
 * Which SuperAdmins are told: those who wish to be. Where nobody does, since the last one who did is no SuperAdmin any
 * more, all are: at least one always remains.
 */
export function whoIsTold<W extends Wisher>(superAdmins: readonly W[], group: NoticeGroup | undefined): readonly W[] {
  if (group === undefined) return superAdmins;
  const wishing = superAdmins.filter(({ unwanted }) => !unwanted.includes(group));
  return wishing.length > 0 ? wishing : superAdmins;
}
