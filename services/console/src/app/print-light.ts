/** Browsers leave out grounds on paper: what is light on a dark one could not be read there. */
export function printLight(): void {
  const { dataset } = document.documentElement;
  let onScreen: string | undefined;
  matchMedia('print').addEventListener('change', ({ matches: printed }) => {
    if (printed) onScreen = dataset.mantineColorScheme;
    const scheme = printed ? 'light' : onScreen;
    if (scheme) dataset.mantineColorScheme = scheme;
  });
}
