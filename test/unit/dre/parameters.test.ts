import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parameter, type ParameterKind } from '../../../src/dre/parameters.ts';
import { isCheckedPrincipal } from '../../../src/domain/base/principal.ts';
import { isPrincipal, principalText } from '../../simulator/dre/values.mjs';
import { subnets } from '../../simulator/world.ts';

const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';

function accepts(kind: ParameterKind, text: string, required = true): boolean {
  return parameter({ name: 'x', label: 'X', kind, required }).validate(text) === undefined;
}

describe('principal ids', () => {
  it('accepts the ids of the network', () => {
    for (const id of [...subnets, 'aaaaa-aa', 'rrkah-fqaaa-aaaaa-aaaaq-cai']) assert.ok(isCheckedPrincipal(id), id);
  });

  it('accepts every principal, and no principal with one character changed', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 29 });
    fc.assert(
      fc.property(bytes, fc.nat(), fc.constantFrom('a', 'q', '7', '-', 'A', '0', ''), (each, at, char) => {
        const text = principalText([...each]);
        assert.ok(isCheckedPrincipal(text));
        const index = at % text.length;
        const changed = text.slice(0, index) + char + text.slice(index + 1);
        assert.equal(isCheckedPrincipal(changed), changed === text);
        assert.equal(isPrincipal(changed), changed === text);
      }),
    );
  });

  it('refuses what is cut off, grouped otherwise or in capitals', () => {
    for (const text of [
      subnet.slice(0, -1),
      subnet.slice(0, 11),
      subnet.replaceAll('-', ''),
      subnet.toUpperCase(),
      'aaaaa-ab',
      '',
    ]) {
      assert.equal(isCheckedPrincipal(text), false, text);
    }
  });
});

describe('parameters', () => {
  it('refuse line breaks, controls and characters that turn or hide text, whatever the kind', () => {
    const kinds: ParameterKind[] = ['text', 'idList', 'wordList', 'path', 'forumLink', 'version', 'principal'];
    const hiding = ['\u034f', '\u115f', '\u3164', '\u2800', '\ufe00', '\u180b', '\u{e0041}', '\u2066', 'b\u200dc'];
    for (const kind of kinds) {
      for (const char of ['\n', '\r', '\0', '\u001b', '\u007f', '\u2028', '\u202e', '\u200b', '\ud800', ...hiding]) {
        assert.equal(accepts(kind, `a${char}`), false, `${kind} ${JSON.stringify(char)}`);
      }
    }
  });

  it('refuse an id that only looks like one instead of quoting it', () => {
    for (const text of ['$(id)', 'a; rm -rf /', `${subnet} --yes`, '--yes', `${subnet},tdb26-jop6k`]) {
      assert.equal(accepts('idList', text), false, text);
    }
    assert.ok(accepts('idList', `${subnet}, aaaaa-aa`));
    assert.equal(accepts('idList', `${subnet} ${subnet}`), false);
    assert.equal(accepts('idList', ' , '), false);
  });

  it('refuse words that dre would read as options', () => {
    assert.equal(accepts('wordList', 'bo1 --yes'), false);
    assert.equal(accepts('path', '-o'), false);
    assert.equal(accepts('path', '~/registry.json'), false);
    assert.ok(accepts('wordList', 'bo1 sg2, aw1'));
  });

  it('take whole commits only', () => {
    assert.ok(accepts('version', '79c01052b5f7f49d3cf53d04d696cb2893294cd3'));
    for (const text of ['79c0105', '79C01052b5f7f49d3cf53d04d696cb2893294cd3', 'v0.7.9']) {
      assert.equal(accepts('version', text), false, text);
    }
  });

  it('take proposal ids as numbers without sign or leading zero', () => {
    assert.ok(accepts('proposalId', ' 143574 '));
    for (const text of ['0', '-1', '+1', '0143574', '1e5', '99999999999999999999']) {
      assert.equal(accepts('proposalId', text), false, text);
    }
  });

  it('take https links and the three words of dre as forum post', () => {
    for (const text of ['https://forum.dfinity.org/t/x/1', 'ask', 'omit', 'discourse']) {
      assert.ok(accepts('forumLink', text));
    }
    for (const text of ['http://x.org', 'javascript:alert(1)', 'OMIT', 'https://']) {
      assert.equal(accepts('forumLink', text), false, text);
    }
  });

  it('ask for what is needed and let the rest be empty', () => {
    assert.equal(accepts('text', '  '), false);
    assert.ok(accepts('text', '  ', false));
    assert.ok(accepts('idList', '', false));
  });

  it('refuse a text that dre refuses for its length', () => {
    assert.ok(accepts('text', 'x'.repeat(29_000)));
    assert.equal(accepts('text', 'x'.repeat(29_001)), false);
  });
});
