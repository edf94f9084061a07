import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconHeartHandshake } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Post } from '../../../../../src/contracts/forums';
import { useMe } from '../../../api/session';
import { useNow } from '../../../time/clock';
import { Icon } from '../../../ui/Icon';
import classes from '../writing/writing.module.css';
import { whyCalm } from './kind-rule';

interface KindWordsProps {
  cohortId: string;
  text: string;
  /** What was written in the topic. */
  posts?: readonly Post[];
}

/** Below what one writes: a calm word where that helps. It keeps nobody from sending, nobody hears of it, and taken away it stays away for that text. */
export default function KindWords({ cohortId, text, posts = [] }: KindWordsProps) {
  const { t } = useTranslation('forum');
  const [myId, now] = [useMe().id, useNow()];
  const [typed] = useDebouncedValue(text, 600);
  const [isGone, setGone] = useState(false);
  const why = isGone ? null : whyCalm(typed, posts, { myId, now });
  return (
    <div role="status">
      {why !== null && (
        <p className={classes.kind}>
          <Icon of={IconHeartHandshake} size={16} />
          <span>
            <b>{t('kind.title')}</b> {t(`kind.${why}`)}{' '}
            <Link className="link" to="/c/$cohortId/forum/rules" params={{ cohortId }} target="_blank">
              {t('rulesPage')}
            </Link>
          </span>
          <Button size="compact-sm" variant="subtle" onClick={() => setGone(true)}>
            {t('kind.dismiss')}
          </Button>
        </p>
      )}
    </div>
  );
}
