import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Log } from '../engine/base/log.ts';
import { nextTurn } from '../engine/base/slices.ts';
import { replaceFile } from '../engine/disk/nodeDisk.ts';
import { headerBytes, keptName, type CompiledCode, type LoadedCode } from './compiledCode.ts';

/**
 * Keeps what V8 has compiled until now of the code that was loaded since the last call, for the next start. Never rejects:
 * failures are logged.
 */
export async function keepCode(
  code: Pick<CompiledCode, 'kept' | 'takeLoaded' | 'takeFailures'>,
  log: Log,
): Promise<void> {
  for (const cause of code.takeFailures()) log.warn('start', 'what V8 compiled could not be used', cause);
  for (const each of code.takeLoaded()) {
    const { name, compiledBecause } = each;
    if (compiledBecause === undefined) {
      log.debug('start', `${name}: loaded as it was compiled in an earlier start`);
      continue;
    }
    // Each takes a few milliseconds.
    await nextTurn();
    try {
      const bytes = bytesOf(each);
      await replaceFile(join(code.kept, keptName(name)), bytes);
      log.info('start', `${name}: compiled, ${compiledBecause}; ${bytes.length} bytes are kept for the next start`);
    } catch (cause) {
      log.warn('start', `${name}: what was compiled could not be kept for the next start`, cause);
    }
  }
}

function bytesOf({ checksum, compiled }: LoadedCode): Buffer {
  const data = compiled();
  const header = Buffer.alloc(headerBytes);
  header.writeUInt32LE(checksum, 0);
  header.writeUInt32LE(crc32(data), 4);
  return Buffer.concat([header, data]);
}
