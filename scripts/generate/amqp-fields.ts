/** AMQP's properties and the headers of the contract, as tables of what they mean. */

/** A property or a header of AMQP. */
export interface AmqpField {
  readonly navn: string;
  readonly paakraevet: boolean;
  readonly betydning: string;
}

/** What a party sets; the source is spec 2, "Properties". */
export const REQUEST_FIELDS: readonly AmqpField[] = [
  {
    navn: 'content_type',
    paakraevet: true,
    betydning:
      'application/xml for XML, hvad enhver meddelelse fra et fagsystem er; den prøves ikke for XML. Kun et debitorsystem må sende JSON, og det skal skrive application/json',
  },
  {
    navn: 'expiration',
    paakraevet: false,
    betydning: 'sættes ikke: udløber meddelelsen, besvares den aldrig (DA-122)',
  },
  { navn: 'delivery_mode', paakraevet: true, betydning: '2: meddelelsen overlever en genstart af RabbitMQ' },
  {
    navn: 'user_id',
    paakraevet: true,
    betydning: 'partens id, som også er brugernavnet; RabbitMQ prøver det mod forbindelsens bruger',
  },
  { navn: 'message_id', paakraevet: false, betydning: 'anbefales: RequestId, ny ved hvert kald' },
  {
    navn: 'correlation_id',
    paakraevet: false,
    betydning:
      'kommer igen i svaret; højst 255 bytes. Den samme for hvert kald om den samme anmodning: en gentagelse, før den første er færdig, får ikke sin egen kvittering',
  },
  { navn: 'headers.traceparent', paakraevet: false, betydning: 'W3C trace context; kommer igen i kvitteringen' },
];

/** What a debitorsystem sets on a udfald; the source is docs/decisions/0016. */
export const UDFALD_FIELDS: readonly AmqpField[] = [
  { navn: 'content_type', paakraevet: true, betydning: 'application/json' },
  { navn: 'delivery_mode', paakraevet: true, betydning: '2: meddelelsen overlever en genstart af RabbitMQ' },
  {
    navn: 'user_id',
    paakraevet: true,
    betydning: 'debitorsystemets id, som også er brugernavnet; RabbitMQ prøver det mod forbindelsens bruger',
  },
  { navn: 'correlation_id', paakraevet: true, betydning: 'kommandoens correlation_id: dens nøgle' },
  {
    navn: 'headers.kommando-id',
    paakraevet: false,
    betydning:
      'kommandoens message_id; uden den tror adapteren ikke på ikkeUdfoert, fordi det kan gælde en anden afsendelse',
  },
];

/** What the adapter sets on a command; the source is the same. */
export const KOMMANDO_FIELDS: readonly AmqpField[] = [
  { navn: 'content_type', paakraevet: true, betydning: 'application/json, med content_encoding utf-8' },
  { navn: 'delivery_mode', paakraevet: true, betydning: '2' },
  {
    navn: 'message_id',
    paakraevet: true,
    betydning: 'navngiver denne ene afsendelse; kommer igen som kommando-id i udfaldet',
  },
  { navn: 'correlation_id', paakraevet: true, betydning: 'kommandoens nøgle: den samme, hver gang kommandoen sendes' },
  { navn: 'type', paakraevet: true, betydning: 'command.json' },
  { navn: 'app_id', paakraevet: true, betydning: 'debitor-adapter' },
  {
    navn: 'expiration',
    paakraevet: true,
    betydning:
      'så mange millisekunder venter adapteren; derefter forsvinder kommandoen fra køen, og adapteren spørger igen',
  },
  { navn: 'headers.traceparent', paakraevet: false, betydning: 'den, som anmodningen havde' },
];

/** The same on every answer. */
const ANSWER_MESSAGE_ID: AmqpField = {
  navn: 'message_id',
  paakraevet: true,
  betydning: 'dannet af svaret: det samme svar igen har det samme message_id, så modtageren kan kende det',
};

/** What the adapter sets on an answer in JSON. */
export const JSON_ANSWER_FIELDS: readonly AmqpField[] = [
  { navn: 'content_type', paakraevet: true, betydning: 'application/json, med content_encoding utf-8' },
  { navn: 'delivery_mode', paakraevet: true, betydning: '2' },
  ANSWER_MESSAGE_ID,
  {
    navn: 'correlation_id',
    paakraevet: false,
    betydning: 'meldingens correlation_id, ellers dens message_id; udeladt over 255 bytes',
  },
  { navn: 'type', paakraevet: true, betydning: 'svarkvittering.json' },
  { navn: 'app_id', paakraevet: true, betydning: 'debitor-adapter' },
  {
    navn: 'headers.anmodning-id',
    paakraevet: false,
    betydning: 'svarets anmodningIdentifikator; mangler, hvor meldingen ikke kunne læses',
  },
  {
    navn: 'headers.kvittering-kode',
    paakraevet: true,
    betydning: 'ACCEPTERET: bogført. AFVIST: afvist for altid. FEJL: kunne ikke læses',
  },
  { navn: 'headers.traceparent', paakraevet: false, betydning: 'den, som meldingen havde' },
];

/** What the adapter sets on every answer in XML; the same source as that of what a party sets. */
export const ANSWER_FIELDS: readonly AmqpField[] = [
  { navn: 'content_type', paakraevet: true, betydning: 'application/xml, med content_encoding utf-8' },
  { navn: 'delivery_mode', paakraevet: true, betydning: '2' },
  ANSWER_MESSAGE_ID,
  {
    navn: 'correlation_id',
    paakraevet: false,
    betydning: 'anmodningens correlation_id, ellers dens message_id, ellers TransaktionsId; udeladt over 255 bytes',
  },
  { navn: 'type', paakraevet: true, betydning: 'rodelementets lokale navn, stavet som i dokumentet' },
  { navn: 'app_id', paakraevet: true, betydning: 'debitor-adapter' },
  {
    navn: 'headers.anmodning-id',
    paakraevet: false,
    betydning: 'AnmodningIdentifikator, for en indbetaling TransaktionsID; mangler i en TransportKvittering',
  },
  { navn: 'headers.kvittering-kode', paakraevet: true, betydning: 'svarets kode; for et svar dets SvarStatusKode' },
  { navn: 'headers.traceparent', paakraevet: false, betydning: 'den, som anmodningen havde' },
];
