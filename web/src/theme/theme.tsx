import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type VariantColorsResolver,
} from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { colors } from './colors';
import { darkRoles, lightRoles } from './roles';

const line = (role: string) => `1px solid var(--${role})`;
const clear = '1px solid transparent';

/**
 * Buttons by role: `filled` the one primary act, `default` a line, `subtle` quiet beside it, `slot` a free hour.
 * `color="corde"` makes danger: red words with a line, or filled in the dialog that names the thing.
 */
const buttonColors: VariantColorsResolver = (input) => {
  const danger = input.color === 'corde';
  switch (input.variant) {
    case 'filled':
      return danger
        ? { background: 'var(--alert-solid)', hover: 'var(--alert)', color: 'var(--on-alert)', border: clear }
        : { background: 'var(--accent)', hover: 'var(--accent-hover)', color: 'var(--on-accent)', border: clear };
    case 'default':
      return {
        background: 'var(--canvas)',
        hover: 'var(--hover)',
        color: danger ? 'var(--alert)' : 'var(--text)',
        border: line('line-btn'),
      };
    case 'subtle':
      return {
        background: 'transparent',
        hover: 'var(--hover)',
        color: danger ? 'var(--alert)' : 'var(--text-2)',
        border: clear,
      };
    case 'slot':
      return {
        background: 'var(--canvas)',
        hover: 'var(--accent-softer)',
        color: 'var(--accent-text)',
        border: line('accent-line'),
      };
    default:
      return defaultVariantColorsResolver(input);
  }
};

/** At the right of every field that opens a list. */
const opens = {
  rightSection: <IconChevronDown size={16} stroke={1.75} aria-hidden="true" />,
  rightSectionPointerEvents: 'none',
};

/** What lies between a dialog and the page. */
const scrim = { color: '#0a1212', backgroundOpacity: 0.5 };

/** The Mantine theme of the look: one face, ten scales, a 4 px grid, small radii. Sizes follow tokens.css. */
export const theme = createTheme({
  colors,
  primaryColor: 'lac',
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.2,
  black: lightRoles['--text'],
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--mono)',
  fontSizes: { xs: '12px', sm: '14px', md: '16px', lg: '18px', xl: '22px' },
  lineHeights: { xs: '16px', sm: '20px', md: '24px', lg: '24px', xl: '28px' },
  fontWeights: { regular: '420', medium: '560', bold: '660' },
  headings: {
    fontFamily: 'var(--font)',
    fontWeight: '660',
    sizes: {
      h1: { fontSize: '22px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '20px' },
    },
  },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  spacing: { '2xs': '4px', xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px', '2xl': '48px' },
  breakpoints: { xs: '22.5em', sm: '48em', md: '64em', lg: '75em', xl: '90em' },
  shadows: { md: 'var(--shadow-pop)', lg: 'var(--shadow-pop)', xl: 'var(--shadow-pop)' },
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  variantColorResolver: buttonColors,
  // Plain objects and not `Modal.extend(...)`: naming a part here must not bring its script to every page.
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', size: 'md' } },
    Button: { defaultProps: { variant: 'default', size: 'md' } },
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'input', 'description', 'error'] } },
    Drawer: { defaultProps: { overlayProps: scrim } },
    Modal: {
      defaultProps: {
        size: 440,
        centered: true,
        radius: 'lg',
        padding: 'lg',
        overlayProps: scrim,
        // Mantine writes a <header> that would count as a second banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    },
    MultiSelect: { defaultProps: opens },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Select: { defaultProps: opens },
    Skeleton: { defaultProps: { height: 12, radius: 'sm' } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Text: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: false } } },
  },
});

/** Mantine's own colour variables follow our roles, so that an unstyled part of the library still looks at home. */
const mantineRoles = {
  '--mantine-color-body': 'var(--canvas)',
  '--mantine-color-text': 'var(--text)',
  '--mantine-color-bright': 'var(--text)',
  '--mantine-color-dimmed': 'var(--text-2)',
  '--mantine-color-placeholder': 'var(--text-3)',
  '--mantine-color-anchor': 'var(--accent-text)',
  '--mantine-color-error': 'var(--alert)',
  '--mantine-color-success': 'var(--ok)',
  '--mantine-color-default': 'var(--canvas)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--text)',
  '--mantine-color-default-border': 'var(--line-2)',
  '--mantine-color-disabled': 'var(--sunken)',
  '--mantine-color-disabled-color': 'var(--text-3)',
  '--mantine-color-disabled-border': 'transparent',
  '--mantine-primary-color-filled': 'var(--accent)',
  '--mantine-primary-color-filled-hover': 'var(--accent-hover)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-hover': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent-text)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
};

/** Puts the roles of tokens.css (`--text-2`, `--line`, `--accent-soft`) on the page, once for each colour scheme. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...lightRoles, ...mantineRoles },
  dark: { ...darkRoles, ...mantineRoles },
});
