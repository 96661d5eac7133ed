/** The engine as a child process of Node, spoken to over its message channel: the form of the browser host. */
import { fork } from 'node:child_process';
import type { EngineOptions, FromEngine } from '../engine-channel.ts';
import type { LaunchEngine } from '../engine-supervisor.ts';

/** `engineFile` is the built bundle of engine-process.ts. Its output goes to the host's own error stream. */
export function launchChildEngine(engineFile: string, options: EngineOptions): LaunchEngine {
  return (events) => {
    const child = fork(engineFile, [JSON.stringify(options)], {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: ['--enable-source-maps'],
    });
    child.on('message', (message) => events.message(message as FromEngine));
    child.on('exit', (code, signal) => events.exited(signal ?? `exit code ${code}`));
    child.on('error', (error) => events.exited(error.message));
    return {
      pid: child.pid ?? null,
      send: (message) => {
        if (child.connected) child.send(message, ignoreSendError);
      },
      kill: () => child.kill('SIGKILL'),
    };
  };
}

/** A message that cannot be sent was meant for a process that has just died: its exit event follows. */
function ignoreSendError(): void {}
