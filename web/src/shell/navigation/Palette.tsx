import '@mantine/spotlight/styles.layer.css';
import './Palette.css';
import { Spotlight, createSpotlight } from '@mantine/spotlight';
import { useNavigate, type NavigateOptions } from '@tanstack/react-router';
import {
  IconBook2,
  IconHash,
  IconHelpHexagon,
  IconLock,
  IconMessage,
  IconPencil,
  IconPresentation,
  IconSearch,
  IconSettings,
  IconWorld,
} from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCohort, useCohortId, useMembership } from '../../api/session';
import { Avatar } from '../../ui/people/Avatar';
import { useFocusBack } from '../../ui/page/focus';
import { Icon } from '../../ui/Icon';
import { usePeopleSearch } from '../../ui/people/people';
import { useChannels } from './channels';
import { useNames } from './names';
import { entriesFor } from './nav';
import { useMayPropose, useThingsFound } from './search';

const [store, actions] = createSpotlight();

interface Found {
  id: string;
  label: string;
  icon: ReactNode;
  go: NavigateOptions;
}

interface FoundGroup {
  title: string;
  found: Found[];
}

/** Accents and capitals do not count: "evenement" finds "Événement". */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase();

/** Ctrl-K: pages, channels, people, workshops, topics, pages of the handbook, the commons and acts in one list, by keyboard. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFocusBack();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const groups = useFound(query);
  useEffect(() => actions.open(), []);

  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={onClose}
      size={520}
      centered={false}
      yOffset={72}
      overlayProps={{ blur: 0 }}
      attributes={{ content: { 'aria-label': t('search.open') } }}
    >
      <Spotlight.Search
        placeholder={t('search.open')}
        aria-label={t('search.open')}
        leftSection={<Icon of={IconSearch} />}
        rightSection={<kbd>{t('search.escape')}</kbd>}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.title} label={group.title}>
            {group.found.map((one) => (
              <Spotlight.Action
                key={one.id}
                label={one.label}
                leftSection={one.icon}
                onClick={() => void navigate(one.go)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{t('search.nothing')}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

const MAX_CHANNELS = 6;
const MAX_PEOPLE = 6;

function useFound(query: string): FoundGroup[] {
  const { t } = useTranslation();
  const names = useNames();
  const cohortId = useCohortId();
  const cohort = useCohort();
  const membership = useMembership();
  const channels = useChannels().data ?? [];
  const people = usePeopleSearch(cohortId, query, { enabled: query.trim().length > 1 }).data ?? [];
  const things = useThingsFound(cohortId, query);
  const mayPropose = useMayPropose(cohortId);
  const wanted = plain(query.trim());
  const fits = (one: { label: string }) => plain(one.label).includes(wanted);
  const params = { cohortId };

  const pages: Found[] = [
    ...entriesFor(cohort, membership).map((entry) => ({
      id: entry.name,
      label: t(`nav.${entry.name}`),
      icon: <Icon of={entry.icon} />,
      go: { to: entry.to, params },
    })),
    {
      id: 'settings',
      label: t('nav.settings'),
      icon: <Icon of={IconSettings} />,
      go: { to: '/settings/$section', params: { section: 'profile' } },
    },
  ];
  const rooms: Found[] = channels.map((channel) => ({
    id: channel.id,
    label: names.channel(channel),
    icon: <Icon of={channel.kind === 'direct' ? IconMessage : channel.isPrivate ? IconLock : IconHash} />,
    go:
      channel.cohortId === null
        ? { to: '/chat/$channelId', params: { channelId: channel.id } }
        : { to: '/c/$cohortId/chat/$channelId', params: { cohortId: channel.cohortId, channelId: channel.id } },
  }));
  const persons: Found[] = people.map((member) => ({
    id: member.userId,
    label: member.name,
    icon: <Avatar id={member.userId} name={member.name} url={member.avatarUrl} size={24} withPresence />,
    go: { to: '/c/$cohortId/people/$userId', params: { cohortId, userId: member.userId } },
  }));
  const workshops: Found[] = things.workshops.map(({ id, title }) => ({
    id,
    label: title,
    icon: <Icon of={IconPresentation} />,
    go: { to: '/c/$cohortId/workshops/$workshopId', params: { cohortId, workshopId: id } },
  }));
  const topics: Found[] = things.topics.map(({ id, title }) => ({
    id,
    label: title,
    icon: <Icon of={IconHelpHexagon} />,
    go: { to: '/c/$cohortId/forum/$topicId', params: { cohortId, topicId: id } },
  }));
  const handbook: Found[] = things.pages.map(({ id, title }) => ({
    id,
    label: title.map(({ text }) => text).join(''),
    icon: <Icon of={IconBook2} />,
    go: { to: '/c/$cohortId/handbook/$pageId', params: { cohortId, pageId: id } },
  }));
  const commons: Found[] = things.commons.map(({ id, title }) => ({
    id,
    label: title,
    icon: <Icon of={IconWorld} />,
    go: { to: '/commons/$topicId', params: { topicId: id } },
  }));
  const commonsPages: Found[] = things.commonsPages.map(({ id, title }) => ({
    id,
    label: title.map(({ text }) => text).join(''),
    icon: <Icon of={IconBook2} />,
    go: { to: '/commons/handbook/$pageId', params: { pageId: id } },
  }));
  const acts: Found[] = [
    { id: 'ask', label: t('search.ask'), icon: <Icon of={IconPencil} />, go: { to: '/c/$cohortId/forum/new', params } },
    {
      id: 'book',
      label: t('search.book'),
      icon: <Icon of={IconPencil} />,
      go: { to: '/c/$cohortId/coaching', params },
    },
    ...(mayPropose
      ? [
          {
            id: 'propose',
            label: t('search.propose'),
            icon: <Icon of={IconPencil} />,
            go: { to: '/c/$cohortId/workshops/new', params } as const,
          },
        ]
      : []),
  ];

  const everywhere: Found[] =
    wanted.length > 1
      ? [
          {
            id: 'everywhere',
            label: t('search.everywhere', { q: query.trim() }),
            icon: <Icon of={IconSearch} />,
            go: { to: '/search', search: { q: query.trim() } as never },
          },
        ]
      : [];

  const groups = [
    { title: t('search.pages'), found: pages.filter(fits) },
    { title: t('search.channels'), found: rooms.filter(fits).slice(0, MAX_CHANNELS) },
    { title: t('search.people'), found: wanted.length > 1 ? persons.slice(0, MAX_PEOPLE) : [] },
    { title: t('search.workshops'), found: workshops },
    { title: t('search.topics'), found: topics },
    { title: t('nav.handbook'), found: handbook },
    { title: t('nav.commons'), found: [...commons, ...commonsPages] },
    { title: t('search.messages'), found: everywhere },
    { title: t('search.acts'), found: cohortId === '' ? [] : acts.filter(fits) },
  ];
  return groups.filter((group) => group.found.length > 0);
}
