/** What the reader believes of saxes 6 and of Node's decoders. Where one of these fails, read src/oio again. */
import { SaxesParser } from 'saxes';
import { describe, expect, test } from 'vitest';

/** Everything that saxes says of a document, going on after each error. */
function errorsOf(text: string, options: { forced: boolean } = { forced: true }): string[] {
  const parser = options.forced
    ? new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' })
    : new SaxesParser({ xmlns: true });
  const errors: string[] = [];
  parser.on('error', (error) => errors.push(error.message.replace(/^\d+:\d+: /, '')));
  parser.write(text).close();
  return errors;
}

describe('what saxes lets through, so that gates of our own must refuse it', () => {
  test.each([
    ['a second byte order mark', '\ufeff<a/>'],
    ['an instruction whose target runs into a question mark', '<a><?b?c?></a>'],
    ['a prefixed element whose local name begins with a digit', '<p:1 xmlns:p="u"/>'],
    ['a prefixed attribute whose local name begins with a hyphen', '<a xmlns:p="u" p:-b=""/>'],
    ['an encoding that contradicts the text, since it sees text only', '<?xml version="1.0" encoding="UTF-16"?><a/>'],
    ['an XML 1.1 declaration when told to read everything as 1.0', '<?xml version="1.1"?><a/>'],
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY b "c">]><a/>'],
    ['two attributes that are one in normalisation form C', '<a \u00e5="" a\u030a=""/>'],
  ])('%s', (_, text) => {
    expect(errorsOf(text)).toEqual([]);
  });
});

describe('how saxes behaves', () => {
  test('it goes on after an error unless a handler throws, and a thrown error leaves it at once', () => {
    expect(errorsOf('<a>&x;&y;</b>').length).toBeGreaterThan(2);
    const parser = new SaxesParser({ xmlns: true });
    let errors = 0;
    parser.on('error', () => {
      errors += 1;
      throw new Error('stop');
    });
    expect(() => parser.write('<a>&x;&y;</b>').close()).toThrow('stop');
    expect(errors).toBe(1);
  });

  test('left alone it reads version 1.2 by the rules of 1.1, which XML 1.0 fifth edition does not', () => {
    const text = '<?xml version="1.2"?><a>\u0085\u0086</a>';
    expect(errorsOf(text, { forced: false })).not.toEqual([]);
    expect(errorsOf(text)).toEqual([]);
  });

  test('it reports the attribute before its namespace is known, and fills that into the same object', () => {
    const parser = new SaxesParser({ xmlns: true });
    const seen: { uri?: string }[] = [];
    const before: (string | undefined)[] = [];
    parser.on('attribute', (attribute) => {
      const partial: { uri?: string } = attribute;
      before.push(partial.uri);
      seen.push(partial);
    });
    parser.write('<a p:b="" xmlns:p="u"/>').close();
    expect(before).toEqual([undefined, undefined]);
    expect(seen[0]?.uri).toBe('u');
  });

  test('it reports the start of a tag one character after the name, and positions in UTF-16 code units over all pieces', () => {
    const parser = new SaxesParser({ xmlns: true });
    const starts: [number, number, number][] = [];
    parser.on('opentagstart', () => starts.push([parser.position, parser.line, parser.columnIndex]));
    parser.write('<a>\n😀<b').write('b\n/>').write('</a>').close();
    expect(starts).toEqual([
      [3, 1, 3],
      [10, 3, 0],
    ]);
  });

  test('it trims the white space around a namespace, which a strict reader would not', () => {
    const parser = new SaxesParser({ xmlns: true });
    const uris: string[] = [];
    parser.on('opentag', (tag) => uris.push(tag.uri));
    parser.write('<a xmlns=" u "/>').close();
    expect(uris).toEqual(['u']);
  });

  test('it does not report the XML declaration as an instruction', () => {
    const parser = new SaxesParser({ xmlns: true });
    const targets: string[] = [];
    parser.on('processinginstruction', ({ target }) => targets.push(target));
    parser.write('<?xml version="1.0"?><?b c?><a/>').close();
    expect(targets).toEqual(['b']);
    expect(parser.xmlDecl.version).toBeUndefined();
  });

  test('it keeps the XML declaration for as long as it reads', () => {
    const parser = new SaxesParser({ xmlns: true });
    const encodings: (string | undefined)[] = [];
    parser.on('opentagstart', () => encodings.push(parser.xmlDecl.encoding));
    parser.write('<?xml version="1.0" encoding="Latin1"?><a/>').close();
    expect(encodings).toEqual(['Latin1']);
  });

  test('names of prototypes are names like others', () => {
    expect(errorsOf('<__proto__ xmlns:constructor="u" constructor:toString="" hasOwnProperty=""/>')).toEqual([]);
    expect(errorsOf('<a>&__proto__;</a>')).toEqual(['undefined entity.']);
  });
});

describe('the messages that our explanations are chosen by', () => {
  test.each([
    ['<a>', 'unclosed tag: a'],
    ['<a></b>', 'unexpected close tag.'],
    ['</a>', 'unmatched closing tag: a.'],
    ['<p:a/>', 'unbound namespace prefix: "p".'],
    ['<a b="" b=""/>', 'duplicate attribute: b.'],
    ['<a/><a/>', 'documents may contain only one root.'],
    ['<a/>b', 'text data outside of root node.'],
    ['<!---->', 'document must contain a root element.'],
    ['<a/><!--', 'unexpected end.'],
    ['<a>& b;</a>', 'disallowed character in entity name.'],
    ['<a>&;</a>', 'empty entity name.'],
    ['<a>&b;</a>', 'undefined entity.'],
    ['<a>&#0;</a>', 'malformed character entity.'],
    ['<a><1></a>', 'disallowed character in tag name'],
    ['<a></a b>', 'disallowed character in closing tag.'],
    ['<a></></a>', 'weird empty close tag.'],
    ['<a / >', 'forward-slash in opening tag not followed by >.'],
    ['<a 1="">', 'disallowed character in attribute name.'],
    ['<a b></a>', 'attribute without value.'],
    ['<a b=c></a>', 'unquoted attribute value.'],
    ['<a b=""c=""/>', 'no whitespace between attributes.'],
    ['<a><?1?></a>', 'disallowed character in processing instruction name.'],
    ['<a><? ?></a>', 'processing instruction without a target.'],
    ['<a>\u0001</a>', 'disallowed character.'],
    ['<a>]]></a>', 'the string "]]>" is disallowed in char data.'],
    ['<a><!-- -- --></a>', 'malformed comment.'],
    ['<a><!x--></a>', 'incorrect syntax.'],
    ['<a:b:c xmlns:a="u"/>', 'malformed name: a:b:c.'],
    [' <?xml version="1.0"?><a/>', 'an XML declaration must be at the start of the document.'],
    ['<?XML a?><a/>', 'the XML declaration must appear at the start of the document.'],
    ['<?xml?><a/>', 'XML declaration must contain a version.'],
    ['<?xml version="1.0" encoding="a" encoding="b"?><a/>', 'expected one of standalone'],
    ['<?xml version=1.0?><a/>', 'value must be quoted.'],
    ['<?xml version="1.0"encoding="a"?><a/>', 'whitespace required.'],
    ['<?xml version="2.0"?><a/>', 'version number must match /^1\\.[0-9]+$/.'],
    ['<?xml version="1.0" standalone="ja"?><a/>', 'standalone value must match "yes" or "no".'],
    ['<a xmlns:xml="u"/>', 'xml prefix must be bound to http://www.w3.org/XML/1998/namespace.'],
    [
      '<a xmlns="http://www.w3.org/2000/xmlns/"/>',
      'the default namespace may not be set to http://www.w3.org/2000/xmlns/.',
    ],
    ['<a xmlns:b="http://www.w3.org/XML/1998/namespace"/>', 'may not assign the xml namespace to another prefix.'],
    ['<xmlns:a/>', 'tags may not have "xmlns" as prefix.'],
    ['<a xmlns:b=""/>', 'invalid attempt to undefine prefix in XML 1.0'],
  ])('%s', (text, message) => {
    expect(errorsOf(text)[0]).toBe(message);
  });
});

describe('what Node says of encodings', () => {
  test("TextDecoder('iso-8859-1') is windows-1252, so it cannot read ISO-8859-1", () => {
    expect(new TextDecoder('iso-8859-1').decode(Uint8Array.of(0x80))).toBe('€');
  });

  test('Buffer reads latin1 as real ISO-8859-1, each byte the character of its number', () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const codes = Array.from(bytes.toString('latin1'), (character) => character.charCodeAt(0));
    expect(codes).toEqual(Array.from(bytes));
  });

  test('to put a long run of combining marks into form C costs its square, so that runs must be bounded', () => {
    const cost = (marks: number): number => {
      const text = `a${'\u0301\u0316'.repeat(marks / 2)}`;
      const start = performance.now();
      text.normalize('NFC');
      return performance.now() - start;
    };
    const few = Math.min(...Array.from({ length: 10 }, () => cost(1000)));
    expect(cost(16_000)).toBeGreaterThan(few * 30);
  });
});
