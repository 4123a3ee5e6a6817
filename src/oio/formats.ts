/**
 * The named formats of the JSON schemas. Each admits exactly what the XSD type beside it admits, which the differential
 * test holds them to; none of them converts anything.
 */
import { parseBeloeb, withoutTrailingZeros } from '../domain/beloeb.ts';

const DATO = /^([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?$/;
const DATO_TID =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(Z|[+-][0-9]{2}:[0-9]{2})?$/;
const DECIMAL = /^[+-]?([0-9]*)(?:\.([0-9]*))?$/;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function existsInCalendar(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const day = Number(date.slice(8, 10));
  // XML Schema 1.0 has no year 0.
  if (year === 0 || day === 0) return false;
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0;
  return day <= (DAYS_IN_MONTH[month - 1] ?? 0) + leapDay;
}

/** A zone is `Z` or an offset of at most 14 hours. */
function isZone(zone: string | undefined): boolean {
  if (zone === undefined || zone === 'Z') return true;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(4, 6));
  return hours < 14 ? minutes <= 59 : hours === 14 && minutes === 0;
}

/** An xs:date that exists, with a year of four digits and an optional zone: `2011-08-10`, `2011-08-10+02:00`. */
export function isDato(text: string): boolean {
  const match = DATO.exec(text);
  if (match === null) return false;
  const [, date = '', zone] = match;
  return existsInCalendar(date) && isZone(zone);
}

/** An xs:dateTime that exists, with a year of four digits, at most 9 decimals of a second and an optional zone. */
export function isDatoTid(text: string): boolean {
  const match = DATO_TID.exec(text);
  if (match === null) return false;
  const [, date = '', hours, minutes, seconds, fraction = '', zone] = match;
  if (!existsInCalendar(date) || !isZone(zone)) return false;
  // Midnight may be written as the end of the day before.
  if (hours === '24') return minutes === '00' && seconds === '00' && /^0*$/.test(fraction);
  return Number(hours) <= 23 && Number(minutes) <= 59 && Number(seconds) <= 59;
}

/** A decimal with at most 11 digits before the point and 2 after it, as the domain reads amounts. */
export function isBeloeb(text: string): boolean {
  return parseBeloeb(text) !== undefined;
}

/** SKAT's BeløbPositivNegativ15Decimaler2 (seed): between ±999999999999999, with at most 2 decimals. */
export function isBeloeb15(text: string): boolean {
  const match = DECIMAL.exec(text);
  if (match === null) return false;
  const [, whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return false;
  const kroner = whole.replace(/^0+/, '');
  const oere = withoutTrailingZeros(fraction);
  if (kroner.length > 15 || oere.length > 2) return false;
  return oere === '' || kroner !== '999999999999999';
}

/** By the names that the schemas use. */
export const formats = {
  dato: isDato,
  'dato-tid': isDatoTid,
  beloeb: isBeloeb,
  beloeb15: isBeloeb15,
} as const;
