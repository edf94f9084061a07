import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Link,
  Preview,
  Section,
  Text,
  render,
  toPlainText,
} from 'react-email';
import type { Letter } from './letter.js';

const ink = '#1b2422';
const quiet = '#55615e';
const lac = '#00677a';
/**
 * Mail programs that know dark mode follow these; the others show the light colours, or turn them round, which plain ink on white
 * survives.
 */
const DARK = `@media (prefers-color-scheme: dark) {
  .page { background-color: #151a1a !important; color: #e6ebea !important; }
  .ink { color: #e6ebea !important; }
  .quiet { color: #a9b4b2 !important; }
  .brand { color: #6cc3d5 !important; }
  .act { background-color: #6cc3d5 !important; color: #0d1b1e !important; }
  .line { border-color: #36403f !important; }
}`;
const face = "'Hanken Grotesk', system-ui, -apple-system, 'Segoe UI', Arial, sans-serif";

function LetterPage({ letter }: { letter: Letter }) {
  return (
    <Html lang={letter.locale}>
      <Head>
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{DARK}</style>
      </Head>
      <Preview>{letter.lines[0] ?? letter.heading}</Preview>
      <Body className="page" style={{ backgroundColor: '#ffffff', color: ink, fontFamily: face, margin: 0 }}>
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
            <Text key={fact.label} style={{ fontSize: '16px', lineHeight: '24px', margin: '0 0 4px' }}>
              <span className="quiet" style={{ color: quiet }}>
                {fact.label}:{' '}
              </span>
              <strong>{fact.value}</strong>
            </Text>
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

/** The letter as HTML and as the text part that says the same. */
export async function renderPage(letter: Letter): Promise<{ html: string; text: string }> {
  const html = await render(<LetterPage letter={letter} />);
  return { html, text: toPlainText(html) };
}
