import { agreed } from '@tenure/platform/command/agreed';

/** Whether to make the changes that were listed: asks, unless an option answers. */
export async function mayChange(
  question: string,
  { 'dry-run': onlyLists, yes }: { 'dry-run'?: boolean | undefined; yes?: boolean | undefined },
): Promise<boolean> {
  if (onlyLists !== true && (yes === true || (await agreed(question)))) return true;
  console.log('Nothing was changed.');
  return false;
}
