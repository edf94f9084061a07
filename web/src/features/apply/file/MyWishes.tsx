import { ActionIcon, Button, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconArrowDown, IconArrowUp, IconHeart, IconX, type Icon as TablerIcon } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnProjectQuestion, OwnProjectQuestions } from '../../../../../src/contracts/selection/questions';
import { MAX_WISHES, type WishableProject, type Wishes } from '../../../../../src/contracts/selection/wishes';
import { useStore } from '../../../api/store';
import { useLocale } from '../../../time/clock';
import { formatFullDate } from '../../../time/format';
import { Icon } from '../../../ui/Icon';
import { Group } from '../../../ui/page/Group';
import { ProblemAlert } from '../../../ui/page/ProblemAlert';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { State } from '../../../ui/page/State';
import { focusWhenThere } from '../../../ui/page/focus';
import classes from '../apply.module.css';
import { AskProject, AskedProject, useQuestions } from './ProjectQuestion';
import type { Saver } from './saver';

/** The projects that somebody who is accepted would like best, in their order; kept at once. */
export default function MyWishes({ saver }: { saver: Saver }) {
  const { t } = useTranslation('apply');
  const { id } = useStore(saver.shown).draft.server;
  const query = useQuery({ queryKey: ['application-wishes', id], queryFn: () => saver.ports.wishes() });
  return (
    <Group title={t('wishes.title')} className={classes.wishes}>
      <QueryBoundary query={query} ns="apply" missing={<p className="t2 mt12">{t('wishes.before')}</p>}>
        {(wishes) => <Ranking saver={saver} wishes={wishes} queryKey={['application-wishes', id]} />}
      </QueryBoundary>
    </Group>
  );
}

interface RankingProps {
  saver: Saver;
  wishes: Wishes;
  queryKey: string[];
}

function Ranking({ saver, wishes, queryKey }: RankingProps) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const client = useQueryClient();
  const [told, setTold] = useState('');
  const asking = useQuestions(saver);
  const questions = asking.data;
  const saving = useMutation({
    // One after the other: the last one counts.
    scope: { id: queryKey.join(' ') },
    mutationKey: queryKey,
    mutationFn: (projectIds: string[]) => saver.ports.wish({ projectIds }),
    onMutate: (projectIds) => client.setQueryData(queryKey, { ...wishes, projectIds }),
    // Of several that are under way the last one says what stands.
    onSuccess: (saved) => client.isMutating({ mutationKey: queryKey }) <= 1 && client.setQueryData(queryKey, saved),
    onError: () => client.invalidateQueries({ queryKey }),
  });
  const { state, projects, projectIds } = wishes;
  const byId = new Map(projects.map((project) => [project.id, project]));
  const ranked = projectIds.flatMap((id) => byId.get(id) ?? []);
  const isOpen = state === 'open';
  const asked = new Map((questions?.items ?? []).map((question) => [question.projectId, question]));
  // Those of projects that do not stand below.
  const others = [...asked.values()].filter(({ projectId }) => !isOpen || !byId.has(projectId));
  const day = wishes.until ? formatFullDate(wishes.until, locale) : '';
  const save = (ids: string[], words: string, focus: string) => {
    setTold(words);
    saving.mutate(ids);
    focusWhenThere(document.body, `#${CSS.escape(focus)}`);
  };
  const put = (id: string, at: number) => {
    const next = projectIds.filter((one) => one !== id).toSpliced(at, 0, id);
    const name = byId.get(id)?.name ?? '';
    save(next, t('wishes.moved', { name, rank: at + 1 }), `wish-${id}`);
  };
  const drop = (id: string) => {
    const name = byId.get(id)?.name ?? '';
    save(
      projectIds.filter((one) => one !== id),
      t('wishes.dropped', { name }),
      `project-${id}`,
    );
  };
  // Without it nobody sees what they asked.
  const unknown = questions ? null : (
    <ProblemAlert error={asking.error} ns="apply" onRetry={() => void asking.refetch()} />
  );
  if (state === 'before') {
    return (
      <>
        <p className="t2 mt12">{t('wishes.before')}</p>
        {unknown}
        <Asked questions={others} />
      </>
    );
  }
  return (
    <>
      <p className="t2 mt12">{t(isOpen ? 'wishes.open' : 'wishes.closed', { day, most: MAX_WISHES })}</p>
      <ProblemAlert error={saving.error} ns="apply" />
      {unknown}
      {ranked.length > 0 && (
        <ol className={`${classes.ranked} mt12`} aria-label={t('wishes.mine')}>
          {ranked.map((project, at) => (
            <li key={project.id} id={`wish-${project.id}`} tabIndex={-1}>
              <b className={classes.rank}>{t('wishes.rank', { rank: at + 1 })}</b>
              <span className="grow">
                <b>{project.name}</b> <span className="t2">{project.agency}</span>
              </span>
              {isOpen && (
                <span className="row g4">
                  <Act
                    icon={IconArrowUp}
                    label={t('wishes.up', { name: project.name })}
                    disabled={at === 0}
                    onClick={() => put(project.id, at - 1)}
                  />
                  <Act
                    icon={IconArrowDown}
                    label={t('wishes.down', { name: project.name })}
                    disabled={at === ranked.length - 1}
                    onClick={() => put(project.id, at + 1)}
                  />
                  <Act icon={IconX} label={t('wishes.drop', { name: project.name })} onClick={() => drop(project.id)} />
                </span>
              )}
            </li>
          ))}
        </ol>
      )}
      {ranked.length === 0 && !isOpen && <p className="mt12">{t('wishes.none')}</p>}
      {isOpen && (
        <p className="mt8">
          {saving.isPending ? (
            <span className="t2">{t('save.saving')}</span>
          ) : (
            wishes.changedAt && <State tone="ok">{t('wishes.kept', { count: ranked.length })}</State>
          )}
        </p>
      )}
      {isOpen && (
        <>
          <h3 className="mt16">{t('wishes.all', { count: projects.length })}</h3>
          <ul className={classes.projects}>
            {projects.map((project) => (
              <Wishable
                key={project.id}
                project={project}
                below={<Question saver={saver} project={project} questions={questions} />}
              >
                {!projectIds.includes(project.id) && (
                  <Button
                    size="sm"
                    leftSection={<Icon of={IconHeart} size={16} />}
                    disabled={projectIds.length >= MAX_WISHES}
                    aria-label={t('wishes.addNamed', { name: project.name, rank: projectIds.length + 1 })}
                    onClick={() => put(project.id, projectIds.length)}
                  >
                    {projectIds.length >= MAX_WISHES
                      ? t('wishes.full')
                      : t('wishes.add', { rank: projectIds.length + 1 })}
                  </Button>
                )}
                {projectIds.includes(project.id) && (
                  <State tone="ok">{t('wishes.is', { rank: projectIds.indexOf(project.id) + 1 })}</State>
                )}
              </Wishable>
            ))}
          </ul>
        </>
      )}
      <Asked questions={others} />
      <VisuallyHidden role="status">{told}</VisuallyHidden>
    </>
  );
}

/** What one asked about projects that do not stand on the page. */
function Asked({ questions }: { questions: readonly OwnProjectQuestion[] }) {
  const { t } = useTranslation('apply');
  if (questions.length === 0) return null;
  return (
    <>
      <h3 className="mt16">{t('questions.title')}</h3>
      <ul className={classes.projects}>
        {questions.map((question) => (
          <li key={question.projectId}>
            <div>
              {question.project !== '' && <h4>{question.project}</h4>}
              <AskedProject question={question} />
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

interface QuestionProps {
  saver: Saver;
  project: WishableProject;
  questions: OwnProjectQuestions | undefined;
}

function Question({ saver, project, questions }: QuestionProps) {
  const [isKept, setKept] = useState(false);
  const asked = questions?.items.find(({ projectId }) => projectId === project.id);
  const canAsk = !asked && questions?.canAsk === true;
  return (
    <>
      {asked && <AskedProject question={asked} />}
      {(canAsk || isKept) && <AskProject saver={saver} project={project} onKept={setKept} />}
    </>
  );
}

interface WishableProps {
  project: WishableProject;
  /** What stands under its places. */
  below: ReactNode;
  children: ReactNode;
}

function Wishable({ project, below, children }: WishableProps) {
  const { t } = useTranslation('apply');
  const { id, name, agency, summary, places } = project;
  return (
    <li id={`project-${id}`} tabIndex={-1}>
      <div className="grow">
        <h4>{name}</h4>
        <p className="t2">{agency}</p>
        {summary !== '' && <p className={classes.summary}>{summary}</p>}
        <ul className={classes.places} aria-label={t('wishes.places')}>
          {places.map((place, index) => (
            <li key={index}>
              <span className="med">{t(`common:crafts.${place.craft}`)}</span>
              {place.must.length > 0 && <span>{t('wishes.must', { skills: place.must.join(', ') })}</span>}
              {place.nice.length > 0 && (
                <span className="t2">{t('wishes.nice', { skills: place.nice.join(', ') })}</span>
              )}
            </li>
          ))}
        </ul>
        {below}
      </div>
      {children}
    </li>
  );
}

interface ActProps {
  icon: TablerIcon;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

const Act = ({ icon, label, disabled, onClick }: ActProps) => (
  <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
    <Icon of={icon} size={16} />
  </ActionIcon>
);
