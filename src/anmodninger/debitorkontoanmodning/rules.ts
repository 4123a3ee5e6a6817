/**
 * The rules that a debitorkontoanmodning meets before the debitorsystem is asked (DA-101 to DA-108). Every error is found,
 * not only the first. Texts name places and bounds, never a value of the message.
 */
import type { Fejl } from '../../domain/fejl.ts';
import type { Handling, HandlingParametre, Handlingstype, PaakraevetParameter } from '../../domain/handling.ts';
import type { FordringId } from '../../domain/identer.ts';
import type { Fagsystem } from '../../domain/registry.ts';
import { fejl } from '../../errors.ts';
import type { Debitorkontoanmodning } from './parse.ts';

function myndighedRules(anmodning: Debitorkontoanmodning, fagsystem: Fagsystem): Fejl[] {
  const { municipalityCvr, afsenderOrganisation } = anmodning;
  if (municipalityCvr !== undefined && municipalityCvr !== afsenderOrganisation) {
    return [fejl('DA-108', 'MunicipalityCVR og AfsenderOrganisation er forskellige')];
  }
  if (!fagsystem.myndigheder.includes(afsenderOrganisation)) {
    return [fejl('DA-108', 'fagsystemet er ikke registreret for myndigheden')];
  }
  return [];
}

function requiredParameterRule(required: PaakraevetParameter, given: HandlingParametre): Fejl | undefined {
  switch (required.felt) {
    case 'Beloeb':
      if (given.beloebOere === undefined) return fejl('DA-103', 'Beloeb mangler');
      return required.positiv && given.beloebOere <= 0n ? fejl('DA-103', 'Beloeb skal være større end 0') : undefined;
    case 'VirkningDato':
      return given.virkningDato === undefined ? fejl('DA-103', 'VirkningDato mangler') : undefined;
    case 'AarsagKode':
      return given.aarsagKode === undefined ? fejl('DA-103', 'AarsagKode mangler') : undefined;
    case 'Parameter': {
      const named = given.parametre.filter((parameter) => parameter.navn === required.navn);
      if (named.length === 0) return fejl('DA-103', `Parameter ${required.navn} mangler`);
      if (named.length > 1) return fejl('DA-103', `Parameter ${required.navn} er angivet mere end én gang`);
      const isAllowed = named.every((parameter) => required.vaerdier.includes(parameter.vaerdi));
      return isAllowed
        ? undefined
        : fejl('DA-103', `Parameter ${required.navn} skal være ${required.vaerdier.join(', ')}`);
    }
  }
}

function parameterRules(given: HandlingParametre, handlingstype: Handlingstype | undefined): Fejl[] {
  const found = (handlingstype?.paakraevede ?? []).map((required) => requiredParameterRule(required, given));
  if (given.valuta !== undefined && given.valuta !== 'DKK') {
    found.push(fejl('DA-103', 'ValutaOplysningKode må ikke være andet end DKK'));
  }
  return found.filter((one) => one !== undefined);
}

/** Places (from 1) in a list where a fordring stands that stood in it before; the first few are enough to find the rest. */
const MAX_PLACES = 10;

function repeatedPlaces(fordringer: readonly FordringId[]): number[] {
  const seen = new Set<FordringId>();
  const places: number[] = [];
  fordringer.forEach((fordring, index) => {
    if (seen.has(fordring) && places.length < MAX_PLACES) places.push(index + 1);
    seen.add(fordring);
  });
  return places;
}

function listRule(fordringer: readonly FordringId[], liste: string): Fejl[] {
  const places = repeatedPlaces(fordringer);
  return places.length === 0 ? [] : [fejl('DA-106', `${liste}, nr. ${places.join(', ')}`)];
}

function fordringRules(handling: Handling, handlingstype: Handlingstype | undefined): Fejl[] {
  if (handling.variant === 2) return listRule(handling.fordringer, 'FordringListe');
  if (handling.variant !== 4) return [];
  const found = [
    ...listRule(handling.fra.fordringer, 'Fra/FordringListe'),
    ...listRule(handling.til.fordringer, 'Til/FordringListe'),
  ];
  // An identifikator names a fordring within its debitorkonto: on two debitorkonti it is two fordringer.
  const isSameKonto = handling.fra.debitorkonto === handling.til.debitorkonto;
  if (handlingstype?.adskilteSider === true && isSameKonto) {
    const fra = new Set(handling.fra.fordringer);
    const places = handling.til.fordringer.flatMap((fordring, index) => (fra.has(fordring) ? [index + 1] : []));
    if (places.length > 0) {
      found.push(fejl('DA-106', `Til/FordringListe, nr. ${places.slice(0, MAX_PLACES).join(', ')} står også i Fra`));
    }
  }
  return found;
}

function handlingstypeRules(anmodning: Debitorkontoanmodning, handlingstype: Handlingstype | undefined): Fejl[] {
  if (handlingstype === undefined) return [fejl('DA-101')];
  const found: Fejl[] = [];
  if (!handlingstype.varianter.includes(anmodning.handling.variant)) {
    const allowed = handlingstype.varianter.join(', ');
    found.push(fejl('DA-102', `variant ${anmodning.handling.variant}; tilladt: ${allowed}`));
  }
  if (anmodning.objektTypeKode !== undefined && !handlingstype.objektTyper.includes(anmodning.objektTypeKode)) {
    found.push(fejl('DA-105', `tilladt: ${handlingstype.objektTyper.join(', ')}`));
  }
  return found;
}

/** All errors that the rules find; empty: the debitorsystem may be asked. */
export function debitorkontoRules(
  anmodning: Debitorkontoanmodning,
  handlingstype: Handlingstype | undefined,
  fagsystem: Fagsystem,
): readonly Fejl[] {
  const { handling } = anmodning;
  return [
    ...handlingstypeRules(anmodning, handlingstype),
    ...parameterRules(anmodning.parametre, handlingstype),
    ...fordringRules(handling, handlingstype),
    ...(handling.variant === 3 && handling.fra === handling.til ? [fejl('DA-107')] : []),
    ...myndighedRules(anmodning, fagsystem),
  ];
}
