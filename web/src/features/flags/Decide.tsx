import { Button, Checkbox, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DecideFlag, FlagCase, FlagCaseWithBody } from '../../../../src/contracts/forum/flags';
import type { EditedMeanwhile, MergePiece } from '../../../../src/contracts/forum-posts';
import { api } from '../../api/http';
import { isProblem } from '../../api/problem';
import { Part } from '../../ui/forms/Part';
import { lazyPart } from '../../ui/page/lazy-part';
import { asSent } from '../../ui/naming/as-sent';
import { useFaces } from '../../ui/naming/faces';
import { SuggestingArea } from '../../ui/naming/SuggestingArea';
import { useMembers } from '../../ui/naming/useMembers';
import { ProblemAlert } from '../../ui/page/ProblemAlert';
import { toast } from '../../ui/toast';
import { asAttach } from '../forum/writing/writing';
import { askForumAgain, tokensToTyped } from '../forum/forum';
import { useFlagBody } from './flags';
import classes from './flags.module.css';

const Settling = lazyPart(() => import('../forum/wiki/Settling'));

interface DecideProps {
  flagged: FlagCase;
  cohortId: string;
  onDecided: () => void;
}

/** The four things that staff do with a flagged post, and the words that go with them to both sides. */
export function Decide({ flagged, cohortId, onDecided }: DecideProps) {
  const { t } = useTranslation('flags');
  const client = useQueryClient();
  const members = useMembers(cohortId);
  const [toAuthor, setToAuthor] = useState('');
  const [toReporters, setToReporters] = useState('');
  const [isEditing, setEditing] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [begun, setBegun] = useState<FlagCaseWithBody | null>(null);
  const [out, setOut] = useState<readonly string[]>([]);
  const [both, setBoth] = useState<MergePiece[] | null>(null);
  const [busy, setBusy] = useState<DecideFlag['act'] | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const isGone = flagged.post.state === 'deleted';
  const latest = useFlagBody(cohortId, flagged.id).data;
  // Others may write meanwhile: what one types stays an edit of what one saw.
  const from = begun ?? latest;
  const faces = useFaces(isEditing ? cohortId : null);
  const typedNow = (text: string) => tokensToTyped(text, [...faces, ...(from?.mentions ?? [])]);
  const body = typed ?? typedNow(from?.body ?? '');

  const decide = async (decision: DecideFlag) => {
    setBusy(decision.act);
    setProblem(null);
    try {
      const sent =
        decision.act === 'edit'
          ? { ...decision, body: await asSent(decision.body, cohortId, from?.mentions) }
          : decision;
      await api.post<FlagCase>(`/cohorts/${cohortId}/flag-cases/${flagged.id}/decision`, sent);
      toast(t(`done.${decision.act}`));
      onDecided();
    } catch (error) {
      const meanwhile = isProblem(error, 'edited_meanwhile') ? (error.extras as unknown as EditedMeanwhile) : null;
      if (meanwhile && from) {
        setBegun({ ...from, body: meanwhile.now.body ?? '' });
        setBoth(meanwhile.pieces);
      }
      setProblem(error);
    }
    setBusy(null);
    askForumAgain(client, { cohortId });
  };
  const words = { toAuthor, toReporters };
  const files = asAttach(from?.attachments ?? []);
  const stay = files.filter(({ fileId }) => !out.includes(fileId));
  const edit = () => ({
    ...{ act: 'edit' as const, body, seen: from?.body ?? '' },
    ...(stay.length < files.length && { attachments: stay, seenAttachments: files }),
    ...words,
  });
  const button = (act: 'hide' | 'keep' | 'defer', variant?: 'filled') => (
    <Button
      variant={variant ?? 'default'}
      loading={busy === act}
      disabled={busy !== null && busy !== act}
      onClick={() => void decide(act === 'defer' ? { act } : { act, ...words })}
    >
      {t(act === 'keep' && flagged.post.state === 'hidden' ? 'acts.showAgain' : `acts.${act}`)}
    </Button>
  );
  return (
    <section className="mt24">
      {isEditing && (
        <SuggestingArea
          sources={[members]}
          label={t('body.label')}
          description={t('body.help')}
          autosize
          minRows={4}
          maxRows={16}
          maxLength={30_000}
          disabled={!from}
          value={body}
          onChange={(text) => {
            setTyped(text);
            setBegun(from ?? null);
          }}
        />
      )}
      {isEditing && files.length > 0 && (
        <Checkbox.Group
          className="mt12"
          label={t('files.label')}
          description={t('files.help')}
          value={stay.map(({ fileId }) => fileId)}
          onChange={(kept) => {
            setOut(files.flatMap(({ fileId }) => (kept.includes(fileId) ? [] : [fileId])));
            setBegun(from ?? null);
          }}
        >
          {from?.attachments.map(({ id, name }) => (
            <Checkbox key={id} className="mt8" value={id} label={name} />
          ))}
        </Checkbox.Group>
      )}
      {isEditing && both && from && (
        <Part>
          <Settling
            pieces={both}
            typed={typedNow}
            onSettled={(text) => {
              setTyped(typedNow(text));
              setBoth(null);
              setProblem(null);
            }}
          />
        </Part>
      )}
      <Textarea
        className={isEditing ? 'mt12' : undefined}
        label={t('toAuthor.label', { name: flagged.post.author.name || t('common:formerMember') })}
        description={t('toAuthor.help')}
        maxLength={500}
        autosize
        minRows={2}
        value={toAuthor}
        onChange={(event) => setToAuthor(event.currentTarget.value)}
      />
      <Textarea
        className="mt12"
        label={t('toReporters.label', { count: flagged.people })}
        maxLength={500}
        autosize
        minRows={1}
        value={toReporters}
        onChange={(event) => setToReporters(event.currentTarget.value)}
      />
      {problem !== null && (
        <div className="mt12">
          <ProblemAlert error={problem} ns="flags" />
        </div>
      )}
      <div className={`mt16 ${classes.acts}`}>
        {isEditing ? (
          <>
            <Button
              variant="filled"
              loading={busy === 'edit'}
              disabled={!from || body.trim() === '' || both !== null || (busy !== null && busy !== 'edit')}
              onClick={() => void decide(edit())}
            >
              {t('acts.saveEdit')}
            </Button>
            <Button onClick={() => setEditing(false)}>{t('common:cancel')}</Button>
          </>
        ) : (
          <>
            {button('hide', 'filled')}
            {!isGone && <Button onClick={() => setEditing(true)}>{t('acts.edit')}</Button>}
            {button('keep')}
            {button('defer')}
          </>
        )}
      </div>
    </section>
  );
}
