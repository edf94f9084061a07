import { ActionIcon } from '@mantine/core';
import { IconCircleCheck, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { AnsweredBefore } from '../../../../../src/contracts/forum/answered';
import { Icon } from '../../../ui/Icon';
import { answered } from './answered';
import classes from './AnsweredLine.module.css';

/** Offers what the forum knows of it to who asks, and to nobody else. */
export default function AnsweredLine({ topic }: { topic: NonNullable<AnsweredBefore['topic']> }) {
  const { t } = useTranslation('chat');
  const { cohortId, id: topicId, title } = topic;
  return (
    <div className={classes.line} role="status">
      <Icon of={IconCircleCheck} size={16} />
      <p>
        <span className="t2">{t('answered.before')}</span>{' '}
        <Link className="link" to="/c/$cohortId/forum/$topicId" params={{ cohortId, topicId }}>
          {title}
        </Link>
      </p>
      <ActionIcon
        size="sm"
        aria-label={t('answered.dismiss')}
        title={t('answered.dismiss')}
        onClick={() => answered.set(null)}
      >
        <Icon of={IconX} size={14} />
      </ActionIcon>
    </div>
  );
}
