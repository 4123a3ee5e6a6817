/**
 * Turns the steps of the flow into log lines and metrics. It is called several times for every message, so it does nothing
 * for a level that is not logged beyond adding to a counter. It must not throw and must not wait.
 */
import type { Observe, Step, StepFields } from '../flow/observe.ts';
import type { Log } from '../log.ts';
import type { Metrics } from './metrics.ts';

/** What every message does is debug; what people may want to know is info; what somebody should look at is warn. */
const LEVELS: Readonly<Record<Step, 'debug' | 'info' | 'warn'>> = {
  'delivery.received': 'debug',
  'delivery.recorded': 'debug',
  'delivery.acked': 'debug',
  'delivery.handedBack': 'warn',
  'message.refused': 'info',
  'message.repeated': 'info',
  'message.unreadable': 'warn',
  'sender.mismatch': 'warn',
  'command.dispatching': 'debug',
  'command.answered': 'debug',
  'command.settled': 'debug',
  'command.stale': 'info',
  'command.interrupted': 'warn',
  'answer.publishing': 'debug',
  'answer.confirmed': 'debug',
  'answer.returned': 'warn',
  'answer.unconfirmed': 'warn',
  'answer.marked': 'debug',
  'svar.recorded': 'debug',
  'svar.refused': 'warn',
  'intake.paused': 'warn',
  'intake.resumed': 'info',
  'ledger.unavailable': 'warn',
  'ledger.available': 'info',
  'backend.misbehaved': 'warn',
};

type Field = StepFields[string];

const text = (value: Field): string => (typeof value === 'string' ? value : 'ukendt');
const amount = (value: Field): number => (typeof value === 'number' ? value : 1);

/** The last word of an answer's routing key, `<fagsystem>.kvittering.<type>`; a debitorsystem's answers have no type there. */
function typeOf(routingKey: Field): 'debitorkonto' | 'kontantindbetaling' | 'udfald' {
  if (typeof routingKey !== 'string') return 'udfald';
  if (routingKey.endsWith('.kontantindbetaling')) return 'kontantindbetaling';
  return routingKey.endsWith('.debitorkonto') ? 'debitorkonto' : 'udfald';
}

function countMessage(metrics: Metrics, outcome: string, { queue }: StepFields): void {
  metrics.count('adapter_messages_total', 1, text(queue), outcome);
}

function countAnswered(metrics: Metrics, { kind, udfald, durationMs }: StepFields): void {
  metrics.count('adapter_commands_total', 1, text(kind), text(udfald));
  if (typeof durationMs !== 'number') return;
  metrics.commandDuration(kind === 'kontantindbetaling' ? 'kontantindbetaling' : 'debitorkonto', durationMs / 1000);
}

function measure(metrics: Metrics, step: Step, fields: StepFields): void {
  switch (step) {
    case 'delivery.received':
      metrics.count('adapter_deliveries_total', 1, text(fields['queue']));
      if (fields['redelivered'] === true) metrics.count('adapter_redeliveries_total', 1, text(fields['queue']));
      break;
    case 'delivery.recorded':
      metrics.count('adapter_recorded_total', amount(fields['count']), text(fields['queue']));
      break;
    case 'delivery.acked':
      metrics.count('adapter_acked_total', amount(fields['count']), text(fields['queue']));
      break;
    case 'message.refused':
      countMessage(metrics, 'refused', fields);
      break;
    case 'message.repeated':
      countMessage(metrics, 'repeated', fields);
      break;
    case 'message.unreadable':
      countMessage(metrics, 'unreadable', fields);
      break;
    case 'sender.mismatch':
      countMessage(metrics, 'sender_mismatch', fields);
      break;
    case 'command.answered':
      countAnswered(metrics, fields);
      break;
    case 'command.stale':
      metrics.count('adapter_commands_stale_total', 1);
      break;
    case 'answer.confirmed':
      metrics.count(
        'adapter_answers_total',
        1,
        typeOf(fields['routingKey']),
        text(fields['art']),
        text(fields['kode']),
      );
      break;
    case 'answer.returned':
      metrics.count('adapter_answers_returned_total', 1, typeOf(fields['routingKey']));
      break;
    case 'answer.unconfirmed':
      metrics.count('adapter_answers_unconfirmed_total', 1, typeOf(fields['routingKey']));
      break;
    case 'svar.recorded':
      metrics.count('adapter_svar_total', 1, 'recorded');
      break;
    case 'svar.refused':
      metrics.count('adapter_svar_total', 1, 'refused');
      break;
    case 'backend.misbehaved':
      metrics.count('adapter_backend_misbehaved_total', 1);
      break;
    default:
      break; // The other steps show in the gauges, or in the log alone.
  }
}

export function createObserver(log: Log, metrics: Metrics): Observe {
  return (step, fields) => {
    measure(metrics, step, fields);
    const level = LEVELS[step];
    if (level !== 'debug') log[level](step, fields);
    else if (log.debugEnabled) log.debug(step, fields);
  };
}
