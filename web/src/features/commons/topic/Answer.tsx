import { IconCircleCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommonsTopic } from '../../../../../src/contracts/commons/commons';
import { Icon } from '../../../ui/Icon';
import { When } from '../../../ui/times/When';
import classes from '../commons.module.css';

/** The reply that was chosen, and by whom. */
export function Answer({ topic, children }: { topic: CommonsTopic; children: ReactNode }) {
  const { t } = useTranslation('commons');
  const former = t('common:formerMember');
  return (
    <section className={classes.answer} aria-label={t('answer.title')}>
      <h2>
        <Icon of={IconCircleCheck} />
        {t('answer.to', { name: topic.author.name || former })}
        {topic.chosen && (
          <span className="t3 xs right">
            {t('answer.chosen', { name: topic.chosen.by.name || former })} <When at={topic.chosen.at} />
          </span>
        )}
      </h2>
      {children}
    </section>
  );
}
