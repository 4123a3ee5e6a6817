/** The samples of examples/meddelelser/: who sends each, and the answers that the demo expects from the shipped simulator. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessageKind } from './sending.ts';
import { exampleFile } from './starter.ts';

export interface Sample {
  /** In examples/meddelelser/. */
  readonly fil: string;
  /** The fagsystem, for a svar the debitorsystem, that sends it. */
  readonly afsender: string;
  readonly kind: MessageKind;
  /** Variant and handlingstype, or what the message shows. */
  readonly indhold: string;
  readonly kvittering: string;
  /** Codes of errors and advis in the kvittering, in its order. */
  readonly fejlkoder: readonly string[];
  /** The later svar; undefined where none may come. */
  readonly svar?: string;
  /** Sent only when the first answer to that file has come. */
  readonly efter?: string;
  /** The same message as that earlier one: the very same answer comes again. */
  readonly gentager?: string;
}

export const SAMPLES: readonly Sample[] = [
  {
    fil: 'kontant-rigtig.xml',
    afsender: 'kulturskole',
    kind: 'kontantindbetaling',
    indhold: 'kontanter',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
  },
  {
    fil: 'kontant-dankort.xml',
    afsender: 'byggesag',
    kind: 'kontantindbetaling',
    indhold: 'dankort (ISO-8859-1)',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
  },
  {
    fil: 'kontant-tre-fejl.xml',
    afsender: 'kulturskole',
    kind: 'kontantindbetaling',
    indhold: 'tre fejl på én gang',
    kvittering: 'AFVIST',
    fejlkoder: ['001', '009', '029'],
  },
  {
    fil: 'kontant-advis.xml',
    afsender: 'daginstitution',
    kind: 'kontantindbetaling',
    indhold: 'bogført med advis',
    kvittering: 'ACCEPTERET',
    fejlkoder: ['A-01', 'A-02', 'A-03'],
  },
  {
    fil: 'kontant-ascii.xml',
    afsender: 'kulturskole',
    kind: 'kontantindbetaling',
    indhold: 'uden æ, ø og å',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
  },
  {
    fil: 'variant-1-straks.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: '1 AENDR_TILSTAND',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
  },
  {
    fil: 'variant-2-straks.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: '2 NEDSKRIV',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
  },
  {
    fil: 'variant-3-straks.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: '3 UDLIGN',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
  },
  {
    fil: 'variant-4-straks.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: '4 OMPOSTER',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
  },
  {
    fil: 'variant-1-senere.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: '1 AFSLUT_KONTO',
    kvittering: 'MODTAGET',
    fejlkoder: [],
    svar: 'GENNEMFOERT',
  },
  {
    fil: 'variant-2-senere.xml',
    afsender: 'daginstitution',
    kind: 'debitorkonto',
    indhold: '2 HENSTAND',
    kvittering: 'MODTAGET',
    fejlkoder: [],
    svar: 'DELVIST_GENNEMFOERT',
  },
  {
    fil: 'variant-3-senere.xml',
    afsender: 'daginstitution',
    kind: 'debitorkonto',
    indhold: '3 OVERFOER_INDBETALING',
    kvittering: 'MODTAGET',
    fejlkoder: [],
    svar: 'GENNEMFOERT',
  },
  {
    fil: 'variant-4-senere.xml',
    afsender: 'byggesag',
    kind: 'debitorkonto',
    indhold: '4 OVERFOER_INDBETALING',
    kvittering: 'MODTAGET',
    fejlkoder: [],
    svar: 'GENNEMFOERT',
  },
  {
    fil: 'afvist-regler.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: '2 NEDSKRIV',
    kvittering: 'AFVIST',
    fejlkoder: ['DA-103', 'DA-103', 'DA-103'],
  },
  {
    fil: 'afvist-debitorsystem.xml',
    afsender: 'daginstitution',
    kind: 'debitorkonto',
    indhold: '2 TILBAGEKALD',
    kvittering: 'AFVIST',
    fejlkoder: ['DA-203', 'DA-202'],
  },
  {
    fil: 'ikke-velformet.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: 'ikke velformet XML',
    kvittering: 'FEJL',
    fejlkoder: ['DA-001'],
  },
  {
    fil: 'mod-skemaet.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: 'bryder skemaet',
    kvittering: 'FEJL',
    fejlkoder: ['DA-005'],
  },
  {
    fil: 'variant-2-straks.xml',
    afsender: 'kulturskole',
    kind: 'debitorkonto',
    indhold: '2 NEDSKRIV sendt igen',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
    gentager: 'variant-2-straks.xml',
  },
  {
    fil: 'senere-eksternt.xml',
    afsender: 'byggesag',
    kind: 'debitorkonto',
    indhold: '2 AFSKRIV',
    kvittering: 'MODTAGET',
    fejlkoder: [],
    svar: 'GENNEMFOERT',
  },
  {
    fil: 'svar-debitorsystem.xml',
    afsender: 'kommunedebitor',
    kind: 'svar',
    indhold: 'svar på nr. 19',
    kvittering: 'ACCEPTERET',
    fejlkoder: [],
    efter: 'senere-eksternt.xml',
  },
  {
    fil: 'svar-ukendt.xml',
    afsender: 'kommunedebitor',
    kind: 'svar',
    indhold: 'svar uden anmodning',
    kvittering: 'AFVIST',
    fejlkoder: ['DA-301'],
  },
];

/** AnmodningIdentifikator of senere-eksternt.xml: the simulator leaves its svar to somebody else. */
export const ANSWERED_ELSEWHERE = '5f0c8a17-3e2b-4d96-a1f4-000000000011';

export function readSample(fil: string): Buffer {
  return readFileSync(join(exampleFile('meddelelser'), fil));
}
