/** Files handed over by the command line, another launch or the system, kept until the page takes them. */
const WAITING_MAX = 50;

export class OpenedFiles {
  private waiting: readonly string[] = [];
  private readonly allow: (file: string) => Promise<void>;
  private readonly arrived: () => void;

  /** `arrived` tells the page, if there is one. */
  constructor(allow: (file: string) => Promise<void>, arrived: () => void) {
    this.allow = allow;
    this.arrived = arrived;
  }

  async add(files: readonly string[]): Promise<void> {
    for (const file of files) await this.allow(file);
    if (files.length === 0) return;
    this.waiting = [...new Set([...this.waiting, ...files])].slice(-WAITING_MAX);
    this.arrived();
  }

  take(): readonly string[] {
    const taken = this.waiting;
    this.waiting = [];
    return taken;
  }
}
