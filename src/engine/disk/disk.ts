import type { Disposable } from '../base/clock.ts';

/** A folder of small files. Names are plain file names. */
export interface Disk {
  /** The text of a file, or undefined when there is none. Rejects when the disk refuses. */
  read(name: string): Promise<string | undefined>;
  /**
   * Replaces a file as a whole: readers see the old text or the new one, also after a crash of the program. Readable by
   * the user only. `passing`: a power cut may lose it, so the disk need not be woken for it.
   */
  write(name: string, text: string, keep?: 'passing'): Promise<void>;
  /** Makes a file that must not be there. False when it is: of several that try at once, one succeeds. */
  create(name: string, text: string): Promise<boolean>;
  append(name: string, text: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  list(): Promise<readonly string[]>;
  /** Fires with the file that may have changed. A hint only: changes may be missed, or fire twice. */
  watch(changed: (name: string) => void): Disposable;
}
