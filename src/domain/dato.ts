/** Calendar dates in Europe/Copenhagen. Instants come in as arguments: nothing here reads a clock. */
import type { Dato, Instant } from './identer.ts';

const COPENHAGEN = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

const MS_PER_DAY = 86_400_000;

/** The calendar date in Denmark at an instant. */
export function datoAt(instant: Instant): Dato {
  return COPENHAGEN.format(instant) as Dato;
}

/** The date a number of calendar days later. */
export function addDays(dato: Dato, days: number): Dato {
  return new Date(Date.parse(`${dato}T00:00:00Z`) + days * MS_PER_DAY).toISOString().slice(0, 10) as Dato;
}

/** An instant as an xs:dateTime in UTC with milliseconds: `2026-11-22T12:00:00.000Z`. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}
