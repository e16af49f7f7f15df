import { launchChromium } from './chromium.js';

it('leaves Ctrl-C to whoever launches it, who has servers to end', async () => {
  const listeners = () => (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => process.listenerCount(signal));
  const before = listeners();
  const browser = await launchChromium();
  try {
    expect(listeners()).toEqual(before);
  } finally {
    await browser.close();
  }
});
