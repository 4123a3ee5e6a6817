/** docs/debitorsystem-indstillinger.md: what ADAPTER_BACKEND_CONFIG may hold for the built-in backends, from their JSON Schemas. */
import { AMQP_CONFIG_SCHEMA } from '../../src/debitorsystem/backends/amqp/config.ts';
import { HTTP_CONFIG_SCHEMA } from '../../src/debitorsystem/backends/http/config.ts';
import { NOTE, table } from './documentation.ts';

/** As much of JSON Schema as the two use. */
interface Schema {
  readonly type: string;
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxItems?: number;
}

/** A text that is a file's path is named so. */
const FILE = /File$/;

function formOf(name: string, schema: Schema): string {
  const { type, minimum, maximum, minLength, maxItems, items } = schema;
  switch (type) {
    case 'boolean':
      return 'true eller false';
    case 'integer':
      return `heltal, ${minimum} til ${maximum}`;
    case 'array':
      return `liste af ${items === undefined ? 'værdier' : formOf('', items)}${maxItems === undefined ? '' : `, højst ${maxItems}`}`;
    case 'object':
      return 'objekt';
    default:
      return FILE.test(name)
        ? 'sti'
        : minLength !== undefined && minLength > 1
          ? `tekst, mindst ${minLength} tegn`
          : 'tekst';
  }
}

/** One row for each setting, those inside an object below it, by their whole names. */
function rowsOf({ properties = {}, required = [] }: Schema, within = ''): string[][] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (schema.description === undefined) throw new Error(`the setting ${within}${name} has no description`);
    const whole = `${within}${name}`;
    const row = [`\`${whole}\``, schema.description, formOf(name, schema), required.includes(name) ? 'ja' : ''];
    return [row, ...rowsOf(schema, `${whole}.`)];
  });
}

const HEADS = ['navn', 'betydning', 'form', 'skal sættes'];

export function backendSettingsPage(): string {
  return `${NOTE}# Debitorsystemets indstillinger

Hvad \`ADAPTER_BACKEND_CONFIG\` (og \`--config\` til \`debitor-adapter backend test\`) kan holde for de indbyggede backends: ét JSON-objekt
eller stien til en fil med det. Et punktum i et navn er et objekt inden i et andet, og *skal sættes* gælder, hvor objektet er der. Et navn,
der ikke står her, er en fejl. En fil læses én gang ved start; stien er fra den mappe, processen er startet i.

## http

\`ADAPTER_BACKEND=http\`; hvad der sker på forbindelsen, står i [openapi.yaml](../schemas/debitorsystem/openapi.yaml).

${table(HEADS, rowsOf(HTTP_CONFIG_SCHEMA))}
Uden for maskinen selv kræves \`https://\` og \`auth\`, og for svar \`svar.tls\`. \`auth.mtls\` kræver en url med \`https://\`, og med \`svar\` også \`caFile\`,
\`svar.tls\` og \`svar.klienter\`.

## amqp

\`ADAPTER_BACKEND=amqp\`; køer og egenskaber står i [eksemplerne](../examples/debitorsystem/README.md#over-rabbitmq).

${table(HEADS, rowsOf(AMQP_CONFIG_SCHEMA))}
Netop én af \`url\` og \`urlFile\`; \`certFile\` og \`keyFile\` hører sammen.
`;
}
