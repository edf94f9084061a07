import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { HandbookPage } from '../../../../../src/contracts/handbook/handbook';
import { Icon } from '../../../ui/Icon';
import { Avatar } from '../../../ui/people/Avatar';
import { PersonName } from '../../../ui/people/PersonName';
import { When } from '../../../ui/times/When';
import { peopleIn } from '../where';
import type { PageActs } from './usePageActs';
import classes from '../handbook.module.css';

interface PageFactsProps {
  cohortId: string;
  page: HandbookPage;
  acts: PageActs;
  historyOpen: boolean;
  onHistory: () => void;
}

/** Who keeps a page, when it was last found right, and how often it was changed. */
export function PageFacts({ cohortId, page, acts, historyOpen, onHistory }: PageFactsProps) {
  const { t } = useTranslation('handbook');
  const { owner, checked, isOld, locked, version, abilities } = page;
  return (
    <div className={classes.facts}>
      {owner ? (
        <span className="row">
          <Avatar id={owner.id} name={owner.name} url={owner.avatarUrl} size={20} />
          <span>
            {t('keptBy')} <PersonName person={owner} {...peopleIn(cohortId)} you className="med" />
          </span>
        </span>
      ) : (
        <span className="row">
          {t('keptByNobody')}
          {abilities.give && (
            <button type="button" className="link" onClick={acts.take}>
              {t('take')}
            </button>
          )}
        </span>
      )}
      <span className={isOld ? classes.isOld : classes.isRight}>
        <Icon of={isOld ? IconAlertTriangle : IconCheck} size={16} />
        <span>
          {t(isOld ? 'lastChecked' : 'checked')} <When at={checked.at} />
        </span>
      </span>
      {version > 1 && (
        <button type="button" className="link" aria-expanded={historyOpen} onClick={onHistory}>
          {t('history.act', { count: version })}
        </button>
      )}
      {locked && (
        <span className="row t2">
          <Icon of={IconLock} size={16} />
          {t('locked')}
        </span>
      )}
      {abilities.check && (
        <Button size="sm" className={classes.checkAct} loading={acts.isChecking} onClick={acts.check}>
          {t('check')}
        </Button>
      )}
    </div>
  );
}
