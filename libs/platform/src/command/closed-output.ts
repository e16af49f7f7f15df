/**
 * Ignores that the reader of the output or of the error messages has closed it, as `| head` does and `| tee` at Ctrl-C:
 * the command still does its work.
 */
export function ignoreClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
}
