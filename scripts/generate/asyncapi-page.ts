/** docs/asyncapi.html: the wire contract as one page to read. No script and nothing from elsewhere; it prints, too. */
import {
  type AmqpField,
  ANSWER_FIELDS,
  JSON_ANSWER_FIELDS,
  KOMMANDO_FIELDS,
  REQUEST_FIELDS,
  UDFALD_FIELDS,
} from './amqp-fields.ts';
import type { WireChannel, WireContract } from './wire-contract.ts';
import type { WireMessage } from './wire-messages.ts';

/** The darkest and the lightest of each pair have a contrast of at least 7 to 1. */
const STYLE = `
:root { color-scheme: light dark; --ink: #1a1a1a; --paper: #fff; --line: #8a8a8a; --soft: #f2f2f0; --link: #0b3d91; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --line: #7d7d7d; --soft: #242424; --link: #9cc2ff; }
}
body { font: 1rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper); max-width: 70rem; margin: 0 auto; padding: 1rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; background: var(--paper); padding: .5rem; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-top: 2.5rem; border-bottom: 2px solid var(--line); }
code { font-family: ui-monospace, monospace; font-size: .92em; overflow-wrap: anywhere; }
.tabel { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { background: var(--soft); }
td code, th code { white-space: nowrap; overflow-wrap: normal; }
`;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

const code = (text: string): string => `<code>${escaped(text)}</code>`;
const link = (href: string, text: string): string => `<a href="${escaped(href)}">${escaped(text)}</a>`;

function table(caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((text) => `<th scope="col">${escaped(text)}</th>`).join('');
  const body = rows
    .map(
      ([first = '', ...rest]) =>
        `<tr><th scope="row">${first}</th>${rest.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
    )
    .join('\n');
  // A wide table scrolls by itself; whoever uses a keyboard can reach it.
  return `<div class="tabel" role="region" aria-label="${escaped(caption)}" tabindex="0"><table><caption>${escaped(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

function fieldTable(caption: string, fields: readonly AmqpField[]): string {
  const rows = fields.map(({ navn, paakraevet, betydning }) => [
    code(navn),
    paakraevet ? 'ja' : 'nej',
    escaped(betydning),
  ]);
  return table(caption, ['egenskab', 'altid', 'betydning'], rows);
}

function messageLinks(channel: WireChannel, contract: WireContract): string {
  return channel.meddelelser
    .map((id) => link(`#${id}`, contract.messages.find((one) => one.id === id)?.titel ?? id))
    .join('<br>');
}

function partSection(part: 'fagsystem' | 'debitorsystem', contract: WireContract): string {
  const operations = contract.operations.filter((one) => one.part === part);
  const channelOf = (id: string): WireChannel | undefined => contract.channels.find((one) => one.id === id);
  const sent = operations.flatMap(({ art, titel, channel: id }) => {
    const channel = channelOf(id);
    if (art !== 'send' || channel === undefined) return [];
    return [
      [escaped(titel), code(channel.exchange?.name ?? ''), code(channel.adresse), messageLinks(channel, contract)],
    ];
  });
  const queues = operations.flatMap(({ art, channel: id }) => (art === 'receive' ? (channelOf(id) ?? []) : []));
  const received = queues.map((queue) => {
    const rows = contract.channels
      .filter((one) => one.exchange !== undefined && one.queue.name === queue.queue.name)
      .map((one) => [code(one.adresse), messageLinks(one, contract)]);
    return table(`Hvad der kommer på køen ${queue.adresse}`, ['routing key', 'meddelelse'], rows);
  });
  const read = queues.map(({ adresse }) => code(adresse)).join(' og, med backend amqp, ');
  return `<h2 id="${part}">Et ${part}</h2>
<p>Sender med <code>mandatory</code>, <code>delivery_mode</code> 2 og bekræftelser, og læser køen ${read}.
Brugeren i RabbitMQ er ${code(`{${part}}`)} og må ikke andet.</p>
${table(`Hvad et ${part} sender`, ['hvad', 'exchange', 'routing key', 'meddelelse'], sent)}
${received.join('\n')}`;
}

function messageSection({
  id,
  titel,
  beskrivelse,
  contentType,
  roedder,
  typer,
  xsd,
  jsonSchema,
  koder,
  eksempler,
}: WireMessage): string {
  const schemas = [...xsd, jsonSchema].map((file) => link(`../schemas/${file}`, file)).join(', ');
  const rows = [
    ['content_type', code(contentType)],
    ...(roedder.length === 0 ? [] : [['rodelement', roedder.map(code).join(' eller ')]]),
    ...(typer.length === 0 ? [] : [['type', typer.map(code).join(' eller ')]]),
    ['skemaer', schemas],
    ...(koder.length === 0 ? [] : [['kvittering-kode', koder.map(code).join(', ')]]),
    ...(eksempler.length === 0
      ? []
      : [['eksempler', eksempler.map((path) => link(`../${path}`, path.replace(/^.*\//, ''))).join(', ')]]),
  ];
  return `<h3 id="${escaped(id)}">${escaped(titel)}</h3>
<p>${escaped(beskrivelse)}</p>
${table(`Om ${titel}`, ['hvad', 'værdi'], rows)}`;
}

function topologySection({ topology }: WireContract): string {
  const args = (values: Readonly<Record<string, unknown>>): string =>
    Object.entries(values)
      .map(([name, value]) => code(`${name}: ${String(value)}`))
      .join('<br>') || '–';
  const exchanges = topology.exchanges.map((one) => [code(one.name), escaped(one.type), args(one.arguments)]);
  const queues = topology.queues.map((one) => {
    const bindings = topology.bindings.filter(({ queue }) => queue === one.name);
    return [
      code(one.name),
      bindings
        .map(({ exchange, routingKey }) => `${code(exchange)} ${routingKey === '' ? '' : code(routingKey)}`)
        .join('<br>'),
      args(one.arguments),
    ];
  });
  return `<h2 id="topologi">Exchanges og køer</h2>
<p>Alt er varigt. Adapteren opretter det ved start; en part opretter intet. <code>debitor.kommando</code> og dens kø findes kun med backend amqp.</p>
${table('Exchanges', ['navn', 'type', 'argumenter'], exchanges)}
${table('Køer', ['navn', 'bundet til', 'argumenter'], queues)}`;
}

export function asyncapiPage(contract: WireContract, version: string): string {
  const messages = contract.messages.map(messageSection).join('\n');
  return `<!doctype html>
<!-- Dannet af scripts/generate.ts. Ret ikke her: kør npm run generate. -->
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>debitor-adapter: kontrakten over RabbitMQ</title>
<style>${STYLE}</style>
</head>
<body>
<a class="skip" href="#indhold">Gå til indholdet</a>
<header>
<h1>Kontrakten over RabbitMQ</h1>
<p>debitor-adapter ${escaped(version)}. Det samme som ${link('../schemas/asyncapi.yaml', 'asyncapi.yaml')}, til at læse.
Hvordan man bruger det, står i ${link('fagsystemer.md', 'fagsystemer.md')}; fejlkoderne i ${link('fejlkoder.md', 'fejlkoder.md')}.</p>
<nav aria-label="Indhold">
<ul>
<li>${link('#fagsystem', 'Et fagsystem')}</li>
<li>${link('#debitorsystem', 'Et debitorsystem')}</li>
<li>${link('#egenskaber', 'Egenskaber og headere')}</li>
<li>${link('#meddelelser', 'Meddelelser')}</li>
<li>${link('#topologi', 'Exchanges og køer')}</li>
</ul>
</nav>
</header>
<main id="indhold">
${partSection('fagsystem', contract)}
${partSection('debitorsystem', contract)}
<h2 id="egenskaber">Egenskaber og headere</h2>
${fieldTable('Hvad en part sætter', REQUEST_FIELDS)}
${fieldTable('Hvad adapteren sætter på hvert svar i XML', ANSWER_FIELDS)}
${fieldTable('Hvad adapteren sætter på et svar i JSON', JSON_ANSWER_FIELDS)}
${fieldTable('Hvad adapteren sætter på en kommando', KOMMANDO_FIELDS)}
${fieldTable('Hvad et debitorsystem sætter på et udfald', UDFALD_FIELDS)}
<h2 id="meddelelser">Meddelelser</h2>
${messages}
${topologySection(contract)}
</main>
</body>
</html>
`;
}
