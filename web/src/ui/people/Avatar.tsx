import { VisuallyHidden } from '@mantine/core';
import { IconMoonFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { presence } from '../../api/socket';
import { useStore } from '../../api/store';
import classes from './Avatar.module.css';
import { initialsOf } from './initials';

/** Seven colours for initials; the id decides, so that a person keeps theirs everywhere. */
function colourOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) >>> 0;
  return sum % 7;
}

export type AvatarSize = 20 | 24 | 32 | 36 | 40 | 64;

interface AvatarProps {
  id: string;
  name: string;
  url?: string | null;
  size?: AvatarSize;
  /** A project, an agency or a cohort is square, a person round. */
  square?: boolean;
  /** A green dot while the person is here. */
  withPresence?: boolean;
  /** A moon: not to be disturbed. */
  quiet?: boolean;
  children?: ReactNode;
}

/** A face: photo, else initials. Hidden from screen readers, because the name always stands beside it. */
export function Avatar({ id, name, url, size = 36, square, withPresence, quiet, children }: AvatarProps) {
  const people = useStore(presence);
  const here = withPresence && people.has(id);
  return (
    <span
      className={`${classes.av} av-${colourOf(id)}`}
      data-size={size}
      data-square={square}
      data-here={here}
      aria-hidden="true"
    >
      {url ? <img src={url} alt="" loading="lazy" /> : (children ?? initialsOf(name))}
      {quiet && <IconMoonFilled className={classes.moon} size={14} />}
    </span>
  );
}

/** Words for the dot, for those who do not see it. */
export function PresenceWord({ id }: { id: string }) {
  const { t } = useTranslation();
  const here = useStore(presence).has(id);
  return here ? <VisuallyHidden>{t('here')}</VisuallyHidden> : null;
}
