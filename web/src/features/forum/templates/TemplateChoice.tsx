import { Button } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TopicTemplate } from '../../../../../src/contracts/forum/templates';
import { useLocale } from '../../../time/clock';
import { Notice } from '../../../ui/page/State';
import { textIn } from '../../forum-settings/languages';
import { useTemplates } from '../../forum-settings/queries';
import { type Begun, applied, beganWith, isFree } from './applied';
import classes from './templates.module.css';

const SETTLE_MS = 50;

interface TemplateChoiceProps {
  cohortId: string;
  typed: Begun;
  /** The template that a link asks for. */
  asked: string | undefined;
  /** It is known what was kept before. */
  isLoaded: boolean;
  onBegun: (begun: Begun) => void;
}

/** By what a new topic begins. What one has typed stays: a template is added below it once one says so. */
export default function TemplateChoice({ cohortId, typed, asked, isLoaded, onBegun }: TemplateChoiceProps) {
  const { t } = useTranslation('forum');
  const locale = useLocale();
  const templates = useTemplates(cohortId).data?.items;
  const [waiting, setWaiting] = useState<TopicTemplate | null>(null);
  const known = { templates: templates ?? [], locale };
  const begin = (template: TopicTemplate) => {
    setWaiting(null);
    onBegun(applied(typed, template, known));
  };
  const choose = (template: TopicTemplate) => {
    if (isFree(typed.body, known.templates)) begin(template);
    else setWaiting(template);
  };
  const followed = useRef<string>(undefined);
  const follow = useEffectEvent((id: string) => {
    if (followed.current === id) return;
    followed.current = id;
    const template = templates?.find((one) => one.id === id);
    if (template && !beganWith(typed.body, template)) choose(template);
  });
  const isKnown = templates !== undefined && isLoaded;
  useEffect(() => {
    if (!isKnown || asked === undefined) return;
    // The form takes what was kept before.
    const timer = setTimeout(() => follow(asked), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [isKnown, asked]);
  const isGone = isKnown && asked !== undefined && !templates.some(({ id }) => id === asked);
  if (!templates || (templates.length === 0 && !isGone)) return null;
  return (
    <div className={classes.choice} role="group" aria-label={t('templates.label')}>
      {templates.length > 0 && <span className="t2">{t('templates.label')}</span>}
      {templates.map((template) => (
        <Button key={template.id} size="compact-sm" onClick={() => choose(template)}>
          {textIn(template.names, locale)}
        </Button>
      ))}
      {isGone && <p className="t3">{t('templates.gone')}</p>}
      {waiting && (
        <div className={classes.ask}>
          <Notice>
            <p>{t('templates.ask', { name: textIn(waiting.names, locale) })}</p>
            <div className="row wrap mt8">
              <Button size="sm" onClick={() => begin(waiting)}>
                {t('templates.add')}
              </Button>
              <Button size="sm" variant="subtle" onClick={() => setWaiting(null)}>
                {t('templates.leave')}
              </Button>
            </div>
          </Notice>
        </div>
      )}
    </div>
  );
}
