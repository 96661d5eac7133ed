/** Runs the socket sink: lines to a TCP server. A batch counts as written once the system has taken its last byte. */
import { EngineError } from '../../../base/errors.ts';
import type { Batch } from '../../../columnar/batch.ts';
import { LineClient } from '../../../connectors/sockets/line-client.ts';
import { createEncoder } from '../../../formats/create-format.ts';
import { OutputBuffer } from '../../../formats/output-buffer.ts';
import type { RecordEncoder } from '../../../formats/record-encoder.ts';
import type { Operator, OperatorContext, Progress } from '../../../operators/operator.ts';
import type { SocketSinkConfig } from './node.ts';

const BUFFER_REGION_BYTES = 64 * 1024;

export const usesEventLoop = true;

export function createOperator(config: SocketSinkConfig, context: OperatorContext): Operator {
  return new SocketSink(config, context);
}

class SocketSink implements Operator {
  private readonly config: SocketSinkConfig;
  private readonly client: LineClient;
  private readonly encoder: RecordEncoder;
  private readonly output: OutputBuffer;
  /** Text made before there was a connection. */
  private unsent: Uint8Array[] = [];
  private connection = 0;

  constructor(config: SocketSinkConfig, context: OperatorContext) {
    this.config = config;
    const listener = { changed: () => context.wake(), log: context.log };
    const { host, port, reconnectAttempts } = config;
    this.client = new LineClient({ host, port, reconnectDelayMs: config.reconnectDelay, reconnectAttempts }, listener);
    this.encoder = createEncoder(context.memory, context.inputSchemas[0], { ...config, header: false });
    this.output = new OutputBuffer(context.memory, BUFFER_REGION_BYTES);
  }

  open(): void {
    this.client.open();
  }

  processBatch(_input: number, batch: Batch): Progress {
    for (let next = 0; next < batch.selectedCount; ) {
      next = this.encoder.encode(batch, next, this.output);
      this.unsent.push(Uint8Array.prototype.slice.call(this.output.bytes()));
      this.output.length = 0;
    }
    return this.drain();
  }

  processWatermark(): Progress {
    return 'done';
  }

  processStatus(): Progress {
    return 'done';
  }

  /** Waits for the system to take everything, so that a checkpoint never counts rows that are still here. */
  drain(): Progress {
    const { client } = this;
    if (client.failure !== null) throw client.failure;
    if (this.connection > 0 && (!client.connected || client.connections !== this.connection)) {
      throw new EngineError('MR4031', `the connection to ${this.config.host}:${this.config.port} broke while rows were sent`, {
        domain: 'external',
        field: 'host',
        remedy: 'the run goes back to its last checkpoint and sends the rows since then again',
        retryable: true,
      });
    }
    if (this.unsent.length === 0 && client.unsentBytes === 0) return 'done';
    if (!client.connected) return 'more';
    this.connection = client.connections;
    for (const bytes of this.unsent.splice(0)) client.write(bytes);
    return client.unsentBytes === 0 ? 'done' : 'more';
  }

  onProcessingTime(): Progress {
    return 'done';
  }

  endInput(): Progress {
    return this.drain();
  }

  snapshot(): void {
    // Rows were sent; there is nothing to find again.
  }

  notifyCheckpointComplete(): void {
    // Rows were sent at once.
  }

  close(): void {
    this.client.close();
    this.output.close();
  }
}
