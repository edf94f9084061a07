import { useTranslation } from 'react-i18next';
import { goTo, useHere } from '../../../ui/page/here';
import type { Heading } from './useContents';
import classes from '../handbook.module.css';

/** The headings of the page as links; the one that is being read is marked. */
export function Contents({ headings }: { headings: readonly Heading[] }) {
  const { t } = useTranslation('handbook');
  const here = useHere(headings);
  if (headings.length < 2) return null;
  return (
    <nav className={classes.contents} aria-label={t('onThisPage')}>
      <p className="t3 xs med">{t('onThisPage')}</p>
      <ul>
        {headings.map(({ id, text, depth }) => (
          <li key={id} data-depth={depth} data-here={id === here}>
            <a href={`#${id}`} aria-current={id === here ? 'location' : undefined} onClick={() => goTo(id)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
