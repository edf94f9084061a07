import { NativeSelect } from '@mantine/core';
import { Link, type LinkProps, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHeader } from '../page/PageHeader';
import classes from './SectionPage.module.css';

/** One section of settings: a page of its own, which the list leads to. */
export interface Section {
  id: string;
  label: string;
  link: Pick<LinkProps, 'to' | 'params'>;
}

export interface SectionGroup {
  label: string;
  sections: Section[];
}

interface SectionPageProps {
  /** What all the sections belong to: it stands over the list. */
  title: string;
  groups: SectionGroup[];
  /** The section that is shown. */
  at: string;
  lead?: ReactNode;
  /** The one act of the section, or that it is saved. */
  right?: ReactNode;
  children: ReactNode;
}

/** The frame of all settings: their sections in a list at the left, which a phone shows as one field, and one section at a time. */
export function SectionPage({ title, groups, at, lead, right, children }: SectionPageProps) {
  const label = groups.flatMap(({ sections }) => sections).find(({ id }) => id === at)?.label ?? '';
  return (
    <div className={`page ${classes.frame}`}>
      <SectionSelect title={title} groups={groups} at={at} />
      <SectionList title={title} groups={groups} at={at} />
      <div className={classes.section}>
        <PageHeader title={label} tab={`${label} · ${title}`} lead={lead}>
          {right}
        </PageHeader>
        {children}
      </div>
    </div>
  );
}

type ListProps = Pick<SectionPageProps, 'title' | 'groups' | 'at'>;

function SectionList({ title, groups, at }: ListProps) {
  return (
    <nav className={classes.list} aria-label={title}>
      <p className={classes.title}>{title}</p>
      {groups.map(({ label, sections }) => (
        <div key={label} className={classes.group}>
          <p className={classes.label} id={`sections-${sections[0]?.id}`}>
            {label}
          </p>
          <ul aria-labelledby={`sections-${sections[0]?.id}`}>
            {sections.map((section) => (
              <li key={section.id}>
                <Link {...section.link} className={classes.link} aria-current={section.id === at ? 'page' : undefined}>
                  {section.label}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function SectionSelect({ title, groups, at }: ListProps) {
  const navigate = useNavigate();
  const open = (chosen: string) => {
    const section = groups.flatMap(({ sections }) => sections).find(({ id }) => id === chosen);
    if (section) void navigate(section.link);
  };
  return (
    <NativeSelect
      className={classes.select}
      aria-label={title}
      value={at}
      data={groups.map(({ label, sections }) => ({
        group: label,
        items: sections.map(({ id, label: name }) => ({ value: id, label: name })),
      }))}
      onChange={(event) => open(event.currentTarget.value)}
    />
  );
}
