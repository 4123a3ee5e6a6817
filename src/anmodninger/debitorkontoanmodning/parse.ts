/** Document → domain value. Nothing is judged here; the schema has seen to the form. */
import { parseBeloeb } from '../../domain/beloeb.ts';
import type { Handling, HandlingParametre, KontoFordringer } from '../../domain/handling.ts';
import type {
  Cvr,
  Dato,
  DebitorkontoId,
  FordringId,
  HandlingTypeKode,
  TransaktionsId,
  Uuid,
} from '../../domain/identer.ts';
import type { DebitorkontoAnmodningAfsendI } from '../../generated/messages.ts';
import { datoOf } from '../definition.ts';

/** A debitorkontoanmodning, read. */
export interface Debitorkontoanmodning {
  readonly anmodningIdentifikator: Uuid;
  readonly transaktionsId: TransaktionsId;
  /** From Rute: who sends, for whom. */
  readonly afsenderOrganisation: Cvr;
  readonly afsenderItSystemInstans: Uuid;
  /** From AuthorityContext; undefined where it was left out. */
  readonly municipalityCvr?: Cvr;
  readonly handlingTypeKode: HandlingTypeKode;
  readonly handling: Handling;
  readonly objektTypeKode?: string;
  readonly parametre: HandlingParametre;
}

function parseKontoFordringer(element: {
  readonly DebitorkontoIdentifikator: string;
  readonly FordringListe: { readonly FordringIdentifikator: readonly string[] };
}): KontoFordringer {
  return {
    debitorkonto: element.DebitorkontoIdentifikator as DebitorkontoId,
    fordringer: element.FordringListe.FordringIdentifikator as readonly FordringId[],
  };
}

function parseHandling(document: DebitorkontoAnmodningAfsendI): {
  readonly handling: Handling;
  readonly objektTypeKode: string | undefined;
} {
  const { DebitorkontoHandling, FordringHandling, DebitorkontiHandling, FordringerMellemDebitorkontiHandling } =
    document;
  if (DebitorkontoHandling !== undefined) {
    const debitorkonto = DebitorkontoHandling.DebitorkontoIdentifikator as DebitorkontoId;
    return { handling: { variant: 1, debitorkonto }, objektTypeKode: DebitorkontoHandling.ObjektTypeKode };
  }
  if (FordringHandling !== undefined) {
    return {
      handling: { variant: 2, ...parseKontoFordringer(FordringHandling) },
      objektTypeKode: FordringHandling.ObjektTypeKode,
    };
  }
  if (DebitorkontiHandling !== undefined) {
    const { Fra, Til, ObjektTypeKode } = DebitorkontiHandling;
    const fra = Fra.DebitorkontoIdentifikator as DebitorkontoId;
    const til = Til.DebitorkontoIdentifikator as DebitorkontoId;
    return { handling: { variant: 3, fra, til }, objektTypeKode: ObjektTypeKode };
  }
  if (FordringerMellemDebitorkontiHandling !== undefined) {
    const { Fra, Til, ObjektTypeKode } = FordringerMellemDebitorkontiHandling;
    const handling: Handling = { variant: 4, fra: parseKontoFordringer(Fra), til: parseKontoFordringer(Til) };
    return { handling, objektTypeKode: ObjektTypeKode };
  }
  throw new TypeError('the schema lets exactly one of the four variants through');
}

function parseParametre(document: DebitorkontoAnmodningAfsendI): HandlingParametre {
  const given = document.HandlingParametre;
  if (given === undefined) return { parametre: [] };
  const beloebOere = given.Beloeb === undefined ? undefined : parseBeloeb(given.Beloeb);
  return {
    ...(given.VirkningDato === undefined ? {} : { virkningDato: datoOf(given.VirkningDato) as Dato }),
    ...(beloebOere === undefined ? {} : { beloebOere }),
    ...(given.ValutaOplysningKode === undefined ? {} : { valuta: given.ValutaOplysningKode }),
    ...(given.AarsagKode === undefined ? {} : { aarsagKode: given.AarsagKode }),
    ...(given.AarsagTekst === undefined ? {} : { aarsagTekst: given.AarsagTekst }),
    ...(given.SagIdentifikator === undefined ? {} : { sagIdentifikator: given.SagIdentifikator }),
    parametre: (given.Parameter ?? []).map(({ Navn, Vaerdi }) => ({ navn: Navn, vaerdi: Vaerdi })),
  };
}

/** Reads a document that its schema has let through. */
export function parseAnmodning(document: DebitorkontoAnmodningAfsendI): Debitorkontoanmodning {
  const { HovedOplysninger: hoved } = document;
  const { handling, objektTypeKode } = parseHandling(document);
  const municipalityCvr = hoved.AuthorityContext?.MunicipalityCVR as Cvr | undefined;
  return {
    anmodningIdentifikator: document.AnmodningIdentifikator as Uuid,
    transaktionsId: hoved.TransaktionsId as TransaktionsId,
    afsenderOrganisation: hoved.Rute.AfsenderOrganisation as Cvr,
    afsenderItSystemInstans: hoved.Rute.AfsenderItSystemInstans as Uuid,
    ...(municipalityCvr === undefined ? {} : { municipalityCvr }),
    handlingTypeKode: document.HandlingTypeKode as HandlingTypeKode,
    handling,
    ...(objektTypeKode === undefined ? {} : { objektTypeKode }),
    parametre: parseParametre(document),
  };
}

/** The myndighed whose debitorkonti are meant: MunicipalityCVR where given, else AfsenderOrganisation (spec 1). */
export function myndighedOf(anmodning: Debitorkontoanmodning): Cvr {
  return anmodning.municipalityCvr ?? anmodning.afsenderOrganisation;
}
