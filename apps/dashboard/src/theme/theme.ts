import {
  ActionIcon,
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Menu,
  Modal,
  Tooltip,
  type VariantColorsResolver,
} from '@mantine/core';
import { cssVariables, type Scheme, SURFACES, TONES } from './tokens.js';

/** Mantine's greys, from the light surfaces' down to the text. */
const GRAY: MantineColorsTuple = [
  '#F6F7F9',
  '#EDEFF3',
  '#E3E7EC',
  '#D5DAE1',
  '#B9C1CC',
  '#7F8896',
  '#5F6A7B',
  '#4A5464',
  '#2B3441',
  '#141A23',
];
/** Its greys of the dark scheme: text, its fainter kinds, borders, hover, surface, canvas. */
const DARK: MantineColorsTuple = [
  '#E8ECF2',
  '#C8D0DB',
  '#B0BAC8',
  '#8F9BAC',
  '#2B3441',
  '#1A2029',
  '#12161D',
  '#0C0F14',
  '#0A0D11',
  '#07090C',
];

/** Mantine asks for ten shades; those it uses here are the sixth (light) and the fourth (dark). */
function shades(light: string, dark: string): MantineColorsTuple {
  return [light, light, light, dark, dark, light, light, light, light, light];
}

const SYSTEM_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const SYSTEM_MONO =
  'ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace';

/** Mantine decides the text on a filled button once for both schemes; ours differ. */
const resolveVariant: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  if (input.variant !== 'filled') return colors;
  const on = input.color === 'danger' ? 'var(--c-on-danger)' : 'var(--c-on-accent)';
  return { ...colors, color: on };
};

/** Mantine in the clothes of `tokens.ts`. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 4 },
  colors: {
    accent: shades(...SURFACES.accent),
    danger: shades(...TONES.failed.fill),
    gray: GRAY,
    dark: DARK,
  },
  variantColorResolver: resolveVariant,
  white: '#FFFFFF',
  black: '#0B1220',
  fontFamily: SYSTEM_FONT,
  fontFamilyMonospace: SYSTEM_MONO,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.45', xl: '1.35' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '4px', lg: '8px', xl: '8px' },
  defaultRadius: 'sm',
  headings: {
    fontFamily: SYSTEM_FONT,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '16px', lineHeight: '1.35' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    // The placeholder is an element that no menu may hold; the first item takes the focus by itself.
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        // Mantine's is a `<header>`, which would be a second banner of the page.
        attributes: { header: { role: 'presentation' } },
        transitionProps: { duration: 120 },
      },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 250, withArrow: true, multiline: true, maw: 320 } }),
  },
});

/** The tokens as variables, and Mantine's own variables set from them. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: ofScheme('light'),
  dark: ofScheme('dark'),
});

function ofScheme(scheme: Scheme): Record<string, string> {
  return {
    ...cssVariables(scheme),
    '--mantine-color-body': 'var(--c-canvas)',
    '--mantine-color-text': 'var(--c-text)',
    '--mantine-color-bright': 'var(--c-text)',
    '--mantine-color-dimmed': 'var(--c-muted)',
    '--mantine-color-placeholder': 'var(--c-faint)',
    '--mantine-color-anchor': 'var(--c-accent)',
    '--mantine-color-default': 'var(--c-surface)',
    '--mantine-color-default-hover': 'var(--c-sunken)',
    '--mantine-color-default-color': 'var(--c-text)',
    '--mantine-color-default-border': 'var(--c-control)',
    '--mantine-color-error': 'var(--failed-text)',
    '--mantine-primary-color-contrast': 'var(--c-on-accent)',
    '--mantine-color-accent-text': 'var(--c-accent)',
    '--mantine-color-accent-filled': 'var(--c-accent)',
    '--mantine-color-accent-filled-hover': 'var(--c-accent-hover)',
    '--mantine-color-accent-light': 'var(--c-selected)',
    '--mantine-color-accent-light-hover': 'var(--c-selected)',
    '--mantine-color-accent-light-color': 'var(--c-accent)',
    '--mantine-color-accent-outline': 'var(--c-accent)',
    '--mantine-color-danger-filled': 'var(--failed-fill)',
    '--mantine-color-danger-filled-hover': 'var(--failed-text)',
    '--mantine-color-danger-light': 'var(--failed-tint)',
    '--mantine-color-danger-light-hover': 'var(--failed-tint)',
    '--mantine-color-danger-light-color': 'var(--failed-text)',
    '--mantine-color-danger-text': 'var(--failed-text)',
    '--mantine-color-danger-outline': 'var(--failed-text)',
    '--mantine-color-gray-light-color': 'var(--c-muted)',
    '--mantine-color-gray-light': 'var(--c-sunken)',
    '--mantine-color-gray-light-hover': 'var(--c-sunken)',
  };
}
