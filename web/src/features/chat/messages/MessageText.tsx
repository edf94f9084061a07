import { useLocale } from '../../../time/clock';
import { useChatPeople } from '../channels/people';
import { toMarkdown } from '../../../ui/naming/tokens';
import { CardsOf } from '../../cards/CardsOf';
import classes from '../Chat.module.css';
import { LongText } from './LongText';
import { isFewEmoji } from './message-shape';
import { lazyPart } from '../../../ui/page/lazy-part';
import { Part } from '../../../ui/forms/Part';

const loading = import('../../../ui/markdown/Markdown').then(
  ({ Markdown }) => Markdown,
  // The line went down before the renderer came: the text as it was written is better than no page.
  () => null,
);

function AsWritten({ source }: { source: string }) {
  return <p className={`${classes.tx} ${classes.plain}`}>{source}</p>;
}

/** The renderer comes beside the page, and is there when the first message is. */
const Markdown = lazyPart(async () => ({ default: (await loading) ?? AsWritten }));

/** Most of what people say is plain: without these signs no parser is needed. */
const HAS_MARKS = /[*_`~[\]<>#|\\&@]|^[ \t]*[-+\d]|https?:|www\./m;
const FENCE = /(```[\s\S]*?(?:```|$))/;

/** In a chat a new line is a new line; inside a block of code it is one anyway. */
const withBreaks = (source: string) =>
  source
    .split(FENCE)
    .map((part) => (part.startsWith('```') ? part : part.replace(/([^\n])\n(?!\n)/g, '$1  \n')))
    .join('');

/** The text of a message: names as links, markdown by the one safe renderer, and cards of what it links to. */
export function MessageText({ body }: { body: string }) {
  const { nameOf, hrefOf } = useChatPeople();
  const locale = useLocale();
  if (isFewEmoji(body)) return <p className={classes.emoji}>{body}</p>;
  const plain = <p className={`${classes.tx} ${classes.plain}`}>{body}</p>;
  if (!HAS_MARKS.test(body)) return <LongText body={body}>{plain}</LongText>;
  return (
    <>
      <LongText body={body}>
        <Part fallback={plain}>
          <Markdown className={classes.tx} source={withBreaks(toMarkdown(body, nameOf, hrefOf, locale))} />
        </Part>
      </LongText>
      <CardsOf text={body} />
    </>
  );
}
