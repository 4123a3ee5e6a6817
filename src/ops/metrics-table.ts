/**
 * What the adapter counts and measures: METRICS is the one place where names, units, labels and what to do about a value are
 * written down. It is data; `metrics.ts` keeps the values, and the documentation and the alert rules come from it too.
 *
 * Labels come from closed sets alone: nothing that a message holds can become one, so no CPR number can, and the number of
 * series is bounded.
 */

/** One family of values. */
export interface MetricDescription {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** Of the value; `antal` for a plain number, `0 eller 1` for a truth. */
  readonly unit: string;
  readonly labels: readonly string[];
  /** In Danish, for the help line and the documentation. */
  readonly meaning: string;
  /** When to be called, and what to do then; undefined where it is for looking back only. */
  readonly alarm?: string;
}

export const METRICS = {
  adapter_deliveries_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['queue'],
    meaning: 'Leverancer modtaget fra RabbitMQ, gentagne leverancer iberegnet.',
  },
  adapter_redeliveries_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['queue'],
    meaning: 'Leverancer, som RabbitMQ har afleveret før: efter en afbrudt forbindelse eller en genstart.',
    alarm: 'Vedvarende stigning: forbindelsen til RabbitMQ afbrydes igen og igen; se adapter_broker_disconnects_total.',
  },
  adapter_recorded_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['queue'],
    meaning: 'Leverancer bogført i ledgeren.',
  },
  adapter_acked_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['queue'],
    meaning: 'Leverancer bekræftet (ack) til RabbitMQ, efter at de er bogført.',
  },
  adapter_messages_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['queue', 'outcome'],
    meaning:
      'Meddelelser, der ikke er sendt videre til debitorsystemet: refused (afvist af en regel), repeated (modtaget igen), ' +
      'unreadable (lagt i fejlkøen), sender_mismatch (sikkerhedshændelse, lagt i fejlkøen).',
    alarm: 'outcome="sender_mismatch" stiger: en afsender giver sig ud for en anden; se debitor-adapter fejlkoe list.',
  },
  adapter_commands_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['type', 'udfald'],
    meaning: 'Svar fra debitorsystemet efter udfald; et nyt forsøg tæller igen.',
    alarm: 'udfald="ukendt" eller "ikkeUdfoert" stiger: debitorsystemet svarer ikke; se /readyz?verbose og loggen.',
  },
  adapter_command_duration_seconds: {
    type: 'histogram',
    unit: 'sekunder',
    labels: ['type'],
    meaning: 'Fra debitorsystemet bliver spurgt, til det har svaret.',
    alarm: 'p95 nær ADAPTER_DISPATCH_TIMEOUT_MS: debitorsystemet er for langsomt; udfald bliver ukendte.',
  },
  adapter_commands_stale_total: {
    type: 'counter',
    unit: 'antal',
    labels: [],
    meaning: 'Udfald, der kom for sent: et nyere forsøg, et svar eller en person var hurtigere.',
  },
  adapter_answers_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['type', 'art', 'kode'],
    meaning: 'Kvitteringer og svar, der er bekræftet af RabbitMQ og ligger i modtagerens kø, efter kode.',
    alarm: 'kode="FEJLET" stiger: anmodninger kan ikke udføres; se debitor-adapter anmodning ID for årsagen.',
  },
  adapter_answers_returned_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['type'],
    meaning: 'Forsøg på at udgive et svar, som ingen kø var bundet til at modtage.',
  },
  adapter_answers_unconfirmed_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['type'],
    meaning: 'Forsøg på at udgive et svar, som RabbitMQ ikke bekræftede i tide.',
    alarm: 'Vedvarende stigning: RabbitMQ er overbelastet eller blokeret; se adapter_broker_blocked.',
  },
  adapter_svar_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['outcome'],
    meaning:
      'Svar rapporteret af debitorsystemet i processen: recorded (bogført) eller refused (afvist, DA-301 til DA-304).',
    alarm:
      'outcome="refused" stiger: debitorsystemet svarer på anmodninger, som adapteren ikke kender; tal med dets drift.',
  },
  adapter_backend_misbehaved_total: {
    type: 'counter',
    unit: 'antal',
    labels: [],
    meaning: 'Gange, hvor debitorsystemet har brudt kontrakten.',
    alarm: 'Over nul: meld fejlen til debitorsystemets leverandør; problemet står i loggen under backend.misbehaved.',
  },
  adapter_messages_state: {
    type: 'gauge',
    unit: 'antal',
    labels: ['state'],
    meaning: 'Anmodninger i ledgeren efter tilstand.',
  },
  adapter_unfinished: {
    type: 'gauge',
    unit: 'antal',
    labels: ['type'],
    meaning: 'Anmodninger modtaget uden at have fået et udfald.',
    alarm: 'Nær ADAPTER_MAX_UNFINISHED: modtagelsen holder snart pause; debitorsystemet følger ikke med.',
  },
  adapter_unpublished: {
    type: 'gauge',
    unit: 'antal',
    labels: [],
    meaning: 'Svar bogført og endnu ikke afleveret til RabbitMQ.',
  },
  adapter_uleverede: {
    type: 'gauge',
    unit: 'antal',
    labels: [],
    meaning: 'Svar, som ingen kø er bundet til at modtage; de forsøges igen.',
    alarm: 'Over nul i 5 minutter: fagsystemets kø mangler; kør debitor-adapter topology check og uleveret list.',
  },
  adapter_fejlkoe: {
    type: 'gauge',
    unit: 'antal',
    labels: [],
    meaning: 'Meddelelser i fejlkøen, der venter på en person.',
    alarm: 'Over nul: se debitor-adapter fejlkoe list --group.',
  },
  adapter_overdue: {
    type: 'gauge',
    unit: 'antal',
    labels: [],
    meaning: 'Anmodninger kvitteret MODTAGET, hvis ForventetSvarDato er overskredet.',
    alarm: 'Over nul: ryk debitorsystemet; se debitor-adapter venter.',
  },
  adapter_oldest_unfinished_seconds: {
    type: 'gauge',
    unit: 'sekunder',
    labels: [],
    meaning: 'Alderen på den ældste anmodning uden udfald; 0 uden nogen.',
    alarm: 'Over 15 minutter: debitorsystemet svarer ikke, eller en linje er spærret; se debitor-adapter i-tvivl list.',
  },
  adapter_oldest_awaiting_svar_seconds: {
    type: 'gauge',
    unit: 'sekunder',
    labels: [],
    meaning: 'Alderen på den ældste anmodning, der er kvitteret MODTAGET og venter på svar; 0 uden nogen.',
  },
  adapter_oldest_unpublished_seconds: {
    type: 'gauge',
    unit: 'sekunder',
    labels: [],
    meaning: 'Alderen på det ældste svar, der ikke er afleveret til RabbitMQ; 0 uden noget.',
    alarm: 'Over 5 minutter: fagsystemer mangler kvitteringer; se /readyz?verbose og debitor-adapter uleveret list.',
  },
  adapter_oldest_in_doubt_seconds: {
    type: 'gauge',
    unit: 'sekunder',
    labels: [],
    meaning: 'Alderen på den ældste anmodning, hvis udfald er ukendt; 0 uden nogen.',
    alarm: 'Over 15 minutter: undersøg med debitorsystemet; se debitor-adapter i-tvivl list.',
  },
  adapter_broker_connected: {
    type: 'gauge',
    unit: '0 eller 1',
    labels: ['connection'],
    meaning: 'Om forbindelsen til RabbitMQ står: consume til at modtage, publish til at udgive.',
    alarm: '0 i 1 minut: RabbitMQ kan ikke nås; intet tabes, men intet modtages eller besvares.',
  },
  adapter_broker_blocked: {
    type: 'gauge',
    unit: '0 eller 1',
    labels: [],
    meaning: 'Om RabbitMQ har blokeret forbindelsen (hukommelse eller disk); modtagelsen holder så pause.',
    alarm: '1 i 1 minut: skaf plads på RabbitMQs vært.',
  },
  adapter_broker_disconnects_total: {
    type: 'counter',
    unit: 'antal',
    labels: ['connection'],
    meaning: 'Afbrudte forbindelser til RabbitMQ.',
  },
  adapter_intake_paused: {
    type: 'gauge',
    unit: '0 eller 1',
    labels: ['type'],
    meaning: 'Om modtagelsen holder pause; årsagen står på /readyz?verbose.',
    alarm: '1 i 10 minutter: køen i RabbitMQ vokser; se årsagen på /readyz?verbose.',
  },
  adapter_ledger_available: {
    type: 'gauge',
    unit: '0 eller 1',
    labels: [],
    meaning: 'Om ledgeren kan skrive.',
    alarm: '0 i 1 minut: disken er fuld eller låst; intet tabes, men intet modtages.',
  },
  adapter_draining: {
    type: 'gauge',
    unit: '0 eller 1',
    labels: [],
    meaning: 'Om adapteren er ved at lukke ned.',
  },
  adapter_event_loop_delay_seconds: {
    type: 'gauge',
    unit: 'sekunder',
    labels: ['quantile'],
    meaning: 'Forsinkelse i processens hændelsesløkke siden sidste aflæsning: p50, p99 og max.',
    alarm: 'p99 over 1 sekund: processen er overbelastet, eller et modul i debitorsystemet blokerer.',
  },
} as const satisfies Readonly<Record<string, MetricDescription>>;
