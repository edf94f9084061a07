import { VisuallyHidden } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/Icon';
import { type Entry, unreadOf } from './entries';
import { EntryActs, type EntryMoves } from './EntryActs';
import { isUnread } from './inbox';
import classes from './inbox.module.css';
import { Notice, NoticeIcon } from './Notice';

interface EntryLineProps {
  entry: Entry;
  onRead: (ids: string[]) => void;
  moves: EntryMoves;
}

/** What happened to one thing on one day: the latest, and what came before it to unfold. Who opens the thing has read all of it. */
export function EntryLine({ entry, onRead, moves }: EntryLineProps) {
  const { t } = useTranslation('inbox');
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { latest, earlier } = entry;
  const unread = unreadOf(entry);
  const read = () => unread.length > 0 && onRead(unread);
  const unreadEarlier = earlier.filter(isUnread).length;
  return (
    <li className={classes.entry} data-entry={entry.key} data-new={unread.length > 0}>
      <div className={`${classes.notice} ${classes.line}`} data-new={isUnread(latest)}>
        <NoticeIcon kind={latest.kind} />
        <Notice notice={latest} onOpen={read} />
        <EntryActs notice={latest} moves={moves} />
      </div>
      {earlier.length > 0 && (
        <>
          <button
            type="button"
            className={`link ${classes.more}`}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {t('more', { count: earlier.length, unread: unreadEarlier })}
            <VisuallyHidden>{t('moreOf', { title: latest.title })}</VisuallyHidden>
            <Icon of={IconChevronDown} size={16} />
          </button>
          <ul id={id} className={`list tight ${classes.earlier}`} hidden={!isOpen}>
            {earlier.map((notice) => (
              <li key={notice.id} className={classes.notice} data-new={isUnread(notice)}>
                <Notice notice={notice} onOpen={read} />
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}
