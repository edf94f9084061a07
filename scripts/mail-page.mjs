/** The mail catcher's pages: plain HTML without a script, since what they show was written by anyone. */
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text) => String(text).replace(/[&<>"']/g, (character) => escapes[character]);

/** The mail's own HTML is shown in a sandbox and inherits this: nothing is loaded from anywhere. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

const style = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .5rem; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); vertical-align: top; }
  td { overflow-wrap: anywhere; }
  iframe { width: 100%; height: 32rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); background: #fff; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }`;

const page = (title, body) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><style>${style}</style></head><body><main>${body}</main></body></html>`;

/** All mail, newest first. */
export function listPage(mails) {
  const row = ({ id, to, subject, receivedAt }) =>
    `<tr><td><time datetime="${receivedAt}">${receivedAt.slice(0, 19).replace('T', ' ')}</time></td><td>${escape(to)}</td>` +
    `<td><a href="?id=${id}">${escape(subject) || '(no subject)'}</a></td></tr>`;
  const table = `<table><thead><tr><th scope="col">At (UTC)</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead>
<tbody>${mails.map(row).join('\n')}</tbody></table>`;
  const none =
    '<p>No mail yet. What Cordée sends while it runs on this machine is kept here and goes nowhere else.</p>';
  return page('Mail', `<h1>Mail</h1>${mails.length > 0 ? table : none}`);
}

/** One mail: its HTML in a sandbox, its text with links that can be followed, its attachments. */
export function messagePage({ to, subject, text, html, attachments, receivedAt }) {
  const sandbox = 'allow-popups allow-popups-to-escape-sandbox';
  const frame = `<iframe title="The mail as HTML" sandbox="${sandbox}" srcdoc="${escape(`<base target="_blank">${html}`)}"></iframe>`;
  const files = attachments.map(
    ({ filename, contentType, content }) =>
      `<li><a download="${escape(filename)}" href="data:${escape(contentType)};base64,${content}">${escape(filename)}</a></li>`,
  );
  return page(
    subject,
    `<p><a href="?">All mail</a></p><h1>${escape(subject) || '(no subject)'}</h1>
<p>To ${escape(to)}, <time datetime="${receivedAt}">${receivedAt}</time></p>
${files.length > 0 ? `<h2>Attachments</h2><ul>${files.join('')}</ul>` : ''}
${html ? frame : ''}<h2>Text</h2><pre>${withLinks(text)}</pre>`,
  );
}

function withLinks(text) {
  return escape(text).replace(/https?:\/\/[^\s<>&]+(?:&amp;[^\s<>&]+)*/g, (url) => `<a href="${url}">${url}</a>`);
}
