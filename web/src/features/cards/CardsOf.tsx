import { Part } from '../../ui/forms/Part';
import { LinkCards } from './lazy';
import { linksIn } from './links';

const HEIGHT = 64;

/** The things of this installation that a text links to, beneath it, for who may see them. */
export function CardsOf({ text }: { text: string }) {
  const links = linksIn(text, window.location.origin);
  if (links.length === 0) return null;
  return (
    <Part lost="nothing" fallback={<div style={{ height: HEIGHT * links.length }} />}>
      <LinkCards links={links} />
    </Part>
  );
}
