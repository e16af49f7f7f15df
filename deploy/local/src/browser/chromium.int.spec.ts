import { launchChromium } from './chromium.js';

it('leaves Ctrl-C to its caller, who has servers to stop', async () => {
  const listeners = () => (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => process.listenerCount(signal));
  const before = listeners();
  const browser = await launchChromium();
  try {
    expect(listeners()).toEqual(before);
  } finally {
    await browser.close();
  }
});
