import { renderToStaticMarkup } from 'react-dom/server';
import { Body, Button, Container, Head, Heading, Hr, Html, Link, Section, Text, toPlainText } from 'react-email';
import { escapedHtml } from '../../common/markdown/html.js';
import type { Letter, LetterFact } from './letter.js';

const ink = '#1b2422';
const quiet = '#55615e';
const lac = '#00677a';
/**
 * What the body has is on the cell of its table, too, since some mail programs drop the body. Mail programs that know dark mode follow these; the others show the light colours, or turn them round, which plain ink on white
 * survives.
 */
const DARK = `@media (prefers-color-scheme: dark) {
  .page, .page td { background-color: #151a1a !important; color: #e6ebea !important; }
  .ink { color: #e6ebea !important; }
  .quiet { color: #a9b4b2 !important; }
  .brand { color: #6cc3d5 !important; }
  .act { background-color: #6cc3d5 !important; color: #0d1b1e !important; }
  .line { border-color: #36403f !important; }
}`;
const face = "'Hanken Grotesk', system-ui, -apple-system, 'Segoe UI', Arial, sans-serif";

/** A list under its head; what stops an item stands quietly at it. */
function ListOf({ list: { title, items, more } }: { list: NonNullable<Letter['lists']>[number] }) {
  return (
    <Section style={{ margin: '0 0 8px' }}>
      <Heading as="h2" className="ink" style={{ fontSize: '17px', lineHeight: '24px', margin: '20px 0 8px' }}>
        {title}
      </Heading>
      {items.map((item) => (
        <Text key={item.url + item.title} style={{ fontSize: '16px', lineHeight: '22px', margin: '0 0 12px' }}>
          <Link className="brand" href={item.url} style={{ color: lac, fontWeight: 560, textDecoration: 'underline' }}>
            {item.title}
          </Link>
          {item.body && (
            <>
              <br />
              {item.body}
            </>
          )}
          {item.stop && (
            <>
              <br />
              <Link
                className="quiet"
                href={item.stop.url}
                style={{ color: quiet, fontSize: '13px', textDecoration: 'underline' }}
              >
                {item.stop.label}
              </Link>
            </>
          )}
        </Text>
      ))}
      {more && (
        <Text className="quiet" style={{ fontSize: '14px', lineHeight: '20px', color: quiet, margin: 0 }}>
          {more}
        </Text>
      )}
    </Section>
  );
}

const row = { fontSize: '16px', lineHeight: '24px', margin: '0 0 4px', overflowWrap: 'anywhere' } as const;

/** What it is beside its label, or a list under it. */
function Fact({ fact: { label, value, isLink }, locale }: { fact: LetterFact; locale: Letter['locale'] }) {
  const head = (
    <span className="quiet" style={{ color: quiet }}>
      {`${label}${locale === 'fr' ? '\u00a0' : ''}: `}
    </span>
  );
  if (typeof value !== 'string') {
    return (
      <>
        <Text style={row}>{head}</Text>
        <ul style={{ ...row, margin: '0 0 8px', paddingLeft: '20px' }}>
          {value.map((one) => (
            <li key={one}>
              <strong>{one}</strong>
            </li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <Text style={row}>
      {head}
      <strong>
        {isLink ? (
          <Link className="brand" href={value} style={{ color: lac, textDecoration: 'underline' }}>
            {value}
          </Link>
        ) : (
          value
        )}
      </strong>
    </Text>
  );
}

function LetterPage({ letter }: { letter: Letter }) {
  return (
    <Html lang={letter.locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK}</style>
      </Head>
      <Body
        className="page"
        lang={letter.locale}
        style={{ backgroundColor: '#ffffff', color: ink, fontFamily: face, margin: 0 }}
      >
        {/* What mail programs show beside the subject. */}
        <div style={{ display: 'none', overflow: 'hidden', maxHeight: 0 }} data-skip-in-text="true">
          {letter.lines[0] ?? letter.heading}
        </div>
        <Container style={{ maxWidth: '560px', padding: '24px 16px', margin: '0 auto' }}>
          <Text className="brand" style={{ fontWeight: 660, fontSize: '16px', color: lac, margin: '0 0 16px' }}>
            Cordée
          </Text>
          <Heading as="h1" className="ink" style={{ fontSize: '22px', lineHeight: '28px', margin: '0 0 16px' }}>
            {letter.heading}
          </Heading>
          {letter.lines.map((line, index) => (
            <Text
              key={index}
              style={{ fontSize: '16px', lineHeight: '24px', margin: '0 0 12px', whiteSpace: 'pre-line' }}
            >
              {line}
            </Text>
          ))}
          {letter.facts?.map((fact) => (
            <Fact key={fact.label} fact={fact} locale={letter.locale} />
          ))}
          {letter.lists?.map((list) => (
            <ListOf key={list.title} list={list} />
          ))}
          {letter.action && (
            <Section style={{ margin: '24px 0' }}>
              <Button
                className="act"
                href={letter.action.url}
                style={{
                  backgroundColor: lac,
                  color: '#ffffff',
                  borderRadius: '6px',
                  padding: '10px 16px',
                  fontSize: '16px',
                  fontWeight: 560,
                }}
              >
                {letter.action.label}
              </Button>
            </Section>
          )}
          {letter.other && (
            <Text style={{ fontSize: '16px', lineHeight: '24px', margin: '0 0 12px' }}>
              <Link className="brand" href={letter.other.url} style={{ color: lac, textDecoration: 'underline' }}>
                {letter.other.label}
              </Link>
            </Text>
          )}
          <Hr className="line" style={{ borderColor: '#d9dedd', margin: '24px 0 16px' }} />
          <Text className="quiet" style={{ fontSize: '14px', lineHeight: '20px', color: quiet, margin: 0 }}>
            {letter.footer}
            {letter.footerLink && (
              <>
                {' '}
                <Link
                  className="brand"
                  href={letter.footerLink.url}
                  style={{ color: lac, textDecoration: 'underline' }}
                >
                  {letter.footerLink.label}
                </Link>
              </>
            )}
          </Text>
        </Container>
      </Body>
    </Html>
  );
}

const gapsOf = (value: LetterFact['value'], gap: (word: string) => string) =>
  typeof value === 'string' ? gap(value) : value.map(gap);

interface Page {
  html: string;
  text: string;
}

const pages = new Map<string, Page>();
const GAP = /\uE000(\d+)\uE001/g;

/**
 * The letter as HTML and as the text part that says the same. React renders each shape of letter once, with gaps where its words go:
 * rendering takes some milliseconds, and hundreds of mails can be due at one instant.
 */
export function renderPage(letter: Letter): Page {
  // No two digests have one shape.
  if (letter.lists) return rendered(letter);
  const words: string[] = [];
  const gap = (word: string) => `\uE000${words.push(word) - 1}\uE001`;
  const { locale, heading, lines, facts, action, other, footer, footerLink } = letter;
  const shape: Letter = {
    locale,
    heading: gap(heading),
    lines: lines.map(gap),
    ...(facts && { facts: facts.map((fact) => ({ ...fact, label: gap(fact.label), value: gapsOf(fact.value, gap) })) }),
    ...(action && { action: { label: gap(action.label), url: gap(action.url) } }),
    ...(other && { other: { label: gap(other.label), url: gap(other.url) } }),
    footer: gap(footer),
    ...(footerLink && { footerLink: { label: gap(footerLink.label), url: gap(footerLink.url) } }),
  };
  const { html, text } = pageOf(shape);
  const wordAt = (index: string) => words[Number(index)] ?? '';
  return {
    html: html.replace(GAP, (_, index: string) => escapedHtml(wordAt(index))),
    text: text.replace(GAP, (_, index: string) => wordAt(index)),
  };
}

function pageOf(shape: Letter): Page {
  const key = JSON.stringify(shape);
  const page = pages.get(key) ?? rendered(shape);
  pages.set(key, page);
  return page;
}

/** In words as they are written: capitals would shout. */
const HEADINGS = ['h1', 'h2'].map((selector) => ({ selector, options: { uppercase: false } }));

/** What `render` of react-email puts before a page, which mail programs know. */
const DOCTYPE =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/** Not by `render` of react-email, which makes a page as a stream: React then follows it through all that the process begins, and each promise costs more from then on. */
function rendered(shape: Letter): Page {
  const html = DOCTYPE + renderToStaticMarkup(<LetterPage letter={shape} />);
  return { html, text: toPlainText(html, { selectors: HEADINGS }) };
}
