import { ActionIcon, Button, NativeSelect, TagsInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { MAX_PLACES, type ProjectPlace } from '../../../../src/contracts/cohorts/places';
import { Craft } from '../../../../src/contracts/roles';
import { Icon } from '../../ui/Icon';
import classes from './matching.module.css';

const MAX_SKILLS = 5;
const MAX_SKILL = 60;

interface PlacesFieldsProps {
  places: ProjectPlace[];
  error?: string | null;
  onChange: (places: ProjectPlace[]) => void;
}

/** The places of a project: which craft each wants, with skills that are needed or nice to have. */
export function PlacesFields({ places, error, onChange }: PlacesFieldsProps) {
  const { t } = useTranslation('matching');
  const change = (at: number, part: Partial<ProjectPlace>) =>
    onChange(places.map((place, index) => (index === at ? { ...place, ...part } : place)));
  const tidy = (skills: string[]) => skills.map((skill) => skill.trim().slice(0, MAX_SKILL)).filter(Boolean);
  return (
    <fieldset className={classes.placesFields}>
      <legend className="lbl">{t('places.label')}</legend>
      {places.map((place, at) => (
        <div key={at} className={classes.placeFields} role="group" aria-label={t('places.one', { number: at + 1 })}>
          <NativeSelect
            label={t('places.craft')}
            value={place.craft}
            data={Craft.options.map((craft) => ({ value: craft, label: t(`common:crafts.${craft}`) }))}
            onChange={(event) => change(at, { craft: Craft.parse(event.currentTarget.value) })}
          />
          <TagsInput
            label={t('places.must')}
            value={place.must}
            maxTags={MAX_SKILLS}
            clearable={false}
            onChange={(skills) => change(at, { must: tidy(skills) })}
          />
          <TagsInput
            label={t('places.nice')}
            value={place.nice}
            maxTags={MAX_SKILLS}
            clearable={false}
            onChange={(skills) => change(at, { nice: tidy(skills) })}
          />
          <ActionIcon
            className={classes.removePlace}
            aria-label={t('places.remove', { number: at + 1 })}
            onClick={() => onChange(places.toSpliced(at, 1))}
          >
            <Icon of={IconX} size={16} />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <p className={classes.wrong} role="alert">
          {error}
        </p>
      )}
      {places.length < MAX_PLACES && (
        <Button
          size="sm"
          leftSection={<Icon of={IconPlus} size={16} />}
          onClick={() => onChange([...places, { craft: 'developer', must: [], nice: [] }])}
        >
          {t('places.add')}
        </Button>
      )}
    </fieldset>
  );
}

/** The crafts that places want, in words: Developer, 2 designers. */
export function usePlacesText(): (places: readonly ProjectPlace[]) => string {
  const { t, i18n } = useTranslation('matching');
  return (places) => {
    if (places.length === 0) return t('places.none');
    const list = new Intl.ListFormat(i18n.language, { type: 'unit', style: 'short' });
    return list.format(places.map(({ craft }) => t(`common:crafts.${craft}`)));
  };
}
