/** A folder of small files. Names are plain file names. */
export interface Disk {
  /** The text of a file, or undefined when there is none. Rejects when the disk refuses. */
  read(name: string): Promise<string | undefined>;
  /** Replaces a file as a whole: after a crash there is the old text or the new one. Readable by the user only. */
  write(name: string, text: string): Promise<void>;
  append(name: string, text: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  list(): Promise<readonly string[]>;
}
