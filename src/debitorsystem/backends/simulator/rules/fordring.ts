/**
 * Rules that judge each fordring by itself: AENDR_TILSTAND, NEDSKRIV, OPSKRIV, TILBAGEKALD, AFSKRIV, HENSTAND.
 *
 * Which objects are meant. ObjektTypeKode FORDRING: in variant 2 the named fordringer themselves, of whatever type (a
 * RENTE or GEBYR is a fordring of its own and can be named); in variant 1 every open fordring of type FORDRING.
 * RENTE or GEBYR: in variant 2 the open ones that refer to a named fordring, and a named one of that type itself; in
 * variant 1 every open one of that type. A named fordring without any is refused (DA-203), so is a konto without any.
 */
import { MAX_BELOEB_OERE, type Oere } from '../../../../domain/beloeb.ts';
import type { Fejl } from '../../../../domain/fejl.ts';
import type { FordringId } from '../../../../domain/identer.ts';
import { fejl } from '../../../../errors.ts';
import { adjustClaim, closeClaim, type Debitorkonto, type Fordring, isAabenTilstand, isOpen } from '../model.ts';
import type { NamedFordring, Sag, SagReader } from '../sag.ts';
import { mapInSteps, only, type Steps } from '../steps.ts';
import { type Kendelse, type Linje, type Rule, refuse } from './kendelse.ts';

type Change = { readonly fejl: Fejl } | { readonly fejl?: never; readonly beloebOere?: Oere };

interface Target {
  readonly identifikator: FordringId;
  readonly sted: string;
  /** The objects that are meant, or why there are none. */
  readonly objekter: readonly Fordring[] | Fejl;
}

/** Applies a change to every open fordring that is meant. */
function* forEach(sag: Sag, change: (fordring: Fordring, sted: string) => Change): Steps<Kendelse> {
  const targets = yield* targetsOf(sag);
  if (targets.length === 0) return refuse(fejl('DA-203', 'debitorkontoen har ingen åbne af den angivne objekttype'));
  const linjer: Linje[] = [];
  const fordringer: Fordring[] = [];
  const judged = new Set<bigint>();
  for (const { identifikator, sted, objekter } of targets) {
    if ('kode' in objekter) {
      linjer.push({ fordring: identifikator, fejl: objekter });
      continue;
    }
    for (const objekt of objekter) {
      // A rente can be named itself and be meant through its main fordring: it is changed once.
      if (judged.has(objekt.nr)) continue;
      judged.add(objekt.nr);
      const outcome = isOpen(objekt) ? change(objekt, sted) : { fejl: fejl('DA-203', `${sted} er ikke åben`) };
      linjer.push({ fordring: objekt.identifikator, ...outcome });
      if (outcome.fejl === undefined) fordringer.push(objekt);
    }
  }
  return { fejl: [], linjer, fordringer, konti: [] };
}

function targetsOf({ omfang, objektType, reader }: Sag): Steps<Target[]> {
  if (omfang.variant === 1) return openTargets(omfang.konto, objektType, reader);
  if (omfang.variant !== 2) return only([]);
  return mapInSteps(omfang.side.named, (named) => targetOf(named, objektType, reader));
}

function* openTargets(konto: Debitorkonto, objektType: string, reader: SagReader): Steps<Target[]> {
  const open = yield* reader.openFordringer(konto.nr);
  const meant = open.filter((fordring) => fordring.type === objektType);
  return meant.map((fordring, index) => {
    return {
      identifikator: fordring.identifikator,
      sted: `kontoens fordring nr. ${index + 1}`,
      objekter: [fordring],
    };
  });
}

function targetOf({ identifikator, sted, fordring }: NamedFordring, objektType: string, reader: SagReader): Target {
  if (fordring === undefined) return { identifikator, sted, objekter: fejl('DA-202', sted) };
  if (objektType === 'FORDRING' || objektType === fordring.type) return { identifikator, sted, objekter: [fordring] };
  const own = objektType === 'RENTE' || objektType === 'GEBYR' ? reader.openTilhoerende(fordring, objektType) : [];
  if (own.length > 0) return { identifikator, sted: `${sted}, dens ${objektType}`, objekter: own };
  return { identifikator, sted, objekter: fejl('DA-203', `${sted} har ingen åbne af den angivne objekttype`) };
}

export const aendrTilstand: Rule = (sag) => {
  const wanted = sag.parametre.parametre.find((parameter) => parameter.navn === 'Tilstand')?.vaerdi ?? '';
  if (!isAabenTilstand(wanted)) return only(refuse(fejl('DA-103', 'Parameter Tilstand')));
  return forEach(sag, (fordring) => {
    fordring.tilstand = wanted;
    return {};
  });
};

export const nedskriv: Rule = (sag) => {
  const beloebOere = positiveBeloeb(sag);
  if (beloebOere === undefined) return only(refuse(fejl('DA-103', 'Beloeb')));
  return forEach(sag, (fordring, sted) =>
    adjustClaim(fordring, -beloebOere)
      ? { beloebOere }
      : { fejl: fejl('DA-204', `${sted}: Beloeb er større end restbeløbet`) },
  );
};

export const opskriv: Rule = (sag) => {
  const beloebOere = positiveBeloeb(sag);
  if (beloebOere === undefined) return only(refuse(fejl('DA-103', 'Beloeb')));
  return forEach(sag, (fordring, sted) =>
    adjustClaim(fordring, beloebOere)
      ? { beloebOere }
      : { fejl: fejl('DA-204', `${sted}: beløbet ville få mere end 11 cifre og 2 decimaler`) },
  );
};

export const tilbagekald: Rule = (sag) =>
  forEach(sag, (fordring) => ({ beloebOere: closeClaim(fordring, 'TILBAGEKALDT') }));

export const afskriv: Rule = (sag) => forEach(sag, (fordring) => ({ beloebOere: closeClaim(fordring, 'AFSKREVET') }));

export const henstand: Rule = (sag) => {
  const { virkningDato } = sag.parametre;
  if (virkningDato === undefined) return only(refuse(fejl('DA-103', 'VirkningDato')));
  return forEach(sag, (fordring, sted) => {
    // Dates are YYYY-MM-DD, so their order as text is their order in time.
    if (virkningDato <= fordring.forfaldsdato) {
      return { fejl: fejl('DA-203', `${sted}: VirkningDato er ikke senere end forfaldsdatoen`) };
    }
    fordring.forfaldsdato = virkningDato;
    return {};
  });
};

/** Beloeb where it is above 0 and can stand in a message. */
export function positiveBeloeb({ parametre }: Sag): Oere | undefined {
  const { beloebOere } = parametre;
  return beloebOere !== undefined && beloebOere > 0n && beloebOere <= MAX_BELOEB_OERE ? beloebOere : undefined;
}
