import { mock } from 'node:test';
import { announce, announceFailure } from './announce.js';

/** The status region of a page. */
class Region {
  textContent = '';
  readonly #attributes = new Set<string>();
  toggleAttribute(name: string, isSet: boolean) {
    if (isSet) this.#attributes.add(name);
    else this.#attributes.delete(name);
  }
  removeAttribute(name: string) {
    this.#attributes.delete(name);
  }
  hasAttribute(name: string) {
    return this.#attributes.has(name);
  }
}

describe('the status region', () => {
  const window = new EventTarget();
  let region: Region;
  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    region = new Region();
    Object.assign(globalThis, {
      document: { getElementById: () => region },
      requestAnimationFrame: (draw: () => void) => draw(),
      addEventListener: window.addEventListener.bind(window),
    });
  });
  afterEach(() => {
    pass(30);
    mock.timers.reset();
    // Packages that later specs load take an environment with a document for a browser.
    for (const name of ['document', 'requestAnimationFrame', 'addEventListener'])
      Reflect.deleteProperty(globalThis, name);
  });

  it('holds each sentence for a second, and is empty ten seconds after the last one', () => {
    announce('3 accounts');
    announce('2 accounts');
    expect(region.textContent).toBe('3 accounts');
    pass(1);
    expect(region.textContent).toBe('2 accounts');
    pass(10);
    expect(region.textContent).toBe('2 accounts');
    pass(1);
    expect(region.textContent).toBe('');
  });

  it('holds a new sentence as long as the one before', () => {
    announce('3 accounts');
    pass(10);
    announce('2 accounts');
    pass(10);
    expect(region.textContent).toBe('2 accounts');
  });

  it('shows a failure until something is pressed', () => {
    announceFailure('Tenure is not responding.');
    pass(30);
    expect([region.textContent, region.hasAttribute('data-seen')]).toEqual(['Tenure is not responding.', true]);
    window.dispatchEvent(new Event('keydown'));
    expect(region.hasAttribute('data-seen')).toBe(false);
    pass(10);
    expect(region.textContent).toBe('');
  });
});

/** A timer that a timer starts counts from the end of a tick. */
function pass(seconds: number): void {
  for (let second = 0; second < seconds; second += 1) mock.timers.tick(1_000);
}
