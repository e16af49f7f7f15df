/** Whoever reads what a command says may have read enough, as `| head` does: what it was told to do is done all the same. */
export function goOnUnread(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
