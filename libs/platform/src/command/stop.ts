/** An error that the person at the terminal sees as one sentence, without a stack. */
export class Stop extends Error {}

/** A system error as a Stop that says what to do; any other error unchanged. */
export function stopOf(error: unknown, doing: string): Error {
  if (error instanceof Stop) return error;
  const text =
    error instanceof Error ? `${error.message} ${(error as { lastLines?: string }).lastLines ?? ''}` : String(error);
  if (/ENOSPC|No space left on device|disk is full|insufficient storage/i.test(text))
    return new Stop(
      `The disk is full, so ${doing} failed. Free some space and start again. Changes that were confirmed are kept.`,
    );
  if (/EACCES|EPERM|EROFS|Permission denied/.test(text))
    return new Stop(`This user may not access a folder, so ${doing} failed: ${firstLine(text)}`);
  return error instanceof Error ? error : new Error(text);
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.trim();
}
