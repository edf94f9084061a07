import type { ComponentProps } from 'react';
import { canBeAsked } from '../../ui/people/people';
import { PersonSelect } from '../../ui/people/PersonSelect';

/** Chooses somebody who can help, by name or by what they give. */
export function HelperPicker(props: Omit<ComponentProps<typeof PersonSelect>, 'role' | 'offers'>) {
  return <PersonSelect {...props} offers={canBeAsked} />;
}
