/** Browsers leave out backgrounds when printing: light text on a dark background would be unreadable. */
export function printLight(): void {
  const { dataset } = document.documentElement;
  let onScreen: string | undefined;
  matchMedia('print').addEventListener('change', ({ matches: printed }) => {
    if (printed) onScreen = dataset.mantineColorScheme;
    const scheme = printed ? 'light' : onScreen;
    if (scheme) dataset.mantineColorScheme = scheme;
  });
}
