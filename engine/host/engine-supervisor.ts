/** Starts the engine process, watches it, and starts it again with growing pauses when it dies. */
import type { EngineState } from './contract.ts';
import type { FromEngine, ToEngine } from './engine-channel.ts';
import { ChannelSet } from './engine-channel.ts';
import type { Transport } from './transport.ts';

const RESTART_FIRST_MS = 200;
const RESTART_MAX_MS = 10_000;
/** An engine that lived this long has proved itself: the next pause is the shortest again. */
const STABLE_AFTER_MS = 30_000;
const READY_WITHIN_MS = 20_000;
const SHUTDOWN_WITHIN_MS = 5_000;

/** A started engine process: Node's child process or Electron's utility process. */
export interface EngineChild {
  readonly pid: number | null;
  send(message: ToEngine): void;
  kill(): void;
}

export interface EngineChildEvents {
  message(message: FromEngine): void;
  exited(reason: string): void;
}

export type LaunchEngine = (events: EngineChildEvents) => EngineChild;

export interface SupervisorEvents {
  stateChanged(state: EngineState): void;
  log(line: string): void;
}

export class EngineSupervisor {
  private readonly launch: LaunchEngine;
  private readonly events: SupervisorEvents;
  private readonly channels: ChannelSet;
  private child: EngineChild | null = null;
  private state: EngineState['state'] = 'down';
  private restarts = 0;
  private pauseMs = RESTART_FIRST_MS;
  private startedAtMs = 0;
  private nextChannel = 1;
  private timer: NodeJS.Timeout | null = null;
  private stopping = false;
  private exited: (() => void) | null = null;

  constructor(launch: LaunchEngine, events: SupervisorEvents) {
    this.launch = launch;
    this.events = events;
    this.channels = new ChannelSet((message) => this.child?.send(message));
  }

  start(): void {
    this.setState(this.restarts === 0 ? 'starting' : 'restarting');
    this.startedAtMs = Date.now();
    const child = this.launch({
      message: (message) => {
        if (this.child === child) this.receive(message);
      },
      exited: (reason) => {
        if (this.child === child) this.childExited(reason);
      },
    });
    this.child = child;
    this.setTimer(READY_WITHIN_MS, () => {
      this.events.log('the engine did not become ready in time and is ended');
      child.kill();
    });
  }

  current(): EngineState {
    return { state: this.state, pid: this.child?.pid ?? null, restarts: this.restarts };
  }

  /** A connection to the engine that lives as long as this engine process; null while there is none. */
  connect(): Transport | null {
    if (this.state !== 'ready' || this.child === null) return null;
    const channel = this.nextChannel++;
    this.child.send({ kind: 'open', channel });
    return this.channels.open(channel);
  }

  /** Ends the process at once, as a crash would; it is started again. */
  kill(): void {
    this.child?.kill();
  }

  /** Lets the engine close its jobs (checkpoints stay), then ends it for good. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.clearTimer();
    const { child } = this;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      this.exited = resolve;
      child.send({ kind: 'shutdown' });
      this.setTimer(SHUTDOWN_WITHIN_MS, () => child.kill());
    });
    this.clearTimer();
  }

  private receive(message: FromEngine): void {
    if (message.kind === 'frame') this.channels.deliver(message.channel, message.frame);
    else if (message.kind === 'close') this.channels.closed(message.channel);
    else {
      this.clearTimer();
      this.setState('ready');
    }
  }

  private childExited(reason: string): void {
    this.child = null;
    this.clearTimer();
    this.setState(this.stopping ? 'down' : 'restarting');
    this.channels.closeAll();
    if (this.stopping) {
      this.exited?.();
      return;
    }
    if (Date.now() - this.startedAtMs > STABLE_AFTER_MS) this.pauseMs = RESTART_FIRST_MS;
    this.restarts++;
    this.events.log(`the engine ended (${reason}); starting it again in ${this.pauseMs} ms`);
    this.setTimer(this.pauseMs, () => this.start());
    this.pauseMs = Math.min(this.pauseMs * 2, RESTART_MAX_MS);
  }

  private setState(state: EngineState['state']): void {
    this.state = state;
    this.events.stateChanged(this.current());
  }

  private setTimer(delayMs: number, action: () => void): void {
    this.clearTimer();
    this.timer = setTimeout(action, delayMs);
  }

  private clearTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }
}
