/** @public Jest loads it by its path. Reports the progress of the tests every ten seconds if there is no terminal. */
export default class Progress {
  #tests = 0;
  #failed = 0;
  #files = 0;
  #timer;

  onRunStart({ numTotalTestSuites }) {
    if (process.stderr.isTTY) return;
    const started = Date.now();
    const say = () => {
      const seconds = Math.round((Date.now() - started) / 1000);
      const failed = this.#failed > 0 ? `, ${this.#failed} failed` : '';
      process.stderr.write(
        `… ${seconds} s: ${this.#tests} tests${failed}, ${this.#files} of ${numTotalTestSuites} files\n`,
      );
    };
    this.#timer = setInterval(say, 10_000).unref();
  }

  onTestCaseResult(_test, { status }) {
    this.#tests += 1;
    if (status === 'failed') this.#failed += 1;
  }

  onTestResult() {
    this.#files += 1;
  }

  onRunComplete() {
    clearInterval(this.#timer);
  }
}
