import { IconLink } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Workshop } from '../../../../src/contracts/workshops';
import { Group } from '../../ui/Group';
import { Icon } from '../../ui/Icon';

const siteOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/** What the workshop gives to read, each with the site where it lies. */
export function Materials({ workshop: { materials } }: { workshop: Workshop }) {
  const { t } = useTranslation('workshops');
  if (materials.length === 0) return null;
  return (
    <Group className="mt32" title={t('materials.title')} count={materials.length}>
      <ul className="list tight">
        {materials.map(({ title, url }) => (
          <li key={`${title} ${url}`}>
            <Icon of={IconLink} />
            <a className="title grow" href={url} target="_blank" rel="noreferrer noopener">
              {title}
            </a>
            <span className="t3 only-wide">{siteOf(url)}</span>
          </li>
        ))}
      </ul>
    </Group>
  );
}
