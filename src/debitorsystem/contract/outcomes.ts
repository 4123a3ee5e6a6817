/** What came of a command: judged against what was expected, and said in Danish for the reason of a failed case. */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { formatBeloeb, type Oere } from '../../domain/beloeb.ts';
import type { HandlingCommand } from '../../domain/command.ts';
import type { Fejl } from '../../domain/fejl.ts';
import type { Svar, Udfald } from '../../domain/udfald.ts';

/** Codes named in a reason. */
const MAX_KODER = 3;

export function kroner(oere: Oere): string {
  return `${formatBeloeb(oere).replace('.', ',')} kr.`;
}

function koderOf(fejl: readonly Fejl[] | undefined): string {
  if (fejl === undefined || fejl.length === 0) return '';
  const koder = fejl.slice(0, MAX_KODER).map(({ kode }) => kode);
  return ` (${koder.join(', ')}${fejl.length > MAX_KODER ? ' …' : ''})`;
}

const ARTER = { udfoert: 'udført', accepteretTilSenere: 'accepteret til senere', afvist: 'afvist' } as const;

export function saidUdfald(udfald: Udfald): string {
  return `${ARTER[udfald.art]}${udfald.art === 'afvist' ? koderOf(udfald.fejl) : ''}`;
}

export function saidSvar({ status, fejl, resultat }: Svar): string {
  const lines = resultat?.fordringer.filter((one) => one.resultat === 'AFVIST') ?? [];
  return `${status}${koderOf([...(fejl ?? []), ...lines.flatMap((line) => line.fejl ?? [])])}`;
}

/** What a command is called in a reason: its handlingstype and variant, never what it names. */
export function saidCommand({ handlingstype, handling }: HandlingCommand): string {
  return `${handlingstype} i variant ${handling.variant}`;
}

/** @param what what was asked, as the beginning of a sentence. */
export function assertArt(udfald: Udfald, expected: Udfald['art'], what: string): void {
  assert.ok(udfald.art === expected, `${what} skulle være ${ARTER[expected]}, men blev ${saidUdfald(udfald)}`);
}

export function assertStatus(svar: Svar, expected: Svar['status'], what: string): void {
  assert.ok(svar.status === expected, `svaret på ${what} skulle være ${expected}, men er ${saidSvar(svar)}`);
}

/** The path of the first field in which two values differ. */
function firstDifference(one: unknown, other: unknown, path: string): string {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return path;
  const [fields, others] = [Object.entries(one), new Map(Object.entries(other))];
  for (const [field, value] of fields) {
    const place = Array.isArray(one) ? `${path}[${field}]` : path === '' ? field : `${path}.${field}`;
    if (!isDeepStrictEqual(value, others.get(field))) return firstDifference(value, others.get(field), place);
    others.delete(field);
  }
  const [extra] = others.keys();
  return extra === undefined || Array.isArray(one) ? path : path === '' ? extra : `${path}.${extra}`;
}

export function whereDifferent(one: unknown, other: unknown): string {
  const place = firstDifference(one, other, '');
  return place === '' ? '' : `, men forskellige i ${place}`;
}

/** @param what which question gave the other udfald, as the beginning of a sentence. */
export function assertSameUdfald(udfald: Udfald | undefined, first: Udfald, what: string): void {
  assert.ok(udfald !== undefined, `${what} gav intet udfald, men kommandoen fik ${saidUdfald(first)}`);
  if (isDeepStrictEqual(udfald, first)) return;
  if (udfald.art === first.art) {
    assert.fail(`${what} gav et andet udfald: begge er ${saidUdfald(first)}${whereDifferent(first, udfald)}`);
  }
  assert.fail(`${what} gav et andet udfald: ${saidUdfald(udfald)}, hvor det før var ${saidUdfald(first)}`);
}
