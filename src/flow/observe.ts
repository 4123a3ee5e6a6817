/**
 * The steps of the flow, numbered where they happen, and what is told about them. An observer turns them into log lines and
 * metrics; it must not throw and must not wait. Fields never hold a body or a CPR number.
 */

export const STEPS = {
  'delivery.received': 'en leverance er modtaget fra RabbitMQ',
  'delivery.recorded': 'leverancer er bogført i ledgeren, endnu ikke bekræftet til RabbitMQ',
  'delivery.acked': 'leverancer er bekræftet til RabbitMQ',
  'delivery.handedBack': 'leverancer er givet tilbage til RabbitMQ, da ledgeren ikke kan skrive',
  'message.refused': 'en meddelelse er afvist af en regel',
  'message.repeated': 'en meddelelse er modtaget igen',
  'message.unreadable': 'en meddelelse er lagt i fejlkøen',
  'sender.mismatch': 'sikkerhedshændelse: afsenderens bruger, routing key og Rute stemmer ikke overens',
  'command.dispatching': 'debitorsystemet bliver spurgt',
  'command.answered': 'debitorsystemet har svaret, eller dets udfald er ukendt',
  'command.settled': 'udfaldet og dets svar er bogført',
  'command.stale': 'et udfald kom for sent: et nyere forsøg, et svar eller en person var hurtigere',
  'command.interrupted': 'anmodninger, der var i gang da en adapter stoppede, er nu i tvivl',
  'answer.publishing': 'et svar bliver udgivet',
  'answer.confirmed': 'et svar er bekræftet af RabbitMQ og ikke returneret',
  'answer.returned': 'ingen kø er bundet for et svar: det er uleveret og forsøges igen',
  'answer.unconfirmed': 'et svar er ikke bekræftet og forsøges igen',
  'answer.marked': 'svar er bogført som udgivet',
  'svar.recorded': 'et svar fra debitorsystemet er bogført',
  'svar.refused': 'et svar fra debitorsystemet er afvist',
  'intake.paused': 'modtagelsen holder pause',
  'intake.resumed': 'modtagelsen er genoptaget',
  'ledger.unavailable': 'ledgeren kan ikke skrive',
  'ledger.available': 'ledgeren kan skrive igen',
  'backend.misbehaved': 'debitorsystemet har ikke holdt kontrakten',
} as const;

export type Step = keyof typeof STEPS;
export type StepFields = Readonly<Record<string, string | number | boolean | undefined>>;
export type Observe = (step: Step, fields: StepFields) => void;

/** What the flow reads of the world; the composition root gives the real ones. */
export interface World {
  /** Milliseconds since 1970, UTC. */
  readonly now: () => number;
  /** A number from 0 to 1. */
  readonly chance: () => number;
  /** Calls back once, when so many milliseconds have passed; the result calls it off. */
  readonly after: (delayMs: number, run: () => void) => () => void;
}
