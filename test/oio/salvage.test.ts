import { describe, expect, test } from 'vitest';
import { salvage } from '../../src/oio/salvage.ts';

const ID = 'T-4711 & Søn';
const DOCUMENT = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<!-- sendt af <fagsystemet> -->',
  '<dka:DebitorkontoAnmodningAfsend_I xmlns:dka="urn:a" xmlns:k="urn:k">',
  '<k:HovedOplysninger><k:TransaktionsId> T-4711\n &amp; Søn </k:TransaktionsId></k:HovedOplysninger>',
  '<dka:FordringHandling><x>1</x></dka:FordringHandling>',
  '</dka:DebitorkontoAnmodningAfsend_I>',
].join('\n');
const ROOT = 'DebitorkontoAnmodningAfsend_I';

const of = (text: string): ReturnType<typeof salvage> => salvage(Buffer.from(text));
const withId = (id: string): string | undefined =>
  of(`<a><k:TransaktionsId>${id}</k:TransaktionsId></a>`).transaktionsId;

describe('what a broken message still says is recovered', () => {
  test.each(['TransaktionsId', 'TransaktionsID', 'TransaktionIdentifikator'])(
    'the id of the dialect with %s',
    (name) => {
      expect(of(`<a><b><${name}>x-1</${name}></b>`)).toEqual({ transaktionsId: 'x-1', rootName: 'a' });
      expect(of(`<a><b><p:${name} c="d">x-1</p:${name}></b>`)).toEqual({ transaktionsId: 'x-1', rootName: 'a' });
    },
  );

  test('cut short anywhere, it gives the whole id or none, and the root as soon as its name is whole', () => {
    const bytes = Buffer.from(DOCUMENT);
    const idEnds = bytes.indexOf('</k:TransaktionsId') + 2;
    const rootEnds = bytes.indexOf(`${ROOT} `) + ROOT.length + 1;
    for (let length = 0; length <= bytes.length; length += 1) {
      expect(salvage(bytes.subarray(0, length))).toEqual({
        ...(length >= idEnds && { transaktionsId: ID }),
        ...(length >= rootEnds && { rootName: ROOT }),
      });
    }
  });

  test('without any one of its end tags it loses nothing: the next end tag ends the id as well', () => {
    for (const { 0: tag, index } of DOCUMENT.matchAll(/<\/[^>]*>/g)) {
      const { rootName, transaktionsId } = of(DOCUMENT.slice(0, index) + DOCUMENT.slice(index + tag.length));
      expect(rootName).toBe(ROOT);
      expect(transaktionsId).toBe(ID);
    }
  });

  test('in any encoding, also where the declaration says another', () => {
    const expected = { transaktionsId: ID, rootName: ROOT };
    expect(salvage(Buffer.from(DOCUMENT, 'latin1'))).toEqual(expected);
    expect(salvage(Buffer.from(`\ufeff${DOCUMENT}`, 'utf16le'))).toEqual(expected);
    expect(salvage(Buffer.from(DOCUMENT, 'utf16le'))).toEqual(expected);
    expect(salvage(Buffer.from(DOCUMENT, 'utf16le').swap16())).toEqual(expected);
    expect(salvage(Buffer.from(DOCUMENT.replace('UTF-8', 'windows-1252'), 'latin1'))).toEqual(expected);
    expect(salvage(Buffer.from(DOCUMENT.replace('UTF-8', 'EBCDIC')))).toEqual(expected);
  });

  test('a root with letters beyond ASCII, in any form and encoding', () => {
    const name = 'OpkrævningKontantIndbetalingOpret_I';
    for (const encoding of ['utf8', 'latin1'] as const) {
      expect(salvage(Buffer.from(`<s:${name} xmlns:s="u"><b>`, encoding)).rootName).toBe(name);
    }
    expect(of('<Bela\u030a><').rootName).toBe('Belå');
  });

  test('with an illegal character or an illegal byte elsewhere', () => {
    const expected = { transaktionsId: ID, rootName: ROOT };
    expect(of(DOCUMENT.replace('<x>1', '<x>\u0001'))).toEqual(expected);
    const at = Buffer.from(DOCUMENT).indexOf('<x>1') + 3;
    const bytes = Buffer.from(DOCUMENT);
    bytes[at] = 0xff;
    expect(salvage(bytes)).toEqual(expected);
  });

  test('behind a DOCTYPE, but not from within it', () => {
    const hidden = '<!DOCTYPE a [<!ENTITY b "<x><TransaktionsId>falsk</TransaktionsId></x>">\n]>';
    for (const doctype of ['<!DOCTYPE a>', '<!DOCTYPE a SYSTEM "b.dtd">', hidden]) {
      expect(of(DOCUMENT.replace('?>\n', `?>\n${doctype}`))).toEqual({ transaktionsId: ID, rootName: ROOT });
    }
  });

  test('not from comments and instructions, but from CDATA', () => {
    expect(
      of('<!-- <x> --><a><?p <TransaktionsId>1</TransaktionsId>?><!-- <TransaktionsId>2</TransaktionsId> -->'),
    ).toEqual({
      rootName: 'a',
    });
    expect(withId('<![CDATA[<3 & 4>]]>')).toBe('<3 & 4>');
    expect(withId('T-<!-- -->1')).toBe('T-1');
  });
});

describe('an id that could not be legal is not given', () => {
  test.each([
    ['an empty one', ''],
    ['white space only', ' \n\t '],
    ['one of more than 100 characters', 'x'.repeat(101)],
    ['one with a control character', 'x\u0000y'],
    ['one with a reference to a control character', 'x&#1;y'],
    ['one with a reference to a surrogate', 'x&#xD800;y'],
    ['one with a line separator', 'x\u2028y'],
    ['one with a mark that turns the direction of writing', 'x\u202ey'],
    ['one with a replacement character', 'x\ufffdy'],
    ['one that holds elements', 'x<b>y</b>'],
  ])('%s', (_, id) => {
    expect(withId(id)).toBeUndefined();
  });

  test('the bounds are inclusive, and characters are counted, not code units', () => {
    expect(withId('1')).toBe('1');
    expect(withId('😀'.repeat(100))).toBe('😀'.repeat(100));
    expect(withId('😀'.repeat(101))).toBeUndefined();
  });

  test('white space is collapsed and decomposed letters are composed, as the reader would have it', () => {
    expect(withId('\r\n a\u030a  \t b ')).toBe('å b');
  });
});

describe('it is bounded and never throws', () => {
  test('only the first 256 KiB are looked at', () => {
    const filler = 'x'.repeat(256 * 1024);
    expect(of(`<a>${filler}<TransaktionsId>1</TransaktionsId></a>`)).toEqual({ rootName: 'a' });
  });

  test.each([
    ['nothing', ''],
    ['one byte', '<'],
    ['no XML', 'hello'],
    ['openings only', '<'.repeat(300_000)],
    ['comments that are never ended', '<!--'.repeat(70_000)],
    ['document types that are never ended', '<!DOCTYPE a ['.repeat(20_000)],
    ['ids that are never ended', '<TransaktionsId>'.repeat(20_000)],
    ['prefixes that are never ended', `<${'p'.repeat(99)}`.repeat(3000)],
    ['combining marks', `<a><TransaktionsId>${'\u0301\u0316'.repeat(60_000)}`],
    ['white space in a tag', `<TransaktionsId${' '.repeat(250_000)}`],
    ['references', `<TransaktionsId>${'&#65;'.repeat(50_000)}</TransaktionsId>`],
  ])('%s', (_, text) => {
    const start = performance.now();
    expect(of(text).transaktionsId).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
