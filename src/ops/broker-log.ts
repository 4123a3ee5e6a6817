/**
 * What the connections to RabbitMQ tell of themselves, as log lines: what comes and goes in good order is debug, what people
 * may want to know is info, and what somebody should look at where it goes on is warn.
 */
import type { Log as BrokerEvents } from '../broker/link.ts';
import type { Log } from '../log.ts';

const QUIET: ReadonlySet<string> = new Set(['broker.consuming', 'broker.consumer-paused', 'broker.channel-closed']);
const TOLD: ReadonlySet<string> = new Set(['broker.connected', 'broker.unblocked']);

/** An event that stands in no list is a warning: what nobody thought of should be seen. */
export function createBrokerLog(log: Log): BrokerEvents {
  return (event, fields) => {
    if (QUIET.has(event)) log.debug(event, fields);
    else log[TOLD.has(event) ? 'info' : 'warn'](event, fields);
  };
}
