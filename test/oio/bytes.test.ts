import { describe, expect, test } from 'vitest';
import { type DecodeResult, decodeBytes } from '../../src/oio/bytes.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array => Buffer.from(text, encoding);
const bigEndian = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();
const joined = (...parts: readonly (Uint8Array | string)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));

function textOf(result: DecodeResult): string {
  if (!result.ok) throw new Error(result.fejl.tekst);
  return result.text;
}

function refusalOf(result: DecodeResult): string {
  if (result.ok) throw new Error('It was decoded');
  expect(result.fejl.kode).toBe('DA-002');
  return result.fejl.tekst;
}

const declared = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;
const UTF_8_BOM = Uint8Array.of(0xef, 0xbb, 0xbf);

describe('a message is read in the encoding that it states', () => {
  test('without a declaration and without a BOM it is UTF-8', () => {
    expect(textOf(decodeBytes(bytes('<a>æøå€😀</a>')))).toBe('<a>æøå€😀</a>');
  });

  test('a BOM of UTF-8 is left out, with or without a declaration of UTF-8', () => {
    expect(textOf(decodeBytes(joined(UTF_8_BOM, bytes('<a>æ</a>'))))).toBe('<a>æ</a>');
    expect(textOf(decodeBytes(joined(UTF_8_BOM, declared('utf-8'), '<a/>')))).toBe(`${declared('utf-8')}<a/>`);
  });

  test('declared ISO-8859-1 is real Latin-1: the bytes 0x80 to 0x9F are control characters, not quotes and euros', () => {
    const head = declared('ISO-8859-1');
    const every = Uint8Array.from({ length: 128 }, (_, index) => 0x80 + index);
    const text = textOf(decodeBytes(joined(head, every))).slice(head.length);
    expect(Array.from(text, (character) => character.charCodeAt(0))).toEqual(Array.from(every));
  });

  test('declared windows-1252 reads every byte that the code page defines', () => {
    const head = declared('windows-1252');
    const defined = Array.from({ length: 128 }, (_, index) => 0x80 + index).filter(
      (byte) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
    );
    const text = textOf(decodeBytes(joined(head, Uint8Array.from(defined)))).slice(head.length);
    expect(text).toBe(new TextDecoder('windows-1252').decode(Uint8Array.from(defined)));
  });

  test.each([0x81, 0x8d, 0x8f, 0x90, 0x9d])('byte %i is refused, since windows-1252 does not define it', (byte) => {
    const refusal = refusalOf(decodeBytes(joined(declared('windows-1252'), '\n<a>', Uint8Array.of(byte), '</a>')));
    expect(refusal).toContain('linje 2, kolonne 4');
  });

  test.each(['utf-8', 'UTF-8', 'utf8', 'latin1', 'ISO_8859-1', 'cp1252', 'Windows-1252'])(
    'the name %s is known, in any case of letters',
    (name) => {
      expect(decodeBytes(bytes(`${declared(name)}<a/>`)).ok).toBe(true);
    },
  );

  test('UTF-16 is read by its BOM, in both orders', () => {
    expect(textOf(decodeBytes(bytes('\ufeff<a>æ😀</a>', 'utf16le')))).toBe('<a>æ😀</a>');
    expect(textOf(decodeBytes(bigEndian('\ufeff<a>æ😀</a>')))).toBe('<a>æ😀</a>');
  });

  test('UTF-16 is read without a BOM where it is declared', () => {
    for (const name of ['UTF-16', 'UTF-16LE']) {
      expect(decodeBytes(bytes(`${declared(name)}<a/>`, 'utf16le'))).toMatchObject({ ok: true, declared: name });
    }
    expect(textOf(decodeBytes(bigEndian(`${declared('utf-16be')}<a/>`)))).toContain('<a/>');
  });

  test('the message itself is not changed by being read', () => {
    const message = bigEndian('\ufeff<a>\r\n</a>');
    const before = Buffer.from(message);
    decodeBytes(message);
    expect(before.equals(message)).toBe(true);
  });

  test('every line end becomes one line feed, as XML has it', () => {
    const text = '<a>\r\n1\r2\n3\r\r\n</a>\r';
    expect(textOf(decodeBytes(bytes(text)))).toBe('<a>\n1\n2\n3\n\n</a>\n');
    expect(textOf(decodeBytes(bytes(`\ufeff${text}`, 'utf16le')))).toBe('<a>\n1\n2\n3\n\n</a>\n');
  });
});

describe('a message is refused, and nothing is guessed, where its encoding is in doubt', () => {
  test.each([
    ['a BOM of UTF-8 and a declaration of Latin-1', joined(UTF_8_BOM, declared('iso-8859-1'), '<a/>')],
    ['a BOM of UTF-16 and a declaration of UTF-8', bytes(`\ufeff${declared('utf-8')}<a/>`, 'utf16le')],
    ['a BOM of UTF-16LE and a declaration of UTF-16BE', bytes(`\ufeff${declared('utf-16be')}<a/>`, 'utf16le')],
    ['UTF-16 without a BOM that declares UTF-8', bytes(`${declared('utf-8')}<a/>`, 'utf16le')],
    ['UTF-16 with neither a BOM nor a declaration', bytes('<a/>', 'utf16le')],
    ['bytes that are not UTF-16 and declare it', bytes(`${declared('UTF-16')}<a/>`)],
    ['an encoding that is not supported', bytes(`${declared('ISO-8859-15')}<a/>`)],
    ['a BOM of UTF-32', joined(Uint8Array.of(0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0))],
    ['UTF-32 without a BOM', Uint8Array.of(0, 0, 0, 0x3c, 0, 0, 0, 0x61)],
    ['EBCDIC', Uint8Array.of(0x4c, 0x6f, 0xa7, 0x94, 0x93)],
    ['half a character of UTF-16', joined(bytes('\ufeff<a/>', 'utf16le'), '\n')],
    ['a lone surrogate in UTF-16', bytes('\ufeff<a>\ud800</a>', 'utf16le')],
  ])('%s', (_, message) => {
    refusalOf(decodeBytes(message));
  });

  test.each([
    ['a byte that begins nothing', [0xff]],
    ['a continuation without a beginning', [0x80]],
    ['an overlong form', [0xc0, 0xaf]],
    ['an overlong form of three bytes', [0xe0, 0x80, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a character beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a character cut short', [0xe2, 0x82]],
    ['a Latin-1 ø', [0xf8]],
  ])('illegal UTF-8, %s, is refused with the line and the byte in it', (_, illegal) => {
    const message = joined('<a>\n<b>', bytes('æøå'), Uint8Array.from(illegal), '</b></a>');
    expect(refusalOf(decodeBytes(message))).toContain('linje 2, byte 10');
  });

  test('the place of an illegal byte is right far into a long message, whatever characters stand on the way', () => {
    for (const filler of ['x', 'æ', '€', '😀']) {
      const before = bytes(`<a>\n${filler.repeat(5001)}`);
      const message = joined(before, Uint8Array.of(0xff), '</a>');
      expect(refusalOf(decodeBytes(message))).toContain(`linje 2, byte ${before.length - 4 + 1}:`);
    }
  });
});
