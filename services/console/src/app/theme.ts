import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Our own blue, whose eighth shade has a contrast of 5.9:1 with white text. */
const brand: MantineColorsTuple = [
  '#eef5fc',
  '#dbe8f6',
  '#b3cfec',
  '#88b4e2',
  '#649dd9',
  '#4d8fd4',
  '#4088d2',
  '#2f74ba',
  '#1f67a8',
  '#125a96',
];

/** Mantine's defaults miss the contrast of WCAG AA; these meet it (see also `contrast`). */
export const theme = createTheme({
  colors: { brand },
  primaryColor: 'brand',
  primaryShade: 8,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  headings: { fontWeight: '650', textWrap: 'pretty' },
  // By name: an import would be loaded with every page.
  components: {
    Alert: { defaultProps: { role: 'status' } },
    // Its focus placeholder is not allowed inside a menu: the first entry gets the focus.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    // Nearly every field is required.
    InputWrapper: { defaultProps: { withAsterisk: false } },
    // Their arrows are images without a name.
    NativeSelect: { defaultProps: { rightSectionProps: { 'aria-hidden': true } } },
    Select: { defaultProps: { rightSectionProps: { 'aria-hidden': true } } },
    // Keep the case of the text.
    Badge: { defaultProps: { tt: 'none', fw: 600 } },
  },
});

export const contrast: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    '--mantine-color-default-border': 'var(--mantine-color-gray-6)',
    '--mantine-color-anchor': 'var(--mantine-color-brand-8)',
    '--mantine-color-brand-light-color': 'var(--mantine-color-anchor)',
    '--tenure-line': 'var(--mantine-color-gray-3)',
    '--tenure-hover': 'var(--mantine-color-gray-0)',
    '--tenure-quiet': 'var(--mantine-color-gray-2)',
    '--tenure-surface': 'var(--mantine-color-white)',
    '--tenure-page': 'var(--mantine-color-gray-0)',
  },
  dark: {
    // Mantine's own is darker than the labels of its buttons, and hardly lighter than dimmed text.
    '--mantine-color-text': 'var(--mantine-color-gray-2)',
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-5)',
    '--mantine-color-default-border': 'var(--mantine-color-dark-2)',
    '--mantine-color-anchor': 'var(--mantine-color-brand-3)',
    '--mantine-color-brand-light-color': 'var(--mantine-color-anchor)',
    '--tenure-line': 'var(--mantine-color-dark-5)',
    '--tenure-hover': 'var(--mantine-color-dark-6)',
    '--tenure-quiet': 'var(--mantine-color-dark-5)',
    '--tenure-surface': 'var(--mantine-color-dark-7)',
    '--tenure-page': 'var(--mantine-color-dark-8)',
  },
});
