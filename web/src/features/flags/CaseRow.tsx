import { IconEyeOff, IconFlag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { FlagCase } from '../../../../src/contracts/forum/flags';
import { Icon } from '../../ui/Icon';
import { State } from '../../ui/page/State';
import { Avatar } from '../../ui/people/Avatar';
import { When } from '../../ui/times/When';
import classes from './flags.module.css';

interface CaseRowProps {
  flagged: FlagCase;
  isOpen: boolean;
  onOpen: () => void;
}

/** A flagged post in the list: whose, where, how it begins, why and since when. The whole row opens it. */
export function CaseRow({ flagged, isOpen, onOpen }: CaseRowProps) {
  const { t } = useTranslation('flags');
  const { post, topicTitle, texts, flags, people, hiddenAt, settledAt, outcome } = flagged;
  const name = post.author.name || t('common:formerMember');
  return (
    <li className={classes.row} data-open={isOpen}>
      <Avatar id={post.author.id} name={post.author.name || '?'} url={post.author.avatarUrl} size={32} />
      <div className="grow">
        <p>
          <button type="button" className={classes.open} aria-haspopup="dialog" onClick={onOpen}>
            {t('row', { name, title: topicTitle || t('goneTopic') })}
          </button>
        </p>
        {texts.length > 0 && <p className={`t2 ${classes.beginning}`}>{texts.at(-1)?.text}</p>}
        <p className="meta">
          <span className="row tight">
            <Icon of={IconFlag} size={14} />
            {t('flagged', { kind: t(`kinds.${flags[0]?.kind ?? 'other'}`), count: people })}
          </span>
          {settledAt === null && hiddenAt && (
            <span className={`row tight ${classes.hidden}`}>
              <Icon of={IconEyeOff} size={14} />
              {t('isHidden')}, <When at={hiddenAt} />
            </span>
          )}
          {outcome && <State tone="ok">{t(`outcomes.${outcome}`)}</State>}
          <When at={settledAt ?? flagged.deferredUntil ?? flagged.openedAt} />
        </p>
      </div>
    </li>
  );
}
