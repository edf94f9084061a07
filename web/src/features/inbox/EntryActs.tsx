import { ActionIcon, type ActionIconProps } from '@mantine/core';
import { IconCheck, IconClock, IconInbox, type Icon as TablerIcon } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Notification } from '../../api/types';
import { Part } from '../../ui/forms/Part';
import { Icon } from '../../ui/Icon';
import { lazyPart } from '../../ui/page/lazy-part';
import classes from './inbox.module.css';
import type { Move } from './places';

const SnoozeMenu = lazyPart(() => import('./SnoozeMenu'));

/** What can be done with an entry, by its buttons and by keys. */
export interface EntryMoves {
  move: (to: Move) => void;
  /** Whether the moments of a snooze are offered. */
  isSnoozing: boolean;
  setSnoozing: (on: boolean) => void;
  /** A day and a time of one's own. */
  choose: () => void;
}

/** Done, snooze, back to the inbox: whatever leads out of the list. */
export function EntryActs({ notice, moves }: { notice: Notification; moves: EntryMoves }) {
  const { t } = useTranslation('inbox');
  const { place, title } = notice;
  const { move, isSnoozing, setSnoozing, choose } = moves;
  const snooze = <Act icon={IconClock} label={t('snoozeOf', { title })} hint={t('acts.snooze')} aria-haspopup="menu" />;
  return (
    <div className={classes.acts}>
      {place !== 'inbox' && (
        <Act
          icon={IconInbox}
          label={t('backOf', { title })}
          hint={t('acts.inbox')}
          onClick={() => move({ place: 'inbox' })}
        />
      )}
      {place !== 'done' && (
        <>
          <Act
            icon={IconCheck}
            label={t('doneOf', { title })}
            hint={t('acts.done')}
            onClick={() => move({ place: 'done' })}
          />
          <Part lost="over" fallback={snooze}>
            {isSnoozing ? (
              <SnoozeMenu
                title={title}
                onPick={(until) => move({ place: 'snoozed', until })}
                onChoose={choose}
                onClose={() => setSnoozing(false)}
              >
                {snooze}
              </SnoozeMenu>
            ) : (
              <Act
                icon={IconClock}
                label={t('snoozeOf', { title })}
                hint={t('acts.snooze')}
                aria-haspopup="menu"
                onClick={() => setSnoozing(true)}
              />
            )}
          </Part>
        </>
      )}
    </div>
  );
}

type ActProps = ActionIconProps & ComponentPropsWithRef<'button'> & { icon: TablerIcon; label: string; hint: string };

function Act({ icon, label, hint, ...button }: ActProps) {
  return (
    <ActionIcon aria-label={label} title={hint} {...button}>
      <Icon of={icon} />
    </ActionIcon>
  );
}
