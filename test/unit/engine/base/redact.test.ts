import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { redacting } from '../../../../src/engine/base/log.ts';
import { redact, redactStart } from '../../../../src/engine/base/redact.ts';
import { secretForms } from '../../../../src/domain/base/secretForms.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { assertLinear } from '../../../support/base/processorTime.ts';

const secret = 'sim/atlassian+classic=token';

describe('what is written down', () => {
  it('holds no secret, however it was encoded and whatever stands beside it', () => {
    const beside = fc.string({ unit: 'grapheme', maxLength: 12 });
    const encodings: readonly ((text: string) => string)[] = [
      (text) => text,
      encodeURIComponent,
      (text) => encodeURIComponent(text).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
      (text) => Buffer.from(text).toString('base64'),
      (text) => Buffer.from(text).toString('base64url'),
      (text) => `Basic ${Buffer.from(text).toString('base64')}`,
    ];
    // Without its ends, of which three letters or fewer are left, nothing of the secret may be read back.
    const core = secret.slice(3, -3);
    fc.assert(
      fc.property(beside, beside, fc.constantFrom(...encodings), (before, after, encode) => {
        const written = redact(`x ${encode(`${before}${secret}${after}`)} y`, secretForms(secret));
        const readable = [
          written,
          Buffer.from(written, 'base64').toString(),
          written.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
        ].join('\n');
        assert.ok(!readable.includes(core), written);
        assert.ok(written.includes('‹secret›'), written);
      }),
    );
  });

  it('holds no token that is known by its form', () => {
    const made = [
      'ATATT3xFfGF0T4kHqWn5J-example_1234=AB12CD34',
      `ghp_${'a1B2'.repeat(9)}`,
      `github_pat_${'a1B2_'.repeat(9)}`,
      'xoxb-123456789012-abcdefABCDEF',
      'xapp-1-A0123-456-abcdef',
    ];
    for (const token of made) assert.equal(redact(`said "${token}".`, []), 'said "‹secret›".');
    assert.equal(redact('Bearer abcdefghijkl', []), 'Bearer ‹secret›');
  });

  it('holds no e-mail address, and keeps what is none', () => {
    assert.equal(redact('ask dana@example.com, or <eli@a.example>', []), 'ask ‹e-mail›, or <‹e-mail›>');
    for (const text of ['@dfinity/utils', 'a@b', 'node@1.2.3', 'x @ y.z', '@@a.bc']) {
      assert.equal(redact(text, []), text);
    }
  });

  it('is cut first, and no half of a secret stays at the cut', () => {
    const written = redactStart(`${'word '.repeat(10)}${secret} and more`, [secret], 60);
    assert.equal(written, `${'word '.repeat(10)}…`);
    const log = memoryLog();
    redacting(log, () => []).warn('test', 'x '.repeat(1_000_000));
    assert.ok((log.lines[0]?.length ?? 0) < 11_000);
  });

  it('takes time in proportion to its length', function () {
    this.timeout(40_000);
    for (const part of ['a', 'a.', '@', 'a@', 'a.b@', '@a.', ' ', 'ATATT', 'Basic ', 'xox', 'gh']) {
      assertLinear((text) => redact(text, [secret]), part, 75_000);
    }
  });
});
