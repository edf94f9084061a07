import { ActionIcon, Drawer } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { FlagCase } from '../../../../src/contracts/forum/flags';
import { Icon } from '../../ui/Icon';
import { PersonName } from '../../ui/people/PersonName';
import { Avatar } from '../../ui/people/Avatar';
import { When } from '../../ui/times/When';
import { Part } from '../../ui/forms/Part';
import { useFocusBack } from '../../ui/page/focus';
import { lazyPart } from '../../ui/page/lazy-part';
import { Decide } from './Decide';
import { useFlagBody } from './flags';
import classes from './flags.module.css';

const Attachments = lazyPart(async () => ({ default: (await import('../../ui/files/Attachments')).Attachments }));

interface CaseDrawerProps {
  cases: readonly FlagCase[];
  openId: string | null;
  cohortId: string;
  onOpen: (id: string | null) => void;
}

/** One flagged post beside the list: what it said, who flagged it and why, and what is or was decided. The next one is one key away. */
export function CaseDrawer({ cases, openId, cohortId, onOpen }: CaseDrawerProps) {
  const { t } = useTranslation('flags');
  const at = cases.findIndex(({ id }) => id === openId);
  const flagged = cases[at];
  useFocusBack(flagged !== undefined);
  const step = (by: 1 | -1, icon: typeof IconChevronUp, label: string) => (
    <ActionIcon
      variant="subtle"
      aria-label={label}
      aria-disabled={!cases[at + by]}
      onClick={() => onOpen(cases[at + by]?.id ?? openId)}
    >
      <Icon of={icon} />
    </ActionIcon>
  );
  return (
    <Drawer.Root opened={flagged !== undefined} onClose={() => onOpen(null)} position="right" size={440}>
      <Drawer.Overlay />
      <Drawer.Content>
        <Drawer.Header role="presentation">
          <Drawer.Title className="bold">
            {flagged && t('postBy', { name: flagged.post.author.name || t('common:formerMember') })}{' '}
            <span className="t3 num">{t('place', { at: at + 1, of: cases.length })}</span>
          </Drawer.Title>
          <div className="row tight">
            {step(-1, IconChevronUp, t('before'))}
            {step(1, IconChevronDown, t('next'))}
            <Drawer.CloseButton aria-label={t('common:close')} />
          </div>
        </Drawer.Header>
        <Drawer.Body>
          {flagged && (
            <Case
              key={flagged.id}
              flagged={flagged}
              cohortId={cohortId}
              onDecided={() => onOpen((cases[at + 1] ?? cases[at - 1])?.id ?? null)}
            />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Case({ flagged, cohortId, onDecided }: { flagged: FlagCase; cohortId: string; onDecided: () => void }) {
  const { t } = useTranslation('flags');
  const { post, texts, flags, people, topicId, settledAt } = flagged;
  return (
    <>
      {texts.map(({ text }, index) => (
        <blockquote key={index} className={classes.quote}>
          <p className="t3 xs">{t(texts.length > 1 ? 'asFlaggedNth' : 'asFlagged', { at: index + 1 })}</p>
          <p className={`mt4 ${classes.text}`}>{text || t('noText')}</p>
        </blockquote>
      ))}
      {texts.length === 0 && <p className="t2">{t('wordsGone')}</p>}
      {settledAt === null && <Files flagged={flagged} cohortId={cohortId} />}
      <p className="t2 mt8">
        {post.state !== 'same' && settledAt === null && <>{t(`post.${post.state}`)} </>}
        {post.state !== 'deleted' && (
          <Link
            className="link"
            to="/c/$cohortId/forum/$topicId"
            params={{ cohortId, topicId }}
            hash={`post-${post.number}`}
          >
            {t('readInTopic')}
          </Link>
        )}
      </p>
      <h3 className="mt24">
        {t('who')} <span className="t3 num">{people}</span>
      </h3>
      <p className="t3 xs">{t('neverShown')}</p>
      <ul className="list tight">
        {flags.map((flag) => (
          <li key={flag.id}>
            <Avatar id={flag.by.id} name={flag.by.name || '?'} url={flag.by.avatarUrl} size={24} />
            <div className="grow">
              <PersonName person={flag.by} cohortId={cohortId} className="bold" />{' '}
              <span className="t3">
                {t(`kinds.${flag.kind}`)}, <When at={flag.createdAt} />
              </span>
              {flag.reason && <p className={`t2 ${classes.text}`}>{flag.reason}</p>}
            </div>
          </li>
        ))}
      </ul>
      {settledAt === null ? (
        <Decide flagged={flagged} cohortId={cohortId} onDecided={onDecided} />
      ) : (
        <Settled flagged={flagged} cohortId={cohortId} />
      )}
    </>
  );
}

/** Its files, also while it is hidden: one decides what one has seen. */
function Files({ flagged, cohortId }: { flagged: FlagCase; cohortId: string }) {
  const files = useFlagBody(cohortId, flagged.id).data?.attachments ?? [];
  if (files.length === 0) return null;
  return (
    <Part lost="box">
      <Attachments files={files} />
    </Part>
  );
}

/** What was decided, by whom, and the words that both sides got. */
function Settled({ flagged, cohortId }: { flagged: FlagCase; cohortId: string }) {
  const { t } = useTranslation('flags');
  const { outcome, settledBy, settledAt, toAuthor, toReporters } = flagged;
  return (
    <section className="mt24">
      <h3>{t(`outcomes.${outcome ?? 'kept'}`)}</h3>
      <p className="t2 mt4">
        <PersonName person={settledBy} cohortId={cohortId} />
        {settledAt && (
          <>
            , <When at={settledAt} />
          </>
        )}
      </p>
      {toAuthor && (
        <p className={`mt8 ${classes.text}`}>
          <span className="t3">{t('saidToAuthor')}</span> {toAuthor}
        </p>
      )}
      {toReporters && (
        <p className={`mt8 ${classes.text}`}>
          <span className="t3">{t('saidToReporters')}</span> {toReporters}
        </p>
      )}
    </section>
  );
}
