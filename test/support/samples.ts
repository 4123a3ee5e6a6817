/** Complete documents of every message: each optional element is there, in as many documents as the choices need. */
import type { MessageTypes } from '../../src/generated/messages.ts';
import type { MessageStem } from '../../src/oio/document.ts';

export type Sample = {
  readonly [S in MessageStem]: { readonly stem: S; readonly document: MessageTypes[S] };
}[MessageStem];

const hoved = {
  TransaktionsId: 'samtale-1',
  TransaktionsTid: '2026-11-22T12:00:00.123+01:00',
  RequestId: '11111111-2222-3333-4444-555555555555',
  OnBehalfOfUser: 'bruger',
  CallersServiceCallIdentifier: 'kald 7',
  AccountingInfo: 'regning',
  AuthorityContext: { MunicipalityCVR: '29189846' },
  Rute: {
    AfsenderOrganisation: '29189846',
    AfsenderItSystemInstans: 'aaaaaaaa-0000-4000-8000-000000000001',
    ModtagerOrganisation: '55133018',
    ModtagerItSystemInstans: 'bbbbbbbb-0000-4000-8000-000000000002',
  },
};

const anmodning = {
  HovedOplysninger: hoved,
  AnmodningIdentifikator: '99999999-8888-7777-6666-555555555555',
  HandlingTypeKode: 'NEDSKRIV',
  HandlingParametre: {
    VirkningDato: '2026-12-01',
    Beloeb: '-1250.75',
    ValutaOplysningKode: 'DKK',
    AarsagKode: 'FEJL',
    AarsagTekst: 'Børnehave & <skole>, "forkert" sats',
    Parameter: [
      { Navn: 'Tilstand', Vaerdi: 'AABEN' },
      { Navn: 'Tom', Vaerdi: '' },
    ],
  },
};

const konto = { DebitorkontoIdentifikator: 'KONTO-1001' };
const fordringer = { ...konto, FordringListe: { FordringIdentifikator: ['FORDRING-1001-1', 'FORDRING-1001-2'] } };

const hovedSvar = {
  TransaktionsId: 'samtale-1',
  TransaktionsTid: '2026-11-22T12:00:01.000Z',
  RequestId: '11111111-2222-3333-4444-555555555555',
  SvarReaktion: [
    { Advis: { AdvisId: 'A-01', AdvisTekst: 'Værdien er ukendt', KildeId: 'debitor-adapter' } },
    { Advis: { AdvisId: 'A-02', AdvisTekst: 'Systemet er ukendt' } },
  ],
};

const fejlListe = {
  Fejl: [
    { FejlKode: 'DA-201', FejlTekst: 'Debitorkontoen findes ikke' },
    { FejlKode: '', FejlTekst: '' },
  ],
};

const resultat = {
  DebitorsystemReference: 'SIM-000001',
  FordringResultat: [
    { FordringIdentifikator: 'FORDRING-1001-1', ResultatKode: 'GENNEMFOERT' as const, Beloeb: '100.00' },
    { FordringIdentifikator: 'FORDRING-1001-2', ResultatKode: 'AFVIST' as const, FejlListe: fejlListe },
  ],
};

const kvittering = {
  ForretningsValideringsKode: 'AFVIST' as const,
  Begrundelse: 'Anmodningen er afvist',
  FejlListe: fejlListe,
};

const kontantFejl = {
  FejlNummer: '009',
  FejlTekst: 'Beløbsfelt skal angives med 11 cifre og 2 decimaler',
  ServiceID: 'OpkrævningKontantIndbetalingOpret',
  Identifikation: {
    OpkraevningKontantIndbetalingOpret_FejlId: {
      FejlIdentifikation: {
        OpkraevningFordringBeloeb: '123456789012.00',
        KundeType: 'Ukendt',
        ValutaOplysningKode: 'EUR',
      },
    },
  },
};

export const SAMPLES: readonly Sample[] = [
  {
    stem: 'debitorkonto-anmodning-afsend-i',
    document: { ...anmodning, DebitorkontoHandling: { ...konto, ObjektTypeKode: 'FORDRING' } },
  },
  {
    stem: 'debitorkonto-anmodning-afsend-i',
    document: { ...anmodning, FordringHandling: { ...fordringer, ObjektTypeKode: 'RENTE' } },
  },
  {
    stem: 'debitorkonto-anmodning-afsend-i',
    document: { ...anmodning, DebitorkontiHandling: { Fra: konto, Til: konto, ObjektTypeKode: 'INDBETALING' } },
  },
  {
    stem: 'debitorkonto-anmodning-afsend-i',
    document: {
      ...anmodning,
      FordringerMellemDebitorkontiHandling: { Fra: fordringer, Til: fordringer, ObjektTypeKode: 'INDBETALING' },
    },
  },
  {
    stem: 'debitorkonto-anmodning-afsend-o',
    document: {
      HovedOplysningerSvar: hovedSvar,
      AnmodningIdentifikator: anmodning.AnmodningIdentifikator,
      Forretningskvittering: kvittering,
      HandlingResultat: resultat,
      ForventetSvarDato: '2026-12-06',
    },
  },
  {
    stem: 'debitorkonto-anmodning-svar-afsend-i',
    document: {
      HovedOplysninger: hoved,
      AnmodningIdentifikator: anmodning.AnmodningIdentifikator,
      HandlingTypeKode: 'AFSKRIV',
      SvarStatusKode: 'DELVIST_GENNEMFOERT',
      SvarTid: '2026-11-30T00:00:00',
      Begrundelse: 'Én fordring er afvist',
      HandlingResultat: resultat,
      FejlListe: fejlListe,
    },
  },
  {
    stem: 'debitorkonto-anmodning-svar-afsend-o',
    document: {
      HovedOplysningerSvar: hovedSvar,
      AnmodningIdentifikator: anmodning.AnmodningIdentifikator,
      Forretningskvittering: kvittering,
    },
  },
  {
    stem: 'opkraevning-kontant-indbetaling-opret-i',
    document: {
      Kontekst: { HovedOplysninger: { TransaktionsID: 'kasse-1', TransaktionsTid: '2011-08-10T12:00:00' } },
      KundeIdentifikation: { KundeNummer: '0101701234', KundeType: 'CPR-Person' },
      OpkraevningIndbetalingOplysninger: {
        OpkraevningKontantIndbetalingType: 'Kontanter',
        OpkraevningIndbetalingBeloeb: '100.00',
        ValutaOplysningKode: 'DKK',
        OpkraevningIndbetalingDato: '2011-08-10+02:00',
      },
      OnlineOpkraevningIndbetaling: {
        OpkraevningKontoIndbetalingEksternID: 'DIBS-1',
        OpkraevningIndbetalingSystem: '  SAP38 ',
      },
    },
  },
  {
    stem: 'opkraevning-kontant-indbetaling-opret-o',
    document: {
      Kontekst: {
        HovedOplysningerSvar: {
          TransaktionsID: 'kasse-1',
          ServiceID: 'OpkrævningKontantIndbetalingOpret',
          TransaktionsTid: '2026-11-22T12:00:01.000Z',
          SvarReaktion: [{ Fejl: kontantFejl }, { Advis: { AdvisNummer: 'A-01', AdvisTekst: 'Værdien er ukendt' } }],
        },
      },
    },
  },
  {
    stem: 'transport-kvittering',
    document: { TransportValideringsKode: 'FEJL', Begrundelse: 'Meddelelsen kan ikke læses', FejlListe: fejlListe },
  },
];
