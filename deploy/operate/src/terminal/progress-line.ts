/** On a terminal, a single line that is updated; elsewhere, a line every few seconds. On standard error. */
export class ProgressLine {
  #said = 0;
  #isOpen = false;

  say(text: string): void {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r\u001B[K${text}`);
      this.#isOpen = true;
      return;
    }
    const now = Date.now();
    if (now - this.#said < 5_000) return;
    this.#said = now;
    process.stderr.write(`${text}\n`);
  }

  /** Makes the following output start on a new line. */
  end(): void {
    if (this.#isOpen) process.stderr.write('\n');
    this.#isOpen = false;
  }
}
