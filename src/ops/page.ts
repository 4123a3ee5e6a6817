/**
 * The operations page: one HTML document in Danish, made on the server, without a script and without a request to anywhere.
 * It shows what the ledger and the flow say at the moment it is asked for; it changes nothing.
 *
 * Every text goes through `escapeHtml`, which also masks what is shaped like a CPR number: an id is the sender's to choose.
 */
import { createHash } from 'node:crypto';
import { scrub } from '../domain/cpr.ts';
import type { Instant } from '../domain/identer.ts';
import type { AnswerRow, FejlkoeRow, MessageRow } from '../ledger/ledger.ts';
import type { Snapshot } from './metrics.ts';
import type { Part } from './readiness.ts';
import { ageText, causesOf, STATE_NAMES } from './status-lists.ts';

/** The lists that the page shows, each its oldest rows. */
export interface PageLists {
  readonly awaitingSvar: readonly MessageRow[];
  readonly inDoubt: readonly MessageRow[];
  readonly uleverede: readonly AnswerRow[];
  readonly fejlkoe: readonly FejlkoeRow[];
}

export interface PageContent {
  readonly parts: readonly Part[];
  readonly snapshot: Snapshot;
  /** Undefined where the ledger can't be read now. */
  readonly lists: PageLists | undefined;
}

const STYLE = `
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 70rem; padding: 1rem; color: #1a1a1a; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: #444; padding: .25rem 0; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid #767676; vertical-align: top; }
tbody th { font-weight: normal; } td.tal, th.tal { text-align: right; font-variant-numeric: tabular-nums; }
.lister { overflow-x: auto; } code { font-size: .9rem; overflow-wrap: anywhere; }
.ok { color: #00531d; } .fejl { color: #a30000; font-weight: bold; } .advarsel { color: #6b4400; font-weight: bold; }
ul.helbred { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem; }
ul.helbred li { border: 1px solid #767676; padding: .3rem .6rem; }
a:focus-visible, .lister:focus-visible { outline: 3px solid #0a5; outline-offset: 2px; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** Nothing but the one style sheet in the document itself. */
export const CONTENT_SECURITY_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return scrub(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

interface Column<Row> {
  readonly title: string;
  readonly numeric?: true;
  readonly of: (row: Row) => string;
}

function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): string {
  if (rows.length === 0) return `<p>${escapeHtml(caption)}: ingen.</p>`;
  const classOf = ({ numeric }: Column<Row>): string => (numeric === true ? ' class="tal"' : '');
  const head = columns.map((column) => `<th scope="col"${classOf(column)}>${escapeHtml(column.title)}</th>`).join('');
  const body = rows
    .map((row) => {
      const cells = columns.map((one, index) => {
        const text = escapeHtml(one.of(row));
        return index === 0 ? `<th scope="row">${text}</th>` : `<td${classOf(one)}>${text}</td>`;
      });
      return `<tr>${cells.join('')}</tr>`;
    })
    .join('\n');
  return `<div class="lister" role="region" tabindex="0" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

const LEVEL_TEXT = { ok: 'OK', advarsel: 'ADVARSEL', fejl: 'FEJL' } as const;

function health(parts: readonly Part[]): string {
  const items = parts.map(
    ({ navn, niveau, tekst }) =>
      `<li><strong>${escapeHtml(navn)}</strong>: <span class="${niveau}">${LEVEL_TEXT[niveau]}</span> ${escapeHtml(tekst)}</li>`,
  );
  return `<ul class="helbred">\n${items.join('\n')}\n</ul>`;
}

function counts({ status, now }: Snapshot): string {
  const { counts: found } = status;
  if (found === undefined) return '<p>Der er ikke talt op endnu.</p>';
  const byState = Object.entries(STATE_NAMES).map(([state, navn]) => ({
    navn,
    antal: Object.entries(found.byState).find(([name]) => name === state)?.[1] ?? 0,
  }));
  const ages = [
    { navn: 'Ældste anmodning uden udfald', at: found.oldestUnfinishedAt },
    { navn: 'Ældste, der venter på svar', at: found.oldestAwaitingSvarAt },
    { navn: 'Ældste svar, der ikke er afleveret', at: found.oldestUnpublishedAt },
    { navn: 'Ældste i tvivl', at: found.oldestInDoubtAt },
  ];
  const others = [
    { navn: 'Svar, der ikke er afleveret endnu', antal: found.unpublished },
    { navn: 'Uleverede svar (ingen kø er bundet)', antal: found.uleverede },
    { navn: 'Meddelelser i fejlkøen', antal: found.fejlkoe },
    { navn: 'Svar over fristen', antal: found.overdue },
  ];
  const amounts: readonly Column<{ readonly navn: string; readonly antal: number }>[] = [
    { title: 'Hvad', of: ({ navn }) => navn },
    { title: 'Antal', numeric: true, of: ({ antal }) => String(antal) },
  ];
  const since: readonly Column<{ readonly navn: string; readonly at: Instant | undefined }>[] = [
    { title: 'Hvad', of: ({ navn }) => navn },
    { title: 'Alder', numeric: true, of: ({ at }) => (at === undefined ? '–' : ageText(now - at)) },
  ];
  return [
    table('Anmodninger efter tilstand', amounts, byState),
    table('Det, der kræver opmærksomhed', amounts, others),
    table('Aldre', since, ages),
  ].join('\n');
}

function messageColumns(now: Instant): readonly Column<MessageRow>[] {
  return [
    { title: 'Id', of: ({ id }) => id },
    { title: 'Fagsystem', of: ({ sender }) => sender },
    { title: 'Handlingstype', of: ({ handlingstype }) => handlingstype ?? '' },
    { title: 'Alder', numeric: true, of: ({ receivedAt }) => ageText(now - receivedAt) },
  ];
}

function lists(found: PageLists, now: Instant): string {
  const base = messageColumns(now);
  const waiting = table(
    'Kvitteret MODTAGET, svaret mangler, ældste først',
    [...base, { title: 'Forventet svar', of: ({ forventetSvarDato }) => forventetSvarDato ?? '' }],
    found.awaitingSvar,
  );
  const doubt = table(
    'Udfaldet er ukendt, ældste først',
    [...base, { title: 'Årsag', of: ({ aarsag }) => aarsag ?? '' }],
    found.inDoubt,
  );
  const undelivered = table(
    'Svar, som ingen kø er bundet til at modtage',
    [
      { title: 'Routing key', of: ({ routingKey }: AnswerRow) => routingKey },
      { title: 'Kode', of: ({ kode }) => kode },
      { title: 'Forsøg', numeric: true, of: ({ attempts }) => String(attempts) },
      {
        title: 'Siden',
        numeric: true,
        of: ({ returnedAt }) => (returnedAt === undefined ? '' : ageText(now - returnedAt)),
      },
    ],
    found.uleverede,
  );
  const failed = table(
    'Fejlkøen efter årsag (blandt de ældste)',
    [
      { title: 'Kode', of: ({ kode }) => kode },
      { title: 'Årsag', of: ({ aarsag }) => aarsag },
      { title: 'Antal', numeric: true, of: ({ antal }) => String(antal) },
      { title: 'Ældste', numeric: true, of: ({ oldestAt }) => ageText(now - oldestAt) },
    ],
    causesOf(found.fejlkoe),
  );
  return `<h2>Venter på svar</h2>\n${waiting}\n<h2>I tvivl</h2>\n${doubt}
<h2>Uleverede</h2>\n${undelivered}\n<h2>Fejlkø</h2>\n${failed}`;
}

/** The whole document. */
export function renderPage({ parts, snapshot, lists: found }: PageContent): string {
  const { now } = snapshot;
  const tid = new Date(now).toLocaleString('da-DK', { timeZone: 'Europe/Copenhagen' });
  return `<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Debitor-adapter: drift</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>Debitor-adapter</h1>
<p>Opgjort ${escapeHtml(tid)}. Genindlæs siden for nye tal. <a href="/readyz?verbose">Helbred</a>, <a href="/metrics">målinger</a>.</p></header>
<main>
<h2>Helbred</h2>
${health(parts)}
<h2>Lige nu</h2>
${counts(snapshot)}
${found === undefined ? '<p class="fejl">Ledgeren kan ikke læses lige nu, så listerne mangler.</p>' : lists(found, now)}
</main>
</body>
</html>
`;
}
