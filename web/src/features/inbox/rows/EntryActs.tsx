import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconDots, IconInbox, type Icon as TablerIcon } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../../api/types';
import { IconLink } from '../../../ui/ButtonLink';
import { Part } from '../../../ui/forms/Part';
import { Icon } from '../../../ui/Icon';
import { lazyPart } from '../../../ui/page/lazy-part';
import classes from '../inbox.module.css';
import type { Move } from '../places';
import { addressOf } from './address-of';
import { isAnswered } from './row-acts';

const EntryMenu = lazyPart(() => import('./EntryMenu'));

/** What can be done with an entry, by its buttons and by keys. */
export interface EntryMoves {
  move: (to: Move) => void;
  /** Whether its menu is open. */
  isOpen: boolean;
  setOpen: (on: boolean) => void;
  /** A day and a time of one's own. */
  choose: () => void;
}

/** Reply, done or back to the inbox, and the menu of the rest: at a mouse they show where it is. */
export function EntryActs({ notice, onOpen, moves }: { notice: Notification; onOpen: () => void; moves: EntryMoves }) {
  const { t } = useTranslation('inbox');
  const { place, title } = notice;
  const { move, isOpen, setOpen, choose } = moves;
  const menu = {
    ...{ icon: IconDots, label: t('actsOf', { title }), hint: t('acts.more'), 'aria-haspopup': 'menu' as const },
  };
  return (
    <div className={classes.acts} data-open={isOpen}>
      {isAnswered(notice) && (
        <IconLink
          {...addressOf(notice)}
          {...{ size: 'sm', className: classes.act, onClick: onOpen }}
          aria-label={t('actOf', { act: t('row.reply'), title })}
          title={t('row.reply')}
        >
          <Icon of={IconArrowBackUp} />
        </IconLink>
      )}
      {place !== 'inbox' && (
        <Act
          icon={IconInbox}
          label={t('backOf', { title })}
          hint={t('acts.inbox')}
          onClick={() => move({ place: 'inbox' })}
        />
      )}
      {place !== 'done' && (
        <Act
          icon={IconCheck}
          label={t('doneOf', { title })}
          hint={t('acts.done')}
          onClick={() => move({ place: 'done' })}
        />
      )}
      <Part lost="over" fallback={<Act {...menu} />}>
        {isOpen ? (
          <EntryMenu notice={notice} move={move} onChoose={choose} onClose={() => setOpen(false)}>
            <Act {...menu} />
          </EntryMenu>
        ) : (
          <Act {...menu} onClick={() => setOpen(true)} />
        )}
      </Part>
    </div>
  );
}

type ActProps = ActionIconProps & ComponentPropsWithRef<'button'> & { icon: TablerIcon; label: string; hint: string };

function Act({ icon, label, hint, ...button }: ActProps) {
  return (
    <ActionIcon size="sm" className={classes.act} aria-label={label} title={hint} {...button}>
      <Icon of={icon} />
    </ActionIcon>
  );
}
