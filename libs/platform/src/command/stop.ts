/** What a person at the terminal is told in one sentence; there is no stack to show. */
export class Stop extends Error {}

/** An error of the system as a Stop, with what to do; any other as it is. */
export function stopOf(error: unknown, doing: string): Error {
  if (error instanceof Stop) return error;
  const text =
    error instanceof Error ? `${error.message} ${(error as { lastLines?: string }).lastLines ?? ''}` : String(error);
  if (/ENOSPC|No space left on device|disk is full|insufficient storage/i.test(text))
    return new Stop(
      `The disk is full, so ${doing} failed: free some space and start again; what was answered is kept.`,
    );
  if (/EACCES|EPERM|EROFS|Permission denied/.test(text))
    return new Stop(`${doing} failed, because a folder is closed to this user: ${firstLine(text)}`);
  return error instanceof Error ? error : new Error(text);
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.trim();
}
