import { ActionIcon, Button, type ActionIconProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Anchor = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps> & { ref?: Ref<HTMLAnchorElement> };

function AnchorButton(props: ButtonProps & Anchor) {
  return <Button component="a" {...props} />;
}

function AnchorIcon(props: ActionIconProps & Omit<Anchor, keyof ActionIconProps>) {
  return <ActionIcon component="a" {...props} />;
}

/** A button that goes to a page: `<ButtonLink to="/c/$cohortId/workshops/new" params={{ cohortId }}>Propose</ButtonLink>`. */
export const ButtonLink = createLink(AnchorButton);

/** An icon that goes to a page; give it an `aria-label`. */
export const IconLink = createLink(AnchorIcon);
