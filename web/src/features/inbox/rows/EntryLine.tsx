import { VisuallyHidden } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../ui/Icon';
import { type Entry, unreadOf } from '../entries';
import { isUnread } from '../inbox';
import classes from '../inbox.module.css';
import { EntryActs, type EntryMoves } from './EntryActs';
import { Notice, NoticeFace, NoticeTime } from './Notice';
import { RowActs } from './RowActs';

interface EntryLineProps {
  entry: Entry;
  onRead: (ids: string[]) => void;
  /** What the latest asked for was done in its row. */
  onDone: () => void;
  moves: EntryMoves;
}

/** What happened to one thing on one day: the latest, and what came before it to unfold. Who opens the thing has read all of it. */
export function EntryLine({ entry, onRead, onDone, moves }: EntryLineProps) {
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
        <NoticeFace notice={latest} />
        <div className="grow">
          <Notice notice={latest} onOpen={read} />
          <RowActs notice={latest} onOpen={read} onDone={onDone} />
        </div>
        <div className={classes.side}>
          <NoticeTime notice={latest} />
          <EntryActs notice={latest} onOpen={read} moves={moves} />
        </div>
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
                <div className="grow">
                  <Notice notice={notice} onOpen={read} />
                </div>
                <NoticeTime notice={notice} />
              </li>
            ))}
          </ul>
        </>
      )}
    </li>
  );
}
