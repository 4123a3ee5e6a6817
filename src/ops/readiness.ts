/** Whether the adapter can do its work now, part by part, for `/readyz`, the operations page and operations' eyes. */
import type { BrokerState } from '../broker/connection.ts';
import type { FlowStatus } from '../flow/adapter-flow.ts';

/** `fejl` makes the adapter not ready; `advarsel` is only shown. */
export type Niveau = 'ok' | 'advarsel' | 'fejl';

export interface Part {
  readonly navn: string;
  readonly niveau: Niveau;
  readonly tekst: string;
}

/** A backend must answer within a second (debitorsystem.ts). */
const HEALTH_LIMIT_MS = 1000;

type Health = () => Promise<string | undefined>;

/** Never rejects, and waits no longer than the limit. */
async function backendPart(health: Health): Promise<Part> {
  const navn = 'debitorsystem';
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Part>((resolve) => {
    timer = setTimeout(() => resolve({ navn, niveau: 'fejl', tekst: 'svarede ikke inden 1 sekund' }), HEALTH_LIMIT_MS);
  });
  const asked = async (): Promise<Part> => {
    try {
      const problem = await health();
      if (problem === undefined) return { navn, niveau: 'ok', tekst: 'har det godt' };
      return { navn, niveau: 'fejl', tekst: problem };
    } catch (error) {
      // The error's own text could hold a value of a message.
      return {
        navn,
        niveau: 'fejl',
        tekst: `kan ikke spørges (${error instanceof Error ? error.name : typeof error})`,
      };
    }
  };
  try {
    return await Promise.race([asked(), late]);
  } finally {
    clearTimeout(timer);
  }
}

const LINK_TEXT = { connected: 'forbundet', connecting: 'forbinder', closed: 'lukket' } as const;

function brokerParts(broker: BrokerState): Part[] {
  const link = (navn: string, state: BrokerState['consume']): Part => ({
    navn,
    niveau: state === 'connected' ? 'ok' : 'fejl',
    tekst: LINK_TEXT[state],
  });
  return [
    link('rabbitmq modtagelse', broker.consume),
    link('rabbitmq udgivelse', broker.publish),
    broker.blocked
      ? {
          navn: 'rabbitmq blokering',
          niveau: 'fejl',
          tekst: 'RabbitMQ har blokeret forbindelsen (hukommelse eller disk)',
        }
      : { navn: 'rabbitmq blokering', niveau: 'ok', tekst: 'ingen' },
  ];
}

/** What waits for a person does not make the adapter unready: only its own lines wait. */
function doubtPart(inDoubt: number): Part {
  const navn = 'ukendte udfald';
  if (inDoubt === 0) return { navn, niveau: 'ok', tekst: 'ingen' };
  return { navn, niveau: 'advarsel', tekst: `${inDoubt} i tvivl; se debitor-adapter i-tvivl list` };
}

function flowParts({ draining, ledgerAvailable, paused, counts }: FlowStatus): Part[] {
  const pauses = (['debitorkonto', 'kontantindbetaling'] as const).map((kind): Part => {
    const reason = paused[kind];
    const navn = `modtagelse ${kind}`;
    return reason === undefined
      ? { navn, niveau: 'ok', tekst: 'i gang' }
      : { navn, niveau: 'advarsel', tekst: `holder pause: ${reason}` };
  });
  return [
    ledgerAvailable
      ? { navn: 'ledger', niveau: 'ok', tekst: 'kan skrive' }
      : { navn: 'ledger', niveau: 'fejl', tekst: 'kan ikke skrive' },
    draining
      ? { navn: 'nedlukning', niveau: 'fejl', tekst: 'adapteren er ved at lukke ned' }
      : { navn: 'nedlukning', niveau: 'ok', tekst: 'nej' },
    ...pauses,
    ...(counts === undefined ? [] : [doubtPart(counts.byState.inDoubt)]),
  ];
}

/** Every part, within a second. */
export async function readinessOf(status: FlowStatus, broker: BrokerState, health: Health): Promise<readonly Part[]> {
  return [...brokerParts(broker), ...flowParts(status), await backendPart(health)];
}

export function isReady(parts: readonly Part[]): boolean {
  return parts.every(({ niveau }) => niveau !== 'fejl');
}
