import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PublicCall } from '../../../../../src/contracts/calls/calls';
import { api } from '../../../api/http';
import { useLocale } from '../../../time/clock';
import { Part } from '../../../ui/forms/Part';
import { lazyPart } from '../../../ui/page/lazy-part';
import { PageHeader } from '../../../ui/page/PageHeader';
import { QueryBoundary } from '../../../ui/page/QueryBoundary';
import { usePageTitle } from '../../../ui/page/title';
import { CallFrame, type PagePart, PageParts } from '../CallFrame';
import classes from '../apply.module.css';
import { CallCard, PhoneBar } from './CallCard';
import { Criteria, FormOutline, YourData } from './CallParts';
import { Timeline, ZoneNote } from './Timeline';
import { type TextPart, partsOf, plainOf } from './parts';
import { said } from './timing';

const markdown = () => import('../../../ui/markdown/Markdown');
const Markdown = lazyPart(async () => ({ default: (await markdown()).Markdown }));
// Beside the call itself: its text is what the page is for.
void markdown().catch(() => undefined);

/** The parts that each call has. */
const OWN = ['dates', 'criteria', 'form', 'data'] as const;

/** A call as everybody may read it, without a login: what it is about, what happens when, how files are read, and how one applies. */
export default function CallPage() {
  const { t } = useTranslation('apply');
  const { slug } = useParams({ from: '/calls/$slug' });
  const query = useQuery({
    queryKey: ['public-call', slug],
    queryFn: ({ signal }) => api.get<PublicCall>(`/calls/${encodeURIComponent(slug)}`, { signal }),
    // Nobody tells this page that the call opens, closes, or is extended.
    refetchInterval: 60_000,
  });
  useSeen(query.data?.slug);
  if (query.data) return <Shown call={query.data} />;
  return (
    <CallFrame>
      <div className="page">
        <QueryBoundary query={query} ns="apply" missing={<None title={t('call.none')} body={t('call.noneBody')} />}>
          {() => null}
        </QueryBoundary>
      </div>
    </CallFrame>
  );
}

/** Says once that the page was opened: an open one asks again and again. */
function useSeen(slug: string | undefined): void {
  useEffect(() => {
    if (slug !== undefined) api.post(`/calls/${encodeURIComponent(slug)}/seen`).catch(() => undefined);
  }, [slug]);
}

function None({ title, body }: { title: string; body: string }) {
  const { t } = useTranslation('apply');
  usePageTitle(title);
  return (
    <div className="measure">
      <h1>{title}</h1>
      <p className="t2 md mt8">{body}</p>
      <p className="mt16">
        <Link className="link" to="/calls">
          {t('crumb')}
        </Link>
      </p>
    </div>
  );
}

function Shown({ call }: { call: PublicCall }) {
  const { t } = useTranslation('apply');
  const locale = useLocale();
  const { title, lead, text, outcome, kind, cohort, criteria, form } = call;
  const became = said(outcome, locale);
  const own = useOwnParts(said(text, locale));
  const { texts } = own;
  const hasForm = form.fields.some((field) => field.kind !== 'section');
  const parts = useMemo(
    (): PagePart[] => [
      ...(became === '' ? [] : [{ id: 'outcome', label: t('call.outcome') }]),
      ...texts.map((part, at) => ({ id: `part-${at + 1}`, label: part.title ?? t('call.about') })),
      { id: 'dates', label: t('call.dates') },
      ...(criteria.length > 0 ? [{ id: 'criteria', label: t('call.criteria') }] : []),
      ...(hasForm ? [{ id: 'form', label: t('call.form') }] : []),
      { id: 'data', label: t('call.data') },
    ],
    [became, texts, criteria.length, hasForm, t],
  );
  return (
    <CallFrame
      colour={cohort.color}
      aside={<PageParts title={t('call.parts')} parts={parts} />}
      bar={<PhoneBar call={call} />}
    >
      <div className="page">
        <div className={classes.big}>
          <PageHeader
            title={said(title, locale)}
            lead={<p className="t2 md mt4">{said(lead, locale)}</p>}
            crumbs={[
              { label: t('crumb'), link: { to: '/calls' } },
              { label: t(`kind.${kind}`, { cohort: cohort.name }) },
            ]}
          />
        </div>
        <div className="two">
          <div>
            {became !== '' && (
              <Section id="outcome" title={t('call.outcome')} isFirst>
                <p className="measure md">{became}</p>
              </Section>
            )}
            {texts.map((part, at) => (
              <Section key={at} id={`part-${at + 1}`} title={part.title} isFirst={at === 0 && became === ''}>
                <Text source={part.body} />
              </Section>
            ))}
            <Section id="dates" title={t('call.dates')} right={<ZoneNote />}>
              <Said body={own.dates} />
              <Timeline call={call} />
            </Section>
            {criteria.length > 0 && (
              <Section id="criteria" title={t('call.criteria')}>
                <Said body={own.criteria} />
                <Criteria criteria={criteria} />
              </Section>
            )}
            {hasForm && (
              <Section id="form" title={t('call.form')}>
                <Said body={own.form} />
                <FormOutline fields={form.fields} />
              </Section>
            )}
            <Section id="data" title={t('call.data')}>
              <Said body={own.data} />
              <YourData call={call} />
            </Section>
          </div>
          <aside className="side" aria-label={t('card.label')}>
            <CallCard call={call} />
          </aside>
        </div>
      </div>
    </CallFrame>
  );
}

/** What the programme wrote under a heading that each call has stands there, over what the page itself says. */
function useOwnParts(text: string) {
  const { t } = useTranslation('apply');
  return useMemo(() => {
    const titles = Object.fromEntries(OWN.map((key) => [t(`call.${key}`).toLocaleLowerCase(), key]));
    const parts = partsOf(text);
    const ownOf = ({ title }: TextPart) => titles[(title ?? '').toLocaleLowerCase()];
    const bodyOf = (key: (typeof OWN)[number]) =>
      parts
        .filter((part) => ownOf(part) === key)
        .map(({ body }) => body)
        .join('\n\n');
    return {
      texts: parts.filter((part) => ownOf(part) === undefined),
      ...{ dates: bodyOf('dates'), criteria: bodyOf('criteria'), form: bodyOf('form'), data: bodyOf('data') },
    };
  }, [text, t]);
}

/** Readable before the script for its marks has come. */
const Text = ({ source }: { source: string }) => (
  <Part lost="fallback" fallback={<p className={`measure md ${classes.plainText}`}>{plainOf(source)}</p>}>
    <Markdown source={source} className="measure md" />
  </Part>
);

const Said = ({ body }: { body: string }) =>
  body !== '' && (
    <div className={classes.said}>
      <Text source={body} />
    </div>
  );

interface SectionProps {
  id: string;
  title: string | null;
  right?: ReactNode;
  isFirst?: boolean;
  children: ReactNode;
}

/** A part of the page, to which one can go. What comes first may have no heading. */
function Section({ id, title, right, isFirst, children }: SectionProps) {
  return (
    <section
      id={id}
      tabIndex={-1}
      className={`${classes.part} ${isFirst ? '' : 'mt32'}`}
      aria-labelledby={title ? `${id}-title` : undefined}
    >
      {title !== null && (
        <div className="group">
          <h2 id={`${id}-title`}>{title}</h2>
          {right && <span className="right xs">{right}</span>}
        </div>
      )}
      <div className={title === null ? '' : 'mt12'}>{children}</div>
    </section>
  );
}
