/** What a call of the client may end with instead of an answer. Each says what has happened and what the caller does next. */
import type { Fejl } from '../domain/fejl.ts';

/** The values don't make a message that follows its schema. Nothing was sent. */
export class InvalidAnmodning extends Error {
  override readonly name = 'InvalidAnmodning';
  readonly fejl: Fejl;

  constructor(fejl: Fejl) {
    super(`Anmodningen er ikke sendt: ${fejl.tekst}`);
    this.fejl = fejl;
  }
}

/**
 * RabbitMQ did not confirm the message within the time limit: it may have arrived, and may not. Send the same values under
 * the same identification again; the adapter carries it out once only.
 */
export class NotConfirmed<Values> extends Error {
  override readonly name = 'NotConfirmed';
  /** The values with every identification filled in: what is to be sent again. */
  readonly igen: Values;

  constructor(igen: Values, aarsag: string) {
    super(`RabbitMQ bekræftede ikke meddelelsen i tide (${aarsag}). Send den igen med den samme identifikation`);
    this.igen = igen;
  }
}

/** No queue takes the message: the adapter has never been started on this vhost, or it is the wrong vhost. */
export class NotRouted extends Error {
  override readonly name = 'NotRouted';

  constructor() {
    super('Ingen kø tager imod meddelelsen: er det den rigtige vhost, og har adapteren været startet på den?');
  }
}

/** As many messages as the client follows at a time wait for their kvittering, and none came in time. Nothing was sent. */
export class TooManyUnderWay extends Error {
  override readonly name = 'TooManyUnderWay';

  constructor(limit: number) {
    super(`${limit} meddelelser venter på deres kvittering; meddelelsen er ikke sendt`);
  }
}

/**
 * The answer has not come to this client within the time limit of this wait. It may still come: wait again, or send the same
 * again. It may also have come to another process that reads the queue, or never come, where the adapter doesn't know the
 * sender (DA-120).
 */
export class AnswerTimedOut extends Error {
  override readonly name = 'AnswerTimedOut';

  constructor(what: 'kvittering' | 'svar', limitMs: number, unclaimed: number) {
    const held = unclaimed === 0 ? '' : `; ${unclaimed} andre svar i køen er der ingen, der tager imod`;
    const elsewhere =
      'En anden proces, der læser den samme kø, kan have fået svaret. Kommer der aldrig noget: kontrollér bruger og afsender.itSystemInstans (DA-120)';
    const missing = what === 'svar' ? 'et svar' : 'en kvittering';
    super(`Der er ikke kommet ${missing} til denne klient inden for ${limitMs} ms${held}. ${elsewhere}`);
  }
}

/** The kvittering was no MODTAGET, so that no svar comes, ever. */
export class NoSvarFollows extends Error {
  override readonly name = 'NoSvarFollows';

  constructor(kode: string) {
    super(`Der kommer intet svar: kvitteringen er ${kode}`);
  }
}

/** So many anmodninger wait for their svar that the client no longer waits for this one. It comes to `onSvar`. */
export class NotFollowed extends Error {
  override readonly name = 'NotFollowed';

  constructor() {
    super('For mange anmodninger venter på svar til, at dette ventes der på; det kommer til onSvar');
  }
}

/** The client is closed. Answers that were not taken are still in the queue. */
export class ClientClosed extends Error {
  override readonly name = 'ClientClosed';

  constructor() {
    super('Klienten er lukket; svar, som ingen har taget imod, ligger stadig i køen');
  }
}
