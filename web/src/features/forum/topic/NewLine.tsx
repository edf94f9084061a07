import { useTranslation } from 'react-i18next';
import { When } from '../../../ui/times/When';
import classes from '../forum.module.css';
import type { Arrival } from './read-posts';

/** The element to which an opened topic scrolls. */
export const NEW_LINE = 'since-last-visit';

/** Below it stands what was written since my last visit. */
export function NewLine({ arrival: { unread, readAt } }: { arrival: Arrival }) {
  const { t } = useTranslation('forum');
  return (
    <p id={NEW_LINE} className={classes.newLine} tabIndex={-1}>
      <span>
        {t('sinceLastVisit', { count: unread })}
        {readAt && (
          <>
            {' '}
            <When at={readAt} />
          </>
        )}
      </span>
    </p>
  );
}

/** Where a post ends: once it is on screen, the post was read. */
export const PostEnd = ({ number }: { number: number }) => <div data-post-end={number} aria-hidden="true" />;
