import { renderToStaticMarkup } from 'react-dom/server';
import type { PreferenceKind } from '../contracts/notifications.js';
import type { Locale } from '../contracts/primitives.js';
import { fill, wordsOf } from './words.js';

/** The page that asks whether to stop the mails of a group, or says that it is done: HTML. */
export function unsubscribePage(locale: Locale, group: PreferenceKind, isDone: boolean): string {
  const { stopPage, groups } = wordsOf(locale);
  const say = (message: string) => fill(message, locale, { group: groups[group] });
  return `<!doctype html>${renderToStaticMarkup(
    <html lang={locale}>
      <head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${say(stopPage.title)} · Cordée`}</title>
      </head>
      <body
        style={{
          fontFamily: 'system-ui, sans-serif',
          maxWidth: '36rem',
          margin: '15vh auto',
          padding: '0 1.5rem',
          lineHeight: 1.5,
        }}
      >
        <main>
          <h1 style={{ fontSize: '1.4rem' }}>{say(stopPage.title)}</h1>
          <p role={isDone ? 'status' : undefined}>{say(isDone ? stopPage.done : stopPage.ask)}</p>
          {!isDone && (
            <form method="post">
              <button type="submit" style={{ font: 'inherit', padding: '0.6rem 1rem' }}>
                {stopPage.act}
              </button>
            </form>
          )}
          <p>
            <a href="/settings/notifications">{wordsOf(locale).mail.change}</a>
          </p>
        </main>
      </body>
    </html>,
  )}`;
}
