/** The workers of one attempt, and the three messages that bring a plan onto them: allocate, connect, start. */
import type { AssignedState } from '../checkpoints/assign-state.ts';
import type { PhysicalPlan } from '../plan/physical-plan.ts';
import type { FromWorker, RingOffer, ToWorker } from '../workers/messages.ts';
import type { BlamedCode, WorkerLink } from './world.ts';

export interface DeploymentListener {
  message(subtask: number, message: FromWorker): void;
  exited(subtask: number, reason: string, blamed?: BlamedCode): void;
}

export class Deployment {
  private readonly plan: PhysicalPlan;
  private readonly links: readonly WorkerLink[];
  private readonly memories: (WebAssembly.Memory | null)[];
  private readonly rings: (readonly RingOffer[])[];
  private readonly gone: boolean[];
  private opened = 0;
  private state: AssignedState | null = null;
  private cancelled = false;

  constructor(plan: PhysicalPlan, links: readonly WorkerLink[], listener: DeploymentListener) {
    this.plan = plan;
    this.links = links;
    this.memories = links.map(() => null);
    this.rings = links.map(() => []);
    this.gone = links.map(() => false);
    links.forEach((link, subtask) => {
      link.listen({
        message: (message) => this.onMessage(subtask, message, listener),
        exited: (reason, blamed) => {
          this.gone[subtask] = true;
          if (!this.cancelled) listener.exited(subtask, reason, blamed);
        },
      });
    });
  }

  deploy(how: { readonly attempt: number; readonly ringBytes: number; readonly seed: number; readonly state: AssignedState }): void {
    this.state = how.state;
    const { attempt, ringBytes, seed } = how;
    this.links.forEach((link, subtask) => link.post({ type: 'allocate', plan: this.plan, subtask, attempt, ringBytes, seed }));
  }

  /** Every worker has opened its operators. */
  isReady(): boolean {
    return this.opened === this.links.length;
  }

  post(message: ToWorker): void {
    this.links.forEach((link, subtask) => {
      if (!this.gone[subtask]) link.post(message);
    });
  }

  postTo(subtask: number, message: ToWorker): void {
    if (!this.gone[subtask]) this.links[subtask].post(message);
  }

  /** Workers go back to the pool when they have let go of the job. */
  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.links.forEach((link, subtask) => {
      if (!this.gone[subtask]) link.post({ type: 'cancel' });
      link.release(!this.gone[subtask]);
    });
  }

  private onMessage(subtask: number, message: FromWorker, listener: DeploymentListener): void {
    if (this.cancelled) return;
    if (message.type === 'allocated') {
      this.memories[subtask] = message.memory;
      this.rings[subtask] = message.rings;
      if (this.memories.every((memory) => memory !== null)) this.connect();
      return;
    }
    if (message.type === 'opened') this.opened++;
    listener.message(subtask, message);
  }

  private connect(): void {
    const memories = this.memories.flatMap((memory) => (memory === null ? [] : [memory]));
    const doorbells = this.links.map((link) => link.doorbell);
    this.links.forEach((link, subtask) => {
      const restored = this.state?.sections[subtask] ?? [];
      link.post({ type: 'connect', memories, rings: this.rings, doorbells, restored });
    });
  }
}
