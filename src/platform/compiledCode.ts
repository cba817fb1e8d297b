import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** A file of code that was loaded in this start. */
export interface LoadedCode {
  /** Without its ending. */
  readonly name: string;
  /** Of the code, and of the program that runs it. */
  readonly checksum: number;
  /** Why it was compiled, or undefined when what was kept of the last start was used. */
  readonly compiledBecause: string | undefined;
  /** What V8 has compiled of it until now. */
  readonly compiled: () => Uint8Array;
}

interface CodeFolders {
  /** The path of the folder of the code. */
  readonly code: string;
  /** The path of the folder in which what V8 compiled is kept. */
  readonly kept: string;
  /** The files of code that are loaded in this way, without their ending. */
  readonly names: readonly string[];
  /** The version of VS Code. */
  readonly program: string;
}

/** Before what V8 compiled stand two checksums of four bytes: of the code with its program, and of what follows. */
export const headerBytes = 8;

type Wrapper = (exports: unknown, require: unknown, module: Module, file: string, folder: string) => void;

/**
 * Loads files of code with what V8 compiled of them in an earlier start: compiling takes half of the time that a start
 * works. Node has `module.enableCompileCache()` for it, which would keep the code of all other extensions, too.
 *
 * What was kept is used for the same code, the same program and the same version of V8 only, and when it is not damaged.
 */
export class CompiledCode {
  readonly #folders: CodeFolders;
  #loaded: readonly LoadedCode[] = [];
  readonly #failures: unknown[] = [];

  constructor(folders: CodeFolders) {
    this.#folders = folders;
  }

  /**
   * Loads a file of code, so that the `import()` of it finds it loaded. Never throws: a file that cannot be loaded in this
   * way is left to that `import()`.
   */
  load(name: string): void {
    try {
      this.#load(name);
    } catch (cause) {
      this.#failures.push(cause);
    }
  }

  /** What was loaded and not taken yet; with a name, only the file of this name. */
  takeLoaded(only?: string): readonly LoadedCode[] {
    const taken = this.#loaded.filter(({ name }) => only === undefined || name === only);
    this.#loaded = this.#loaded.filter((each) => !taken.includes(each));
    return taken;
  }

  /** Why files could not be loaded in this way since the last call. */
  takeFailures(): readonly unknown[] {
    return this.#failures.splice(0);
  }

  /** The path of the folder in which what V8 compiled is kept. */
  get kept(): string {
    return this.#folders.kept;
  }

  #load(name: string): void {
    const { resolve, cache } = createRequire(join(this.#folders.code, 'extension.cjs'));
    // The real path, under which Node has it once it is required.
    const file = resolve(`./${name}.cjs`);
    if (cache[file] !== undefined) return;
    const code = readFileSync(file);
    const checksum = checksumOf(code, this.#folders.program);
    const kept = readKept(join(this.#folders.kept, keptName(name)), checksum);
    const [data, reason] = typeof kept === 'string' ? [undefined, kept] : [kept, undefined];
    const script = new Script(`(function (exports, require, module, __filename, __dirname) {\n${code.toString()}\n})`, {
      filename: file,
      lineOffset: -1,
      cachedData: data,
    });
    const loaded: LoadedCode = {
      name,
      checksum,
      compiledBecause: script.cachedDataRejected === true ? 'V8 refused what was kept' : reason,
      compiled: () => script.createCachedData(),
    };
    this.#loaded = [...this.#loaded, loaded];
    const module = new Module(file);
    module.filename = file;
    cache[file] = module;
    try {
      const run = script.runInThisContext() as Wrapper;
      run.call(module.exports, module.exports, this.#requireOf(file), module, file, dirname(file));
      module.loaded = true;
    } catch (cause) {
      Reflect.deleteProperty(cache, file);
      throw cause;
    }
  }

  /** What a file requires of ours is loaded in the same way. */
  #requireOf(file: string): NodeJS.Require {
    const plain = createRequire(file);
    const require = (id: string): unknown => {
      const name = this.#folders.names.find((each) => id === `./${each}.cjs`);
      if (name !== undefined) this.load(name);
      return plain(id);
    };
    return Object.assign(require, plain);
  }
}

/** The name of the file in which what V8 compiled is kept. */
export function keptName(name: string): string {
  return `${name}.v8`;
}

/** Of code, and of the program that runs it, which may have a V8 that it has changed itself. */
function checksumOf(code: Uint8Array, program: string): number {
  const { versions, platform, arch } = process;
  return crc32(code, crc32(JSON.stringify([program, versions, platform, arch])));
}

/** What V8 compiled, or why it cannot be used. */
function readKept(path: string, checksum: number): Buffer | string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'nothing was kept' : String(cause);
  }
  if (bytes.length <= headerBytes) return 'what was kept is cut off';
  if (bytes.readUInt32LE(0) !== checksum) return 'what was kept is of other code, or of another VS Code';
  const data = bytes.subarray(headerBytes);
  return crc32(data) === bytes.readUInt32LE(4) ? data : 'what was kept is damaged';
}
