/** Who owns a checkpoint folder, in terms that survive a reused process id and a reboot. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Changes with every boot of the machine; empty where it cannot be had. */
  readonly bootId: string;
  /** Start time of the process in the system's own units; empty where it cannot be had. */
  readonly startTime: string;
}

export interface ProcessTable {
  self(): ProcessIdentity;
  /** False only when that very process is certainly gone. */
  isAlive(identity: ProcessIdentity): boolean;
}
